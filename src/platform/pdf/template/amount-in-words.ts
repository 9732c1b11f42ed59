const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '万亿'];

/**
 * An amount in capital characters as 正确填写票据和结算凭证的基本规定 (中国人民银行) wants it: 壹万贰仟元整, 叁拾元零伍分.
 *
 * @param fen integer fen, 0 to 9,999,999,999,999,999
 * @throws RangeError for anything else
 */
export function amountInWords(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0 || fen >= 1e16) throw new RangeError('amount out of range');
  const yuan = Math.floor(fen / 100);
  const jiao = Math.floor(fen / 10) % 10;
  const rest = fen % 10;
  if (fen === 0) return '零元整';
  const whole = yuan === 0 ? '' : `${integerInWords(yuan)}元`;
  if (jiao === 0 && rest === 0) return `${whole}整`;
  const tail = `${jiao > 0 ? `${DIGITS[jiao] ?? ''}角` : ''}${rest > 0 ? `${DIGITS[rest] ?? ''}分` : '整'}`;
  // A skipped place before 角 or 分 is read as 零: 叁拾元零伍分, 壹仟元零伍角 keeps no 零 when 元 holds a digit.
  const zero = whole !== '' && jiao === 0 ? '零' : '';
  return `${whole}${zero}${tail}`;
}

function integerInWords(value: number): string {
  const digits = Array.from(String(value), Number);
  let words = '';
  let pendingZero = false;
  let groupHasDigit = false;
  digits.forEach((digit, i) => {
    const position = digits.length - 1 - i;
    const place = position % 4;
    if (digit === 0) {
      pendingZero = words !== '';
    } else {
      words += `${pendingZero ? '零' : ''}${DIGITS[digit] ?? ''}${PLACES[place] ?? ''}`;
      pendingZero = false;
      groupHasDigit = true;
    }
    if (place === 0) {
      if (groupHasDigit) words += GROUPS[position / 4] ?? '';
      groupHasDigit = false;
    }
  });
  return words;
}
