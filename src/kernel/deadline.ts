import {
  addDays,
  addMonths,
  addYears,
  dayOfMonth,
  daysBetween,
  endOfDay,
  formatInstantCn,
  formatLegalDateCn,
  type LegalDate,
  legalDateFromInstant,
  weekdayNameCn,
  weekdayOf,
} from './legal-date';
import { type DayCalendar } from './working-calendar';
import {
  addRealTime,
  addWorkingTime,
  closingTime,
  type InstantPause,
  type OfficeHours,
  realHours,
  realMinutes,
  workingHours,
  workingMinutes,
} from './working-time';

/** Counted in days: the day of the start is not counted (CC art. 201 para. 1). */
export type DayUnit = 'natural-day' | 'working-day' | 'calendar-month' | 'year';

/** Counted in time: runs from the moment (CC art. 201 para. 2). */
export type TimeUnit = 'working-hour' | 'working-minute' | 'real-hour' | 'real-minute';

export type DeadlineUnit = DayUnit | TimeUnit;

/** A term as the law or the centre's settings fix it: data, not code. */
export interface DeadlineRule {
  readonly id: string;
  /** A whole number of `unit`, at least 1. */
  readonly term: number;
  readonly unit: DeadlineUnit;
  /** CC art. 203: a last day off moves to the next working day. Only for units of days. */
  readonly rollToWorkingDay: boolean;
  /** CC art. 203 para. 2: with business hours the last day ends at closing instead of 24:00. Only for units of days. */
  readonly closesWithOffice?: boolean;
  /** Where the term comes from, in Chinese: 《人民调解工作若干规定》第三十三条. */
  readonly article: string;
}

/**
 * A stretch that is not counted, e.g. an appraisal (人民法院在线调解规则 art. 26). In days, `from` is the first day not
 * counted and `to` the day of resumption, which counts again. Open-ended while `to` is null.
 */
export interface DeadlinePause {
  readonly from: LegalDate | Date;
  readonly to: LegalDate | Date | null;
  /** Chinese, e.g. 委托鉴定. */
  readonly reason: string;
}

/** More time, by a term counted from the last day so far, or up to an agreed day or instant. Never shortens. */
export type DeadlineExtension =
  | { readonly term: number; readonly unit: DeadlineUnit; readonly reason: string }
  | { readonly until: LegalDate | Date; readonly reason: string };

export interface DeadlineInput {
  readonly rule: DeadlineRule;
  /** The day or instant of the event that starts the term. Units of time need the instant. */
  readonly start: LegalDate | Date;
  readonly pauses?: readonly DeadlinePause[];
  readonly extensions?: readonly DeadlineExtension[];
  readonly calendar: DayCalendar;
  /** Needed for working hours and minutes, and for rules that close with the office. */
  readonly officeHours?: OfficeHours;
}

export interface Due {
  /** The last day of the term. */
  readonly on: LegalDate;
  /** The first instant that is too late. */
  readonly endsAt: Date;
}

export interface Deadline {
  /** Without pauses and extensions: what statistics go by. */
  readonly originalDue: Due;
  /** Null while an open pause keeps the term from ending. */
  readonly currentDue: Due | null;
  /** A year's notice of days off was missing: recompute when it is loaded. */
  readonly isProvisional: boolean;
  readonly missingYears: readonly number[];
  /** Chinese sentences that let a reader reckon the day again, years on. */
  readonly explanation: readonly string[];
}

/**
 * Reckons a deadline. Pure: the same input gives the same answer.
 *
 * @throws RangeError on input that no rule of the field allows: a term below 1, a day where an instant is needed,
 *   an extension in a unit of the other family, office hours absent though needed.
 */
export function computeDeadline(input: DeadlineInput): Deadline {
  checkRule(input.rule);
  const reckoning = isTimeUnit(input.rule.unit) ? new TimeReckoning(input) : new DayReckoning(input);
  const { originalDue, currentDue } = reckoning.run();
  const missingYears = [...reckoning.missingYears].sort((a, b) => a - b);
  const explanation = [...reckoning.lines];
  if (missingYears.length > 0) {
    explanation.push(
      `${missingYears.join('、')}年的放假安排尚未载入，暂按星期一至星期五为工作日推算，载入后须重新计算。`,
    );
  }
  return { originalDue, currentDue, isProvisional: missingYears.length > 0, missingYears, explanation };
}

