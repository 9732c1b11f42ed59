import fc from 'fast-check';
import { CHECK_CODE_BYTES, formatCheckCode, makeCheckCode, parseCheckCode } from './check-code';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const anyCode = fc.uint8Array({ minLength: 7, maxLength: 7 }).map(makeCheckCode);

describe('makeCheckCode', () => {
  it('makes 12 characters without look-alikes, all of whose randomness matters', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
      }),
    );
    const single = Array.from({ length: 55 }, (_, bit) => {
      const bytes = new Uint8Array(7);
      bytes[6 - Math.floor(bit / 8)] = 1 << (bit % 8);
      return makeCheckCode(bytes);
    });
    expect(new Set(single).size).toBe(55);
  });

  it('refuses too little randomness', () => {
    expect(() => makeCheckCode(new Uint8Array(CHECK_CODE_BYTES - 1))).toThrow(RangeError);
  });
});

describe('parseCheckCode', () => {
  it('accepts every code it made, however typed', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(parseCheckCode(code)).toEqual({ ok: true, value: code });
        const sloppy = formatCheckCode(code)
          .toLowerCase()
          .replace(/-/g, ' — ')
          .replace(/0/g, 'o')
          .replace(/1/, 'l')
          .replace(/1/g, 'I')
          .replace(/v/g, 'u');
        expect(parseCheckCode(sloppy)).toEqual({ ok: true, value: code });
        const fullWidth = code.replace(/./g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
        expect(parseCheckCode(fullWidth)).toEqual({ ok: true, value: code });
      }),
    );
  });

  it('notices every single wrong character and every exchange of two', () => {
    fc.assert(
      fc.property(anyCode, fc.nat(11), fc.nat(11), fc.integer({ min: 1, max: 31 }), (code, i, j, by) => {
        const characters = Array.from(code);
        const wrong = [...characters];
        wrong[i] = alphabet.charAt((alphabet.indexOf(code.charAt(i)) + by) % 32);
        expect(parseCheckCode(wrong.join('')).ok).toBe(false);
        fc.pre(code.charAt(i) !== code.charAt(j));
        const exchanged = [...characters];
        exchanged[i] = code.charAt(j);
        exchanged[j] = code.charAt(i);
        expect(parseCheckCode(exchanged.join('')).ok).toBe(false);
      }),
    );
  });

  it.each([
    ['', 'check-code.missing'],
    ['ABCD', 'check-code.length'],
    ['0000-0000-0000-0', 'check-code.length'],
    ['查验码00000000A', 'check-code.characters'],
    ['000000000001', 'check-code.check-character'],
  ])('refuses %j: %s', (text, code) => {
    expect(parseCheckCode(text)).toMatchObject({ ok: false, code });
  });
});
