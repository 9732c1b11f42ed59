import {
  addDays,
  endOfDay,
  instantAt,
  type LegalDate,
  legalDateFromInstant,
  type Weekday,
  weekdayOf,
} from './legal-date';
import { type Branded, parsed, refused, type ParseResult } from './parse-result';
import { type CalendarAnswer, type DayCalendar, mergeMissingYears } from './working-calendar';

/** Minutes that run only while the office is open. Not comparable with {@link RealMinutes}. */
export type WorkingMinutes = Branded<number, 'WorkingMinutes'>;

/** Minutes on the clock, nights and holidays included (CC art. 201: hours count from the moment). */
export type RealMinutes = Branded<number, 'RealMinutes'>;

export function workingMinutes(minutes: number): WorkingMinutes {
  return wholeMinutes(minutes) as WorkingMinutes;
}

export function workingHours(hours: number): WorkingMinutes {
  return workingMinutes(hours * 60);
}

export function realMinutes(minutes: number): RealMinutes {
  return wholeMinutes(minutes) as RealMinutes;
}

export function realHours(hours: number): RealMinutes {
  return realMinutes(hours * 60);
}

/** `HH:MM`, from 00:00 to 24:00. */
export type TimeOfDay = Branded<string, 'TimeOfDay'>;

/** Open from `from` up to, not including, `to`. */
export interface OpenSpan {
  readonly from: TimeOfDay;
  readonly to: TimeOfDay;
}

/** Hours in force from a day of the year until the next season begins; the last season of a year runs on into the next. */
export interface OfficeSeason {
  /** `MM-DD` */
  readonly from: string;
  /** By ISO weekday. A day that is not named has the hours of `otherDays`. */
  readonly week: Readonly<Partial<Record<Weekday, readonly OpenSpan[]>>>;
  /** Hours of days that are worked though `week` does not name them: 调休 Saturdays and Sundays. */
  readonly otherDays: readonly OpenSpan[];
}

/** Opening hours of one centre, with the noon break as the gap between two spans. */
export interface OfficeHours {
  readonly version: string;
  readonly seasons: readonly OfficeSeason[];
  /** Other hours from a day on, the earliest first; `seasons` hold before the first of them. */
  readonly later?: readonly { readonly from: LegalDate; readonly seasons: readonly OfficeSeason[] }[];
}

export type OfficeHoursRefusal =
  'office-hours.format' | 'office-hours.season' | 'office-hours.span' | 'office-hours.empty';

/** When the office is open: which days, and which hours of them. */
export interface OfficeTime {
  readonly calendar: DayCalendar;
  readonly officeHours: OfficeHours;
}

/** A stretch during which the clock stands still; open-ended while `to` is null. */
export interface InstantPause {
  readonly from: Date;
  readonly to: Date | null;
}

const MS_PER_MINUTE = 60_000;

/** The hours of a day if it is worked. */
export function openSpansOn(hours: OfficeHours, day: LegalDate): readonly OpenSpan[] {
  const monthDay = day.slice(5);
  const seasons = hours.later?.findLast((l) => l.from <= day)?.seasons ?? hours.seasons;
  const season = seasons.findLast((s) => s.from <= monthDay) ?? seasons.at(-1);
  return season?.week[weekdayOf(day)] ?? season?.otherDays ?? [];
}

/** The end of the last opening hour of a day, or 24:00 when it has none (CC art. 203: business hours end the last day). */
export function closingTime(hours: OfficeHours, day: LegalDate): Date {
  const last = openSpansOn(hours, day).at(-1);
  return last ? instantAt(day, toMs(last.to)) : endOfDay(day);
}

export function isOfficeOpen(office: OfficeTime, at: Date): CalendarAnswer<boolean> {
  const day = legalDateFromInstant(at);
  const { spans, missingYears } = spansOn(office, day);
  const isOpen = spans.some(([from, to]) => from <= at.getTime() && at.getTime() < to);
  return { value: isOpen, isProvisional: missingYears.length > 0, missingYears };
}

/** `at` itself while the office is open, otherwise its next opening. */
export function nextOpening(office: OfficeTime, at: Date): CalendarAnswer<Date> {
  const missing = new Set<number>();
  let day = legalDateFromInstant(at);
  for (let walked = 0; walked < MAX_WALK_DAYS; walked += 1) {
    const { spans, missingYears } = spansOn(office, day);
    for (const year of missingYears) missing.add(year);
    const open = spans.find(([, closes]) => at.getTime() < closes);
    if (open) return dated(new Date(Math.max(open[0], at.getTime())), missing);
    day = addDays(day, 1);
  }
  throw new RangeError('The office never opens');
}

