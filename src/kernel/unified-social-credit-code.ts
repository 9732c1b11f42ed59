import { foldWidth } from './character-width';
import { parsed, refused, type Branded, type ParseResult } from './parse-result';

/** 统一社会信用代码 (GB 32100-2015): 18 characters, upper case. */
export type UnifiedSocialCreditCode = Branded<string, 'UnifiedSocialCreditCode'>;

export type UnifiedSocialCreditCodeRefusal =
  | 'credit-code.missing'
  | 'credit-code.length'
  | 'credit-code.letters'
  | 'credit-code.characters'
  | 'credit-code.check-character';

/** No I, O, S, V, Z: they look like 1, 0, 5, U, 2. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** 3^i mod 31 for the 17 characters before the check character. */
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

export function parseUnifiedSocialCreditCode(
  text: string,
): ParseResult<UnifiedSocialCreditCode, UnifiedSocialCreditCodeRefusal> {
  const code = foldWidth(text).replace(/[\s-]/g, '').toUpperCase();
  if (code === '') return refused('credit-code.missing', '请填写统一社会信用代码。');
  const length = Array.from(code).length;
  if (length !== 18) {
    return refused(
      'credit-code.length',
      `统一社会信用代码应为18位，现为${length}位，请对照证照核对；15位旧执照号请登记为“其他证件”。`,
    );
  }
  if (/[IOSVZ]/.test(code)) {
    return refused(
      'credit-code.letters',
      '统一社会信用代码不使用字母I、O、S、V、Z，可能是数字1、0、5、2或字母U，请对照证照核对。',
    );
  }
  if (!Array.from(code).every((c) => alphabet.includes(c))) {
    return refused('credit-code.characters', '统一社会信用代码只含数字和大写字母，请对照证照核对。');
  }
  if (checkCharacterOf(code) !== code.charAt(17)) {
    return refused('credit-code.check-character', '统一社会信用代码校验不符，可能有一位写错，请对照证照核对。');
  }
  return parsed(code as UnifiedSocialCreditCode);
}

function checkCharacterOf(code: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(code.charAt(i)), 0);
  return alphabet.charAt((31 - (sum % 31)) % 31);
}
