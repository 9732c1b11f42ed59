import { foldWidth } from './character-width';
import { type Branded, parsed, refused, type ParseResult } from './parse-result';

/** Printed on papers and read over the phone: 11 random characters (55 bits) and a check character. */
export type CheckCode = Branded<string, 'CheckCode'>;

export type CheckCodeRefusal =
  'check-code.missing' | 'check-code.length' | 'check-code.characters' | 'check-code.check-character';

/** Crockford's base 32: no I, L, O, U, which are read as 1, 1, 0, V. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const LENGTH = 12;

/** Bytes of randomness that {@link makeCheckCode} takes. */
export const CHECK_CODE_BYTES = 7;

/** @param random at least 7 bytes from a cryptographic source: the code is the only secret of a public look-up. */
export function makeCheckCode(random: Uint8Array): CheckCode {
  if (random.length < CHECK_CODE_BYTES) throw new RangeError(`A check code needs ${CHECK_CODE_BYTES} random bytes`);
  let bits = random.subarray(0, CHECK_CODE_BYTES).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  let body = '';
  for (let i = 1; i < LENGTH; i += 1) {
    body += alphabet.charAt(Number(bits & 31n));
    bits >>= 5n;
  }
  return (body + alphabet.charAt(shift(remainder(body)))) as CheckCode;
}

/** Reads a code as typed: any case, spaces and hyphens, full-width characters, O for 0, I and L for 1, U for V. */
export function parseCheckCode(text: string): ParseResult<CheckCode, CheckCodeRefusal> {
  const code = foldWidth(text)
    .replace(/[\s\u2010-\u2015\u2212-]/g, '')
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/U/g, 'V');
  if (code === '') return refused('check-code.missing', '请填写文书上的查验码。');
  const characters = Array.from(code);
  if (characters.length !== LENGTH) {
    return refused('check-code.length', `查验码应为${LENGTH}位，现为${characters.length}位，请对照文书核对。`);
  }
  if (!characters.every((c) => alphabet.includes(c))) {
    return refused('check-code.characters', '查验码只含数字和字母，请对照文书核对。');
  }
  return remainder(code) === 0
    ? parsed(code as CheckCode)
    : refused('check-code.check-character', '查验码有误，可能写错一位或两位颠倒，请对照文书核对。');
}

/** `K3QM-8V0T-11ZA`, easier to read aloud. */
export function formatCheckCode(code: CheckCode): string {
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
}

/**
 * The code as a polynomial over GF(32), evaluated at a primitive element. Zero for a sound code. All powers of the element
 * differ below 31 places, so that every single wrong character and every exchange of two is noticed.
 */
function remainder(code: string): number {
  return Array.from(code).reduce((sum, c) => shift(sum) ^ alphabet.indexOf(c), 0);
}

/** Multiplication by the primitive element x modulo x^5 + x^2 + 1. */
function shift(value: number): number {
  const doubled = value << 1;
  return doubled & 32 ? doubled ^ 0b100101 : doubled;
}