/**
 * The instant at which `minutes` of open time have passed since `start`, pauses left out. Time that is used up exactly
 * at closing ends at closing, not at the next opening. Null when an open-ended pause keeps the time from passing.
 */
export function addWorkingTime(
  office: OfficeTime,
  start: Date,
  minutes: WorkingMinutes,
  pauses: readonly InstantPause[] = [],
): CalendarAnswer<Date | null> {
  const missing = new Set<number>();
  let left = minutes * MS_PER_MINUTE;
  if (left === 0) return dated(start, missing);
  const standstill = standstillOf(pauses);
  let day = legalDateFromInstant(start);
  for (let walked = 0; walked < MAX_WALK_DAYS; walked += 1) {
    const { spans, missingYears } = spansOn(office, day);
    for (const year of missingYears) missing.add(year);
    for (const [opens, closes] of spans) {
      for (const [from, to] of without([Math.max(opens, start.getTime()), closes], pauses)) {
        if (left <= to - from) return dated(new Date(from + left), missing);
        left -= to - from;
      }
    }
    day = addDays(day, 1);
    if (instantAt(day, 0).getTime() >= standstill) return dated(null, missing);
  }
  throw new RangeError('The office never opens long enough');
}

/** The instant `minutes` after `start` on the clock, pauses left out; null when an open-ended pause comes first. */
export function addRealTime(start: Date, minutes: RealMinutes, pauses: readonly InstantPause[] = []): Date | null {
  let left = minutes * MS_PER_MINUTE;
  for (const [from, to] of without([start.getTime(), Infinity], pauses)) {
    if (left <= to - from) return new Date(from + left);
    left -= to - from;
  }
  return null;
}

/** Whole minutes of open time from `from` to `to`, rounded down; negative when `to` is earlier. */
export function workingMinutesBetween(office: OfficeTime, from: Date, to: Date): CalendarAnswer<number> {
  if (to < from) {
    const reverse = workingMinutesBetween(office, to, from);
    return { ...reverse, value: 0 - reverse.value };
  }
  const missing = new Set<number>();
  let total = 0;
  const lastDay = legalDateFromInstant(to);
  for (let day = legalDateFromInstant(from); day <= lastDay; day = addDays(day, 1)) {
    const { spans, missingYears } = spansOn(office, day);
    for (const year of missingYears) missing.add(year);
    for (const [opens, closes] of spans) {
      total += Math.max(0, Math.min(closes, to.getTime()) - Math.max(opens, from.getTime()));
    }
  }
  return dated(Math.floor(total / MS_PER_MINUTE), missing);
}

/** Checks opening hours given as settings. Every season must open on at least one of Monday to Friday. */
export function parseOfficeHours(json: unknown): ParseResult<OfficeHours, OfficeHoursRefusal> {
  if (!isRecord(json) || typeof json.version !== 'string' || json.version === '' || !Array.isArray(json.seasons)) {
    return refused('office-hours.format', '办公时间应含version和seasons，请补全。');
  }
  const seasons: OfficeSeason[] = [];
  for (const item of json.seasons as readonly unknown[]) {
    const season = parseSeason(item);
    if (!season.ok) return season;
    seasons.push(season.value);
  }
  if (seasons.length === 0) return refused('office-hours.format', '办公时间至少要有一个季节，请补全。');
  const isAscending = seasons.every((s, i) => i === 0 || (seasons[i - 1]?.from ?? '') < s.from);
  if (!isAscending) return refused('office-hours.season', '各季节的起始日期应由早到晚、互不重复，请核对。');
  return parsed({ version: json.version, seasons });
}

const MAX_WALK_DAYS = 4_000;
const NO_YEARS: readonly number[] = [];

type Span = readonly [from: number, to: number];

interface OpenDay {
  readonly spans: readonly Span[];
  readonly missingYears: readonly number[];
}

/** Days once reckoned, as long as their calendar lives: thousands of clocks walk over the same weeks. */
const openDays = new WeakMap<DayCalendar, WeakMap<OfficeHours, Map<LegalDate, OpenDay>>>();

