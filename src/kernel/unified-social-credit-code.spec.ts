import fc from 'fast-check';
import { parseUnifiedSocialCreditCode } from './unified-social-credit-code';

const alphabet = Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY');

const examples = ['91350100M000100Y43', '91110000802100433B', '91440300708461136T'];

describe('parseUnifiedSocialCreditCode', () => {
  it.each(examples)('accepts the registered code %s', (code) => {
    expect(parseUnifiedSocialCreditCode(code)).toEqual({ ok: true, value: code });
  });

  it.each([
    ['91350100m000100y43', '91350100M000100Y43'],
    ['９１３５０１００Ｍ０００１００Ｙ４３', '91350100M000100Y43'],
    [' 91350100-M000100Y4-3 ', '91350100M000100Y43'],
  ])('puts %j right', (text, code) => {
    expect(parseUnifiedSocialCreditCode(text)).toEqual({ ok: true, value: code });
  });

  it.each([
    ['', 'credit-code.missing'],
    ['91350100M000100Y4', 'credit-code.length'],
    ['150102000012345', 'credit-code.length'],
    ['9135O100M000100Y43', 'credit-code.letters'],
    ['91350100M000I00Y43', 'credit-code.letters'],
    ['91350100M00010*Y43', 'credit-code.characters'],
    ['91350100M000100Y44', 'credit-code.check-character'],
    ['91350100M000101Y43', 'credit-code.check-character'],
  ])('refuses %j: %s', (text, code) => {
    expect(parseUnifiedSocialCreditCode(text)).toMatchObject({ ok: false, code });
  });

  it('has exactly one check character for any 17 characters, and notices every single wrong character', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...alphabet), { minLength: 17, maxLength: 17 }),
        fc.nat(16),
        fc.integer({ min: 1, max: 30 }),
        (head, at, shift) => {
          const valid = alphabet.filter((c) => parseUnifiedSocialCreditCode(head.join('') + c).ok);
          expect(valid).toHaveLength(1);
          const wrong = head.slice();
          wrong[at] = alphabet[(alphabet.indexOf(head[at] ?? '') + shift) % 31] ?? '';
          expect(parseUnifiedSocialCreditCode(wrong.join('') + (valid[0] ?? '')).ok).toBe(false);
        },
      ),
    );
  });
});
