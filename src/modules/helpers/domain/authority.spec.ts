import type { LegalDate } from '../../../kernel';
import { authorityLifecycle, type AuthorityState, scopeObjection } from './authority';

const NOW = new Date('2026-10-01T02:00:00Z');
const refusal = (today: string, state: AuthorityState = 'in-force'): string | undefined =>
  authorityLifecycle.refusal(
    'act',
    {
      state,
      validFrom: '2026-09-18' as LegalDate,
      validTo: '2026-10-17' as LegalDate,
      today: today as LegalDate,
    },
    NOW,
  )?.code;

describe('the authority of a helper', () => {
  it.each([
    ['2026-09-17', 'helpers.too-early'],
    ['2026-09-18', undefined],
    ['2026-10-17', undefined],
    ['2026-10-18', 'helpers.expired'],
  ])('on %s refuses with %s', (today, code) => {
    expect(refusal(today)).toBe(code);
  });

  it('holds neither before it is signed nor after it was revoked', () => {
    expect(refusal('2026-10-01', 'drafted')).toBe('helpers.wrong-state');
    expect(refusal('2026-10-01', 'revoked')).toBe('helpers.wrong-state');
  });

  it('covers what it lists and nothing else; the outcome only where it says so', () => {
    expect(scopeObjection(['present', 'meet'], 'meet')).toBeNull();
    expect(scopeObjection(['present', 'meet'], 'receive')).toContain('代办人不能办理');
    expect(scopeObjection(['present', 'meet'], 'confirm-outcome')).toContain('须由当事人本人确认');
    expect(scopeObjection(['confirm-outcome'], 'confirm-outcome')).toBeNull();
  });
});
