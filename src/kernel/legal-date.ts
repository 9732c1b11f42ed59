import { parsed, refused, type Branded, type ParseResult } from './parse-result';

/**
 * A civil day in Asia/Shanghai as `YYYY-MM-DD`, the unit of legal periods (CC art. 200: the Gregorian calendar).
 * Text order is time order, so that `<` and SQL `date` agree.
 */
export type LegalDate = Branded<string, 'LegalDate'>;

export type LegalDateRefusal = 'legal-date.format' | 'legal-date.no-such-day';

const MS_PER_DAY = 86_400_000;

export function parseLegalDate(text: string): ParseResult<LegalDate, LegalDateRefusal> {
  const match = /^([1-9]\d{3})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return refused('legal-date.format', '日期请按“年-月-日”填写，如2026-11-20。');
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return day >= 1 && month >= 1 && month <= 12 && day <= daysInMonth(year, month)
    ? parsed(text as LegalDate)
    : refused('legal-date.no-such-day', '该日期不存在，请核对月份和日期后重新填写。');
}

/** For dates written in code. @throws RangeError when the day does not exist. */
export function legalDate(text: string): LegalDate {
  const result = parseLegalDate(text);
  if (!result.ok) throw new RangeError(`Not a legal date: ${JSON.stringify(text)}`);
  return result.value;
}

/** @throws RangeError when the day does not exist. `month` counts from 1. */
export function legalDateOf(year: number, month: number, day: number): LegalDate {
  return legalDate(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
}

export function yearOf(date: LegalDate): number {
  return Number(date.slice(0, 4));
}

export function monthOf(date: LegalDate): number {
  return Number(date.slice(5, 7));
}

export function dayOfMonth(date: LegalDate): number {
  return Number(date.slice(8, 10));
}

/** ISO 8601: 1 = Monday … 7 = Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export function weekdayOf(date: LegalDate): Weekday {
  // 1970-01-01 was a Thursday (4).
  return (((((dayNumber(date) + 3) % 7) + 7) % 7) + 1) as Weekday;
}

/** Negative when `a` is earlier, 0 when equal, positive when later. */
export function compareLegalDates(a: LegalDate, b: LegalDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function latestOf(first: LegalDate, ...rest: readonly LegalDate[]): LegalDate {
  return rest.reduce((latest, date) => (date > latest ? date : latest), first);
}

/** @throws RangeError outside the years 1000–9999. */
export function addDays(date: LegalDate, days: number): LegalDate {
  return fromDayNumber(dayNumber(date) + days);
}

/**
 * CC art. 202: a period of months or years ends on the day with the same number; when the month has no such day,
 * on the last day of that month (01-31 + 1 month = 02-28).
 */
export function addMonths(date: LegalDate, months: number): LegalDate {
  const index = yearOf(date) * 12 + (monthOf(date) - 1) + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  return legalDateOf(year, month, Math.min(dayOfMonth(date), daysInMonth(year, month)));
}

export function addYears(date: LegalDate, years: number): LegalDate {
  return addMonths(date, years * 12);
}

/** Days from `from` to `to`; the first day is not counted (CC art. 201). Negative when `to` is earlier. */
export function daysBetween(from: LegalDate, to: LegalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * Completed years from `from` to `to`, as ages are counted: a year is complete on its anniversary.
 * 02-29 has its anniversary on 02-28 of a common year (CC art. 202).
 */
export function fullYearsBetween(from: LegalDate, to: LegalDate): number {
  const years = yearOf(to) - yearOf(from);
  return addYears(from, years) <= to ? years : years - 1;
}

export function daysInMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return isLeap ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The civil day in Asia/Shanghai at `instant`, summer time of 1986–91 included. */
export function legalDateFromInstant(instant: Date): LegalDate {
  return fromDayNumber(Math.floor(shanghaiWallClock(instant.getTime()) / MS_PER_DAY));
}

/** Milliseconds since midnight on the wall clock in Asia/Shanghai. */
export function timeOfDayMs(instant: Date): number {
  return modulo(shanghaiWallClock(instant.getTime()), MS_PER_DAY);
}

/** The first instant of the day. */
export function startOfDay(date: LegalDate): Date {
  return instantAt(date, 0);
}

/**
 * 24:00 of the day, where a period counted in days ends (CC art. 203): the first instant that is too late.
 * Something done in time has `at < endOfDay(date)`.
 */
export function endOfDay(date: LegalDate): Date {
  return startOfDay(addDays(date, 1));
}

/** The instant of a wall-clock time in Asia/Shanghai, `ms` after 00:00; the earlier one where clocks went back. */
export function instantAt(date: LegalDate, ms: number): Date {
  const wall = dayNumber(date) * MS_PER_DAY + ms;
  // The offset may change during the day: the right reading is the earliest instant that shows this wall time.
  const before = wall - offsetAt(wall - MS_PER_DAY);
  const after = wall - offsetAt(wall + MS_PER_DAY);
  const earliest = Math.min(before, after);
  return new Date(shanghaiWallClock(earliest) === wall ? earliest : Math.max(before, after));
}

/** `2026年11月20日`: no zero padding, as official papers write dates (GB/T 9704). */
export function formatLegalDateCn(date: LegalDate): string {
  return `${yearOf(date)}年${monthOf(date)}月${dayOfMonth(date)}日`;
}

/** An instant in words to the minute, as sentences and papers have it: 2026年9月30日17时25分. */
export function formatInstantCn(instant: Date): string {
  const minutes = Math.floor(timeOfDayMs(instant) / 60_000);
  const time = `${Math.floor(minutes / 60)}时${String(minutes % 60).padStart(2, '0')}分`;
  return `${formatLegalDateCn(legalDateFromInstant(instant))}${time}`;
}

const weekdayNames = ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'] as const;

export function weekdayNameCn(date: LegalDate): string {
  return weekdayNames[weekdayOf(date) - 1] ?? '';
}

function dayNumber(date: LegalDate): number {
  return Date.UTC(yearOf(date), monthOf(date) - 1, dayOfMonth(date)) / MS_PER_DAY;
}

/** Terms walk day by day through the same few years: each day is written once. */
const written = new Map<number, LegalDate>();
const MOST_WRITTEN = 50_000;

function fromDayNumber(days: number): LegalDate {
  const known = written.get(days);
  if (known !== undefined) return known;
  const utc = new Date(days * MS_PER_DAY);
  const date = legalDateOf(utc.getUTCFullYear(), utc.getUTCMonth() + 1, utc.getUTCDate());
  if (written.size >= MOST_WRITTEN) written.clear();
  written.set(days, date);
  return date;
}

const shanghai = new Intl.DateTimeFormat('en-US', {
  timeZone: 'Asia/Shanghai',
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** No summer time since 1991-09-15: the fixed offset spares the slow formatter for every date the system makes itself. */
const FIXED_SINCE = Date.UTC(1992, 0, 1);
const FIXED_OFFSET = 8 * 3_600_000;

/** Wall-clock time written as if it were UTC, in milliseconds. */
function shanghaiWallClock(epochMs: number): number {
  return epochMs + offsetAt(epochMs);
}

function offsetAt(epochMs: number): number {
  if (epochMs >= FIXED_SINCE) return FIXED_OFFSET;
  const seconds = Math.floor(epochMs / 1000) * 1000;
  const part: Record<string, number> = {};
  for (const { type, value } of shanghai.formatToParts(new Date(seconds))) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - seconds;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