/** A paused deadline is never overdue. */
export function isOverdue(deadline: Pick<Deadline, 'currentDue'>, now: Date): boolean {
  return deadline.currentDue !== null && now >= deadline.currentDue.endsAt;
}

interface Dues {
  readonly originalDue: Due;
  readonly currentDue: Due | null;
}

interface DayPause {
  readonly from: LegalDate;
  readonly to: LegalDate | null;
  readonly reason: string;
}

class DayReckoning {
  readonly missingYears = new Set<number>();
  readonly lines: string[] = [];
  private readonly start: LegalDate;
  private readonly pauses: readonly DayPause[];

  constructor(private readonly input: DeadlineInput) {
    this.start = dayOf(input.start);
    this.pauses = (input.pauses ?? [])
      .map((p) => ({ from: dayOf(p.from), to: p.to === null ? null : dayOf(p.to), reason: p.reason }))
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
    if (this.pauses.some((p) => p.to !== null && p.to < p.from)) throw new RangeError('A pause ends before it begins');
  }

  run(): Dues {
    const { rule } = this.input;
    this.lines.push(
      `依据${rule.article}，期限为${termCn(rule.term, rule.unit)}。`,
      `起算事由发生于${formatLegalDateCn(this.start)}，当日不计，自${formatLegalDateCn(addDays(this.start, 1))}起算（民法典第二百零一条）。`,
    );
    // Without pauses every term ends.
    const original = this.lastDay(this.start, rule.term, rule.unit, []) ?? this.start;
    const isTouched = this.pauses.length > 0 || (this.input.extensions ?? []).length > 0;
    const originalDue = this.due(original);
    if (isTouched) this.lines.push(`原定截止时间为${this.endCn(originalDue)}。`);
    const current = isTouched ? this.currentDay() : original;
    const currentDue = current === null ? null : this.due(current);
    if (currentDue !== null) this.lines.push(`截止时间为${this.endCn(currentDue)}。`);
    return { originalDue, currentDue };
  }

  private currentDay(): LegalDate | null {
    const { rule, extensions = [] } = this.input;
    let lines = this.lines.length;
    let day = this.lastDay(this.start, rule.term, rule.unit, this.pauses);
    for (const extension of extensions) {
      if (day === null) break;
      this.lines.push(extensionCn(extension));
      day = this.extended(day, extension);
    }
    for (const pause of this.pauses) {
      const isLate = day !== null && pause.from > day;
      this.lines.splice(
        lines,
        0,
        isLate
          ? latePauseCn(pause.reason, formatLegalDateCn(pause.from))
          : pauseCn(pause.reason, formatLegalDateCn(pause.from), pause.to && formatLegalDateCn(pause.to)),
      );
      lines += 1;
    }
    return day;
  }

  private extended(day: LegalDate, extension: DeadlineExtension): LegalDate | null {
    // CC art. 203 makes the day after the holiday the last day of the term: an extension follows that day.
    if ('term' in extension) return this.lastDay(day, extension.term, extension.unit, this.pauses);
    const until = dayOf(extension.until);
    if (until > day) return this.rolled(until, this.pauses);
    this.lines.push(notLaterCn);
    return day;
  }

  /** The last day of a term after `start`, rolled; null when an open pause keeps it from coming. */
  private lastDay(start: LegalDate, term: number, unit: DeadlineUnit, pauses: readonly DayPause[]): LegalDate | null {
    if (isTimeUnit(unit)) throw new RangeError('A term of days cannot be extended by hours');
    let day = start;
    for (const pause of pauses) {
      if (isPausedBy(pause, day)) {
        // The clock never ran: the day of resumption takes the place of the start and is not counted either.
        if (pause.to === null) return null;
        day = pause.to;
      }
    }
    const first = day;
    const days = unit === 'working-day' || unit === 'natural-day' ? term : monthsInDays(day, term, unit);
    for (let left = days; left > 0;) {
      day = addDays(day, 1);
      const pause = pauseOn(pauses, day);
      if (pause?.to === null) return null;
      if (!pause && (unit !== 'working-day' || this.isWorked(day))) left -= 1;
    }
    return this.rolled(day, pauses, unit === 'calendar-month' || unit === 'year' ? first : null);
  }

