import {
  addDays,
  dayOfMonth,
  daysBetween,
  daysInMonth,
  type LegalDate,
  monthOf,
  parseLegalDate,
  weekdayOf,
  yearOf,
} from './legal-date';
import { parsed, refused, type ParseResult } from './parse-result';

/** Days that a yearly notice of the State Council takes out of the ordinary week. */
export interface WorkingDayYear {
  readonly year: number;
  /** Changes with every correction, e.g. `2026-1`; deadlines keep it to explain themselves. */
  readonly version: string;
  /** Title and number of the notice, in Chinese. */
  readonly source: string;
  readonly publishedOn: LegalDate;
  /** Days off by holiday, weekends within a holiday included. May reach into the last days of the year before. */
  readonly offDays: readonly HolidayDay[];
  /** 调休 working days that would be a weekend. */
  readonly makeUpWorkDays: readonly HolidayDay[];
}

export interface HolidayDay {
  readonly on: LegalDate;
  /** e.g. 春节 */
  readonly holiday: string;
}

/** An answer together with the years that had to be guessed as Monday to Friday, since their notice is not loaded. */
export interface CalendarAnswer<T> {
  readonly value: T;
  readonly isProvisional: boolean;
  /** Ascending, empty unless provisional. */
  readonly missingYears: readonly number[];
}

export type DayKind = 'weekday' | 'weekend' | 'holiday' | 'make-up';

/** Says of each day whether it is worked. Two live side by side: working days for deadlines, service days for rosters. */
export interface DayCalendar {
  isWorkingDay(day: LegalDate): CalendarAnswer<boolean>;
  /** The holiday that the day belongs to, also for its make-up working days; for explanations. */
  holidayOf(day: LegalDate): string | null;
}

/** Rosters: the centre is staffed on holidays too, so that no day is free of service. Never use it to roll a deadline. */
export const everyDayIsServed: DayCalendar = {
  isWorkingDay: () => ({ value: true, isProvisional: false, missingYears: [] }),
  holidayOf: () => null,
};

export type WorkingDayYearRefusal = 'working-days.format' | 'working-days.date' | 'working-days.conflict';

/** Notices come one by one; more years ahead than this are not walked: some input is wrong. */
const MAX_WALK_DAYS = 40_000;

/**
 * From this day of December on, the notice of the next year may say otherwise: the days around New Year have been
 * exchanged as early as 12-29 (2007 and 2018).
 */
const NEXT_YEAR_DECIDES_FROM = '12-25';

/** The working days of the country, from yearly notices given as data. */
export class WorkingCalendar implements DayCalendar {
  private readonly years: ReadonlySet<number>;
  private readonly offDays: ReadonlyMap<string, string>;
  private readonly makeUpWorkDays: ReadonlyMap<string, string>;

  /** Versions of the years it was made from, e.g. `2025-1,2026-1`. */
  readonly version: string;

  /** @throws RangeError when a year is given twice. */
  constructor(years: readonly WorkingDayYear[]) {
    const sorted = [...years].sort((a, b) => a.year - b.year);
    this.years = new Set(sorted.map((y) => y.year));
    if (this.years.size !== sorted.length) throw new RangeError('A year is given twice');
    this.offDays = new Map(sorted.flatMap((y) => y.offDays.map((d) => [d.on, d.holiday] as const)));
    this.makeUpWorkDays = new Map(sorted.flatMap((y) => y.makeUpWorkDays.map((d) => [d.on, d.holiday] as const)));
    this.version = sorted.map((y) => y.version).join(',');
  }

  isWorkingDay(day: LegalDate): CalendarAnswer<boolean> {
    const kind = this.kindOf(day);
    return answer(kind === 'weekday' || kind === 'make-up', this.missingYearsFor(day));
  }

  /** What the notices say; without one, what the day of the week says. */
  kindOf(day: LegalDate): DayKind {
    if (this.offDays.has(day)) return 'holiday';
    if (this.makeUpWorkDays.has(day)) return 'make-up';
    return weekdayOf(day) <= 5 ? 'weekday' : 'weekend';
  }

  holidayOf(day: LegalDate): string | null {
    return this.offDays.get(day) ?? this.makeUpWorkDays.get(day) ?? null;
  }

  /** Years without which the day cannot be judged for certain. */
  private missingYearsFor(day: LegalDate): number[] {
    const year = yearOf(day);
    if (this.offDays.has(day) || this.makeUpWorkDays.has(day)) return [];
    const needed = day.slice(5) >= NEXT_YEAR_DECIDES_FROM ? [year, year + 1] : [year];
    return needed.filter((y) => !this.years.has(y));
  }
}

/** The first working day after `day`. */
export function nextWorkingDay(calendar: DayCalendar, day: LegalDate): CalendarAnswer<LegalDate> {
  return rollForward(calendar, addDays(day, 1));
}

/** `day` itself when worked, else the first working day after it (CC art. 203). */
export function rollForward(calendar: DayCalendar, day: LegalDate): CalendarAnswer<LegalDate> {
  const walk = new Walk(calendar);
  let current = day;
  while (!walk.isWorked(current)) current = addDays(current, 1);
  return walk.answer(current);
}

/**
 * The `count`-th working day after `day`, `day` itself not counted (CC art. 201); before it for a negative count.
 * With 0 the day itself, worked or not.
 */
