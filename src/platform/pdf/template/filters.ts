import { fen, formatMoney, moneyInWords } from '../../../kernel/money';

/** Shown where nothing was filled in: an ideographic space has no ink, and an underlined one is a blank. */
const BLANK = '\u3000';
/** Two lines of an A4 page. */
const LONGEST_BLANK = 80;
const HAN_DIGITS = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/** Every paper states the time of the centre's place; China has one zone and no summer time since 1992. */
const ZONE_HOURS = 8;

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function hanYear(year: string): string {
  return Array.from(year)
    .map((digit) => HAN_DIGITS[Number(digit)] ?? digit)
    .join('');
}

/** 1 → 一, 10 → 十, 21 → 二十一, up to 9999. */
export function hanNumber(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 9999) return String(value);
  if (value === 0) return '零';
  const places = ['', '十', '百', '千'];
  const digits = Array.from(String(value), Number);
  let words = '';
  digits.forEach((digit, i) => {
    const place = digits.length - 1 - i;
    if (digit > 0) words += (HAN_DIGITS[digit] ?? '') + (places[place] ?? '');
    else if (!words.endsWith('零')) words += '零';
  });
  words = words.replace(/零$/, '');
  return words.startsWith('一十') ? words.slice(1) : words;
}

function dateParts(
  value: unknown,
): { year: string; month: number; day: number; hour: number; minute: number } | undefined {
  const raw = text(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(raw)) {
    return { year: raw.slice(0, 4), month: Number(raw.slice(5, 7)), day: Number(raw.slice(8)), hour: 0, minute: 0 };
  }
  const at = Date.parse(raw);
  if (raw === '' || Number.isNaN(at)) return undefined;
  const local = new Date(at + ZONE_HOURS * 3_600_000);
  return {
    year: String(local.getUTCFullYear()),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
  };
}

/** 2026-01-16 → 2026年1月16日; with 'han' 二〇二六年一月十六日; nothing → blanks to fill in by hand. */
function cnDate(value: unknown, style?: unknown): string {
  const parts = dateParts(value);
  if (parts === undefined) return `${BLANK.repeat(3)}年${BLANK.repeat(2)}月${BLANK.repeat(2)}日`;
  const { year, month, day } = parts;
  return style === 'han' ? `${hanYear(year)}年${hanNumber(month)}月${hanNumber(day)}日` : `${year}年${month}月${day}日`;
}

/** An instant to the minute in Beijing time: 2026年1月16日9时05分. */
function cnTime(value: unknown): string {
  const parts = dateParts(value);
  if (parts === undefined) return `${cnDate(null)}${BLANK.repeat(2)}时${BLANK.repeat(2)}分`;
  return `${parts.year}年${parts.month}月${parts.day}日${parts.hour}时${String(parts.minute).padStart(2, '0')}分`;
}

/** Keeps the first and last digits of a document number: 150102********1234 (PIPL: no more than the paper needs). */
function maskId(value: unknown): string {
  const raw = Array.from(text(value));
  if (raw.length <= 6) return raw.map((c, i) => (i === 0 ? c : '*')).join('');
  const head = raw.length >= 15 ? 6 : 2;
  const tail = raw.length >= 15 ? 4 : 2;
  return raw.map((c, i) => (i < head || i >= raw.length - tail ? c : '*')).join('');
}

function orBlank(value: unknown, count: unknown): unknown {
  const isEmpty = value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
  return isEmpty ? BLANK.repeat(typeof count === 'number' ? Math.min(Math.max(0, count), LONGEST_BLANK) : 4) : value;
}

function names(value: unknown): string {
  if (!Array.isArray(value)) return text(value);
  return value.map((item: unknown) => (isNamed(item) ? item.name : text(item))).join('、');
}

function isNamed(item: unknown): item is { name: string } {
  return typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string';
}

/** The filters of the paper templates, by the name they are written with. */
export const PAPER_FILTERS: Readonly<Record<string, (value: unknown, ...args: unknown[]) => unknown>> = {
  cn_date: cnDate,
  cn_time: cnTime,
  cn_num: (value) => (typeof value === 'number' ? hanNumber(value) : ''),
  rmb: (value) => (typeof value === 'number' ? moneyInWords(fen(value)) : ''),
  money: (value) => (typeof value === 'number' ? formatMoney(fen(value)) : ''),
  mask_id: maskId,
  or_blank: orBlank,
  tick: (value, wanted) => (value === wanted ? '☑' : '☐'),
  names,
};

/** Filters of LiquidJS that templates may use besides ours. */
export const ALLOWED_FILTERS: readonly string[] = [
  'size',
  'plus',
  'minus',
  'times',
  'join',
  'map',
  'where',
  'first',
  'last',
  'append',
  'prepend',
  'default',
];
