import { type HandOverSnapshot, isComplete, mayBeOverridden, sideToSign } from './hand-over-rules';

const at = new Date('2026-09-21T01:00:00Z');
const open: HandOverSnapshot = {
  state: 'open',
  leaverId: 'leaver',
  successorId: 'successor',
  leaverSignedAt: null,
  successorSignedAt: null,
  overriddenAt: null,
};

describe('a hand-over', () => {
  it.each<[string, Partial<HandOverSnapshot>, string, string | null]>([
    ['the leaver', {}, 'leaver', 'leaver'],
    ['the successor, before or after the leaver', {}, 'successor', 'successor'],
    ['somebody else', {}, 'other', null],
    ['who has signed', { leaverSignedAt: at }, 'leaver', null],
    ['the leaver after the director let it pass', { overriddenAt: at }, 'leaver', null],
    ['the successor after it', { overriddenAt: at }, 'successor', 'successor'],
    ['nobody once it is done', { state: 'done' }, 'successor', null],
    ['nobody once it is cancelled', { state: 'cancelled' }, 'leaver', null],
  ])('waits for the signature of %s', (_, changes, account, side) => {
    expect(sideToSign({ ...open, ...changes }, account)).toBe(side);
  });

  it('is complete with both, or with the successor where the leaver cannot', () => {
    expect(isComplete(open)).toBe(false);
    expect(isComplete({ ...open, leaverSignedAt: at })).toBe(false);
    expect(isComplete({ ...open, successorSignedAt: at })).toBe(false);
    expect(isComplete({ ...open, overriddenAt: at })).toBe(false);
    expect(isComplete({ ...open, leaverSignedAt: at, successorSignedAt: at })).toBe(true);
    expect(isComplete({ ...open, overriddenAt: at, successorSignedAt: at })).toBe(true);
  });

  it('passes without the leaver by another alone, while the leaver has not signed', () => {
    expect(mayBeOverridden(open, 'director')).toBe(true);
    expect(mayBeOverridden(open, 'successor')).toBe(false);
    expect(mayBeOverridden(open, 'leaver')).toBe(false);
    expect(mayBeOverridden({ ...open, leaverSignedAt: at }, 'director')).toBe(false);
    expect(mayBeOverridden({ ...open, state: 'done' }, 'director')).toBe(false);
  });
});
