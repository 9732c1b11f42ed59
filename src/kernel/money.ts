import { foldWidth } from './character-width';
import { parsed, refused, type Branded, type ParseResult } from './parse-result';

/** An amount of RMB in 分, a whole number from 0 to {@link MAX_FEN}. Never a fraction of a fen, never negative. */
export type Fen = Branded<number, 'Fen'>;

/** 90万亿元: below 2^53, so that every amount is exact as a JavaScript number and as a PostgreSQL bigint. */
export const MAX_FEN = 9_000_000_000_000_000;

export type MoneyRefusal = 'money.missing' | 'money.format' | 'money.too-large' | 'money.split';

const tooLarge = refused('money.too-large', '金额超过90万亿元，请核对小数点和单位。');

/** @throws RangeError unless `value` is a whole number from 0 to {@link MAX_FEN}. */
export function fen(value: number): Fen {
  if (!Number.isInteger(value) || value < 0 || value > MAX_FEN) throw new RangeError('Not an amount in fen');
  // -0 would print as a negative amount in some formats.
  return (value + 0) as Fen;
}

/** Reads an amount in yuan: `12,000.50`, `￥12000.5`, `12000元`. Signs, other units and more than two decimals are refused. */
export function parseMoney(text: string): ParseResult<Fen, MoneyRefusal> {
  const typed = foldWidth(text)
    .replace(/\s/g, '')
    .replace(/^(?:RMB|CNY|人民币)/i, '')
    .replace(/^[¥\uFFE5]/, '')
    .replace(/元整?$/, '');
  if (typed === '') return refused('money.missing', '请填写金额。');
  const match = /^(\d{1,3}(?:,\d{3}){0,9}|\d{1,30})(?:\.(\d{1,2}))?$/.exec(typed);
  if (!match) return refused('money.format', '金额请按元填写，最多两位小数，如12000.50；不要写“万”。');
  // Exact: the text of the number of fen, never a product of floating point.
  const value = Number((match[1] ?? '').replace(/,/g, '') + (match[2] ?? '').padEnd(2, '0'));
  return value > MAX_FEN ? tooLarge : parsed(value as Fen);
}

/** `¥12,000.50` */
export function formatMoney(amount: Fen): string {
  return `¥${groupThousands(yuanText(amount))}`;
}

/** `12000.50`, for spreadsheets and forms that group by themselves. */
export function formatYuan(amount: Fen): string {
  return yuanText(amount);
}

/** 万元 with two decimals, rounded half up; only for a finished sum, since rounded parts do not add up. */
export function formatTenThousandYuan(total: Fen): string {
  const hundredths = (BigInt(total) + 5_000n) / 10_000n;
  return groupThousands(`${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`);
}

/** The exact sum, or a refusal when it exceeds {@link MAX_FEN}. */
export function sumMoney(amounts: Iterable<Fen>): ParseResult<Fen, 'money.too-large'> {
  let total = 0;
  for (const amount of amounts) {
    total += amount;
    if (total > MAX_FEN) return tooLarge;
  }
  return parsed(total as Fen);
}

/** `count` instalments that add up to `total`; each is `total / count` rounded down, the last takes the remainder. */
export function splitEqually(total: Fen, count: number): ParseResult<Fen[], 'money.split'> {
  if (!Number.isInteger(count) || count < 1 || count > 1200) {
    return refused('money.split', '期数应为1至1200的整数，请重新填写。');
  }
  const share = Math.floor(total / count);
  if (share < 1) return refused('money.split', '每期不足一分钱，请减少期数或核对总金额。');
  const parts = Array.from({ length: count }, () => share as Fen);
  parts[count - 1] = (total - share * (count - 1)) as Fen;
  return parsed(parts);
}

const digits = '零壹贰叁肆伍陆柒捌玖';
const unitsInSection = ['', '拾', '佰', '仟'] as const;

/**
 * 大写 as on cheques and receipts (支付结算办法 appendix 1): `壹万贰仟元整`, `壹仟肆佰零玖元伍角整`, `叁佰贰拾伍元零肆分`.
 * 整 closes amounts that end in 元 or 角, so that nothing can be added behind them.
 */
export function moneyInWords(amount: Fen): string {
  if (amount === 0) return '零元整';
  const yuan = Math.floor(amount / 100);
  const jiao = Math.floor(amount / 10) % 10;
  const cents = amount % 10;
  const whole = yuan > 0 ? `${integerInWords(yuan)}元` : '';
  if (jiao === 0 && cents === 0) return `${whole}整`;
  const tenths = jiao > 0 ? `${digits.charAt(jiao)}角` : yuan > 0 ? '零' : '';
  return whole + tenths + (cents > 0 ? `${digits.charAt(cents)}分` : '整');
}

/** @param value from 1 to 90万亿 */
function integerInWords(value: number): string {
  if (value < 10_000) return sectionInWords(value);
  const [unit, name] = value < 100_000_000 ? [10_000, '万'] : [100_000_000, '亿'];
  const low = value % unit;
  const high = `${integerInWords(Math.floor(value / unit))}${name}`;
  if (low === 0) return high;
  return high + (low < unit / 10 ? '零' : '') + integerInWords(low);
}

/** @param value from 1 to 9999 */
function sectionInWords(value: number): string {
  let words = '';
  let isZeroPending = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(value / 10 ** place) % 10;
    if (digit === 0) {
      isZeroPending = words !== '';
    } else {
      words += (isZeroPending ? '零' : '') + digits.charAt(digit) + (unitsInSection[place] ?? '');
      isZeroPending = false;
    }
  }
  return words;
}

function yuanText(amount: Fen): string {
  return `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
}

function groupThousands(text: string): string {
  return text.replace(/\B(?=(?:\d{3})+(?!\d)(?=\.|$))/g, ',');
}