  private rolled(day: LegalDate, pauses: readonly DayPause[], monthStart: LegalDate | null = null): LegalDate | null {
    const isShortMonth = monthStart !== null && dayOfMonth(day) < dayOfMonth(monthStart) && pauses.length === 0;
    this.lines.push(
      isShortMonth
        ? `到期月没有${dayOfMonth(monthStart)}日，以月末日${formatLegalDateCn(day)}为最后一日（民法典第二百零二条）。`
        : `期限的最后一日为${formatLegalDateCn(day)}。`,
    );
    if (!this.input.rule.rollToWorkingDay) return day;
    let rolled = day;
    for (;;) {
      const pause = pauseOn(pauses, rolled);
      if (pause?.to === null) return null;
      if (!pause && this.isWorked(rolled)) break;
      rolled = addDays(rolled, 1);
    }
    const holiday = this.input.calendar.holidayOf(day);
    if (rolled !== day) {
      const why = holiday === null ? weekdayNameCn(day) : `${holiday}假期`;
      this.lines.push(`${formatLegalDateCn(day)}为${why}，顺延至${formatLegalDateCn(rolled)}（民法典第二百零三条）。`);
    } else if (weekdayOf(day) > 5) {
      this.lines.push(`${formatLegalDateCn(day)}虽为${weekdayNameCn(day)}，但属${holiday ?? ''}调休上班日，不顺延。`);
    }
    return rolled;
  }

  private isWorked(day: LegalDate): boolean {
    const { value, missingYears } = this.input.calendar.isWorkingDay(day);
    for (const year of missingYears) this.missingYears.add(year);
    return value;
  }

  private due(on: LegalDate): Due {
    const { rule, officeHours } = this.input;
    if (rule.closesWithOffice !== true) return { on, endsAt: endOfDay(on) };
    return { on, endsAt: closingTime(required(officeHours), on) };
  }

  private endCn({ on, endsAt }: Due): string {
    return endsAt.getTime() === endOfDay(on).getTime()
      ? `${formatLegalDateCn(on)}24时`
      : `${formatInstantCn(endsAt)}（办公结束时间，民法典第二百零三条第二款）`;
  }
}

class TimeReckoning {
  readonly missingYears = new Set<number>();
  readonly lines: string[] = [];
  private readonly start: Date;
  private readonly pauses: readonly (InstantPause & { readonly reason: string })[];

  constructor(private readonly input: DeadlineInput) {
    this.start = instantOf(input.start);
    this.pauses = (input.pauses ?? []).map((p) => ({
      from: instantOf(p.from),
      to: p.to === null ? null : instantOf(p.to),
      reason: p.reason,
    }));
    if (this.pauses.some((p) => p.to !== null && p.to < p.from)) throw new RangeError('A pause ends before it begins');
  }

  run(): Dues {
    const { rule, extensions = [] } = this.input;
    this.lines.push(
      `依据${rule.article}，期限为${termCn(rule.term, rule.unit)}。`,
      `自${formatInstantCn(this.start)}起算（民法典第二百零一条第二款）。`,
    );
    const original = this.after(this.start, rule.term, rule.unit, []) ?? this.start;
    if (this.pauses.length > 0 || extensions.length > 0)
      this.lines.push(`原定截止时间为${formatInstantCn(original)}。`);
    let current = this.after(this.start, rule.term, rule.unit, this.pauses);
    const extensionLines: string[] = [];
    for (const extension of extensions) {
      if (current === null) break;
      extensionLines.push(extensionCn(extension));
      const extended = this.extended(current, extension);
      if (extended?.getTime() === current.getTime()) extensionLines.push(notLaterCn);
      current = extended;
    }
    for (const { from, to, reason } of this.pauses) {
      const isLate = current !== null && from > current;
      this.lines.push(
        isLate
          ? latePauseCn(reason, formatInstantCn(from))
          : pauseCn(reason, formatInstantCn(from), to && formatInstantCn(to)),
      );
    }
    this.lines.push(...extensionLines);
    if (current !== null) this.lines.push(`截止时间为${formatInstantCn(current)}。`);
    return { originalDue: dueAt(original), currentDue: current && dueAt(current) };
  }