function spansOn({ calendar, officeHours }: OfficeTime, day: LegalDate): OpenDay {
  const byHours = openDays.get(calendar) ?? new WeakMap<OfficeHours, Map<LegalDate, OpenDay>>();
  openDays.set(calendar, byHours);
  const days = byHours.get(officeHours) ?? new Map<LegalDate, OpenDay>();
  byHours.set(officeHours, days);
  const known = days.get(day);
  if (known) return known;
  const { value: isWorked, missingYears } = calendar.isWorkingDay(day);
  const open = isWorked ? openSpansOn(officeHours, day) : [];
  const spans = open.map(
    ({ from, to }) => [instantAt(day, toMs(from)).getTime(), instantAt(day, toMs(to)).getTime()] as const,
  );
  const openDay = { spans, missingYears };
  days.set(day, openDay);
  return openDay;
}

/** The parts of a span outside every pause, in order. */
function without(span: Span, pauses: readonly InstantPause[]): Span[] {
  let parts: Span[] = span[0] < span[1] ? [span] : [];
  for (const pause of pauses) {
    const [stop, resume] = [pause.from.getTime(), pause.to?.getTime() ?? Infinity];
    parts = parts.flatMap(([from, to]): Span[] => {
      const before: Span = [from, Math.min(to, stop)];
      const after: Span = [Math.max(from, resume), to];
      return [before, after].filter(([a, b]) => a < b);
    });
  }
  return parts;
}

/** From when on no time passes any more. */
function standstillOf(pauses: readonly InstantPause[]): number {
  return Math.min(Infinity, ...pauses.filter((p) => p.to === null).map((p) => p.from.getTime()));
}

function dated<T>(value: T, missing: ReadonlySet<number>): CalendarAnswer<T> {
  if (missing.size === 0) return { value, isProvisional: false, missingYears: NO_YEARS };
  const missingYears = mergeMissingYears([...missing]);
  return { value, isProvisional: missingYears.length > 0, missingYears };
}

function toMs(time: TimeOfDay): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MS_PER_MINUTE;
}

function wholeMinutes(minutes: number): number {
  if (!Number.isInteger(minutes) || minutes < 0)
    throw new RangeError('A term is a whole number of minutes, not negative');
  return minutes;
}

function parseSeason(item: unknown): ParseResult<OfficeSeason, OfficeHoursRefusal> {
  if (!isRecord(item) || !isRecord(item.week))
    return refused('office-hours.format', '每个季节应含from、week和otherDays，请补全。');
  const { from } = item;
  if (typeof from !== 'string' || !/^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(from)) {
    return refused('office-hours.season', '季节的起始日期请按“月-日”填写，如05-01。');
  }
  const week: Partial<Record<Weekday, readonly OpenSpan[]>> = {};
  for (const [key, value] of Object.entries(item.week)) {
    const spans = parseSpans(value);
    if (!/^[1-7]$/.test(key)) return refused('office-hours.format', '星期请用1（星期一）至7（星期日）表示。');
    if (!spans.ok) return spans;
    week[Number(key) as Weekday] = spans.value;
  }
  const otherDays = parseSpans(item.otherDays);
  if (!otherDays.ok) return otherDays;
  const isEverOpen = ([1, 2, 3, 4, 5] as const).some((weekday) => (week[weekday] ?? otherDays.value).length > 0);
  if (!isEverOpen) return refused('office-hours.empty', '星期一至星期五没有任何办公时间，请至少填写一天。');
  return parsed({ from, week, otherDays: otherDays.value });
}

function parseSpans(value: unknown): ParseResult<readonly OpenSpan[], OfficeHoursRefusal> {
  const refusal = refused('office-hours.span', '办公时段请按“08:30”至“12:00”填写，先后有序、互不重叠。');
  if (!Array.isArray(value)) return refusal;
  const spans: OpenSpan[] = [];
  let previousEnd = '';
  for (const span of value as readonly unknown[]) {
    if (!isRecord(span) || !isTimeOfDay(span.from) || !isTimeOfDay(span.to)) return refusal;
    if (span.from >= span.to || span.from < previousEnd) return refusal;
    spans.push({ from: span.from, to: span.to });
    previousEnd = span.to;
  }
  return parsed(spans);
}

function isTimeOfDay(value: unknown): value is TimeOfDay {
  return typeof value === 'string' && /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