export function addWorkingDays(calendar: DayCalendar, day: LegalDate, count: number): CalendarAnswer<LegalDate> {
  if (!Number.isInteger(count)) throw new RangeError('Working days are whole');
  const walk = new Walk(calendar);
  const step = count < 0 ? -1 : 1;
  let current = day;
  for (let left = Math.abs(count); left > 0;) {
    current = addDays(current, step);
    if (walk.isWorked(current)) left -= 1;
  }
  return walk.answer(current);
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. */
export function workingDaysBetween(calendar: DayCalendar, from: LegalDate, to: LegalDate): CalendarAnswer<number> {
  const [first, last] = from <= to ? [from, to] : [to, from];
  if (daysBetween(first, last) > MAX_WALK_DAYS) throw new RangeError('More than a century of days');
  const missing = new Set<number>();
  let count = 0;
  for (let before = first; before < last;) {
    const day = addDays(before, 1);
    const month = monthWith(calendar, day);
    const start = dayOfMonth(day);
    const end = Math.min(start + daysBetween(day, last), month.days.length);
    const isWhole = start === 1 && end === month.days.length;
    for (const { value, missingYears } of isWhole ? [month.total] : month.days.slice(start - 1, end)) {
      count += value;
      for (const year of missingYears) missing.add(year);
    }
    before = addDays(day, end - start);
  }
  return answer(from <= to ? count : 0 - count, mergeMissingYears([...missing]));
}

/** How many of a month's days are worked, each by itself and all of them. */
interface MonthOfDays {
  readonly days: readonly CalendarAnswer<number>[];
  readonly total: CalendarAnswer<number>;
}

/** Months once looked at, as long as their calendar lives: what is years late is counted by months, not by days. */
const months = new WeakMap<DayCalendar, Map<string, MonthOfDays>>();

function monthWith(calendar: DayCalendar, day: LegalDate): MonthOfDays {
  const known = months.get(calendar) ?? new Map<string, MonthOfDays>();
  months.set(calendar, known);
  const name = day.slice(0, 7);
  const month = known.get(name) ?? monthOfDays(calendar, addDays(day, 1 - dayOfMonth(day)));
  known.set(name, month);
  return month;
}

function monthOfDays(calendar: DayCalendar, first: LegalDate): MonthOfDays {
  const days = Array.from({ length: daysInMonth(yearOf(first), monthOf(first)) }, (_, i) => {
    const { value, missingYears } = calendar.isWorkingDay(addDays(first, i));
    return answer(value ? 1 : 0, missingYears);
  });
  const worked = days.reduce((sum, { value }) => sum + value, 0);
  return { days, total: answer(worked, mergeMissingYears(...days.map((d) => d.missingYears))) };
}

/** Checks reference data (`working-days-YYYY.json`) before a calendar is made from it. */
export function parseWorkingDayYear(json: unknown): ParseResult<WorkingDayYear, WorkingDayYearRefusal> {
  if (!isRecord(json)) return refused('working-days.format', '放假安排数据应为一个对象。');
  const { year, version, source, publishedOn, offDays, makeUpWorkDays } = json;
  const isHeadSound =
    typeof year === 'number' && Number.isInteger(year) && isText(version) && isText(source) && isText(publishedOn);
  if (!isHeadSound || !isDayList(offDays) || !isDayList(makeUpWorkDays)) {
    return refused(
      'working-days.format',
      '放假安排数据应含year、version、source、publishedOn、offDays和makeUpWorkDays，请对照国务院办公厅通知补全。',
    );
  }
  const published = parseLegalDate(publishedOn);
  const all = [...offDays, ...makeUpWorkDays];
  for (const { on } of all) {
    const day = parseLegalDate(on);
    const belongs = on.startsWith(`${year}-`) || on.startsWith(`${year - 1}-12-`);
    if (!day.ok || !belongs) return refused('working-days.date', `日期${on}无效或不属于${year}年的放假安排，请核对。`);
  }
  if (!published.ok) return refused('working-days.date', '通知的发布日期无效，请核对。');
  if (new Set(all.map((d) => d.on)).size !== all.length) {
    return refused('working-days.conflict', '同一天重复出现，或既放假又上班，请对照国务院办公厅通知核对。');
  }
  const misplaced = makeUpWorkDays.find((d) => weekdayOf(d.on as LegalDate) <= 5);
  if (misplaced) return refused('working-days.conflict', `调休上班日${misplaced.on}本来就是工作日，请核对。`);
  const days = (list: readonly RawDay[]): HolidayDay[] =>
    list.map(({ on, holiday }) => ({ on: on as LegalDate, holiday }));
  return parsed({
    year,
    version,
    source,
    publishedOn: published.value,
    offDays: days(offDays),
    makeUpWorkDays: days(makeUpWorkDays),
  });
}

/** Joins the uncertainty of several answers. */
export function mergeMissingYears(...lists: readonly (readonly number[])[]): number[] {
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}

/** Collects the missing years of every day it looked at. */
class Walk {
  private readonly missing = new Set<number>();
  private looked = 0;

  constructor(private readonly calendar: DayCalendar) {}

  isWorked(day: LegalDate): boolean {
    this.looked += 1;
    if (this.looked > MAX_WALK_DAYS)
      throw new RangeError('More than a century of days: the calendar has no working day');
    const { value, missingYears } = this.calendar.isWorkingDay(day);
    for (const year of missingYears) this.missing.add(year);
    return value;
  }

  answer<T>(value: T): CalendarAnswer<T> {
    return answer(value, mergeMissingYears([...this.missing]));
  }
}

function answer<T>(value: T, missingYears: readonly number[]): CalendarAnswer<T> {
  return { value, isProvisional: missingYears.length > 0, missingYears };
}

interface RawDay {
  readonly on: string;
  readonly holiday: string;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isDayList(value: unknown): value is readonly RawDay[] {
  return Array.isArray(value) && value.every((d: unknown) => isRecord(d) && isText(d.on) && isText(d.holiday));
}