  private extended(current: Date, extension: DeadlineExtension): Date | null {
    if ('term' in extension) return this.after(current, extension.term, extension.unit, this.pauses);
    const until = instantOf(extension.until);
    return until > current ? until : current;
  }

  private after(start: Date, term: number, unit: DeadlineUnit, pauses: readonly InstantPause[]): Date | null {
    switch (unit) {
      case 'real-hour':
        return addRealTime(start, realHours(term), pauses);
      case 'real-minute':
        return addRealTime(start, realMinutes(term), pauses);
      case 'working-hour':
      case 'working-minute': {
        const office = { calendar: this.input.calendar, officeHours: required(this.input.officeHours) };
        const minutes = unit === 'working-hour' ? workingHours(term) : workingMinutes(term);
        const { value, missingYears } = addWorkingTime(office, start, minutes, pauses);
        for (const year of missingYears) this.missingYears.add(year);
        return value;
      }
      default:
        throw new RangeError('A term of hours cannot be extended by days');
    }
  }
}

function checkRule(rule: DeadlineRule): void {
  if (!Number.isInteger(rule.term) || rule.term < 1)
    throw new RangeError(`${rule.id}: a term is a whole number from 1`);
  if (isTimeUnit(rule.unit) && (rule.rollToWorkingDay || rule.closesWithOffice === true)) {
    throw new RangeError(`${rule.id}: hours end at their moment, they neither roll nor close`);
  }
}

function isPausedBy(pause: DayPause, day: LegalDate): boolean {
  return pause.from <= day && (pause.to === null || pause.to > day);
}

function pauseOn(pauses: readonly DayPause[], day: LegalDate): DayPause | undefined {
  return pauses.find((pause) => isPausedBy(pause, day));
}

export function isTimeUnit(unit: DeadlineUnit): unit is TimeUnit {
  return unit === 'working-hour' || unit === 'working-minute' || unit === 'real-hour' || unit === 'real-minute';
}

function monthsInDays(start: LegalDate, term: number, unit: 'calendar-month' | 'year'): number {
  return daysBetween(start, unit === 'year' ? addYears(start, term) : addMonths(start, term));
}

function dayOf(moment: LegalDate | Date): LegalDate {
  return moment instanceof Date ? legalDateFromInstant(moment) : moment;
}

function instantOf(moment: LegalDate | Date): Date {
  if (moment instanceof Date) return moment;
  throw new RangeError('A term of hours needs instants, not days');
}

function dueAt(endsAt: Date): Due {
  return { on: legalDateFromInstant(endsAt), endsAt };
}

function required(officeHours: OfficeHours | undefined): OfficeHours {
  if (officeHours === undefined) throw new RangeError('Office hours are needed for this rule');
  return officeHours;
}

const unitsCn: Readonly<Record<DeadlineUnit, string>> = {
  'natural-day': '日',
  'working-day': '个工作日',
  'calendar-month': '个月',
  year: '年',
  'working-hour': '个工作小时',
  'working-minute': '分钟（办公时间内）',
  'real-hour': '小时',
  'real-minute': '分钟',
};

/** A term in words: 1个月, 60分钟（办公时间内）. */
export function termCn(term: number, unit: DeadlineUnit): string {
  return `${term}${unitsCn[unit]}`;
}

/** As part of a sentence: people write a reason as one of its own. */
const groundCn = (reason: string): string => `因${reason.replace(/[。；，.;,\s]+$/u, '')}`;

function pauseCn(reason: string, from: string, to: string | null): string {
  return to === null
    ? `${groundCn(reason)}，自${from}起暂停计算，尚未恢复，截止时间待恢复后确定。`
    : `${groundCn(reason)}，自${from}起暂停计算，${to}恢复，其间不计入期限。`;
}

function latePauseCn(reason: string, from: string): string {
  return `${groundCn(reason)}于${from}起的暂停发生在期限届满之后，不影响截止时间。`;
}

const notLaterCn = '延长所至不晚于现有截止时间，截止时间不变。';

function extensionCn(extension: DeadlineExtension): string {
  if ('term' in extension) return `${groundCn(extension.reason)}，延长${termCn(extension.term, extension.unit)}。`;
  const until = extension.until instanceof Date ? formatInstantCn(extension.until) : formatLegalDateCn(extension.until);
  return `${groundCn(extension.reason)}，延长至${until}。`;
}
