import type { DayUnit, DeadlinePause } from './deadline';
import { type LegalDate, addDays, addMonths, addYears, daysBetween, legalDateFromInstant } from './legal-date';
import type { WorkingCalendar } from './working-calendar';

/** What a day means to a term: the day of the event, counted, stood still, no working day, moved to, or added by consent. */
export const TERM_DAY_KINDS = {
  start: '起算事由发生之日，不计入',
  counted: '计入',
  paused: '暂停，不计入',
  off: '非工作日，不计入',
  rolled: '顺延',
  extended: '延长期内',
} as const;
export type TermDayKind = keyof typeof TERM_DAY_KINDS;

export interface TermDay {
  readonly on: LegalDate;
  readonly kind: TermDayKind;
  /** Which day of the term it is, from 1; null for days that are not counted. */
  readonly ordinal: number | null;
  /** Chinese: the holiday, the make-up working day, or why the term stood still. */
  readonly note: string | null;
}

export interface TermDaysInput {
  readonly term: number;
  readonly unit: DayUnit;
  readonly start: LegalDate;
  /** The last day to tell of: the current due day, or today while an open pause keeps the term from ending. */
  readonly until: LegalDate;
  readonly pauses: readonly DeadlinePause[];
  readonly calendar: WorkingCalendar;
}

/** A term of days told day by day, so that nobody has to believe the due day. Pure. */
export function termDays({ term, unit, start, until, pauses, calendar }: TermDaysInput): TermDay[] {
  const total = unit === 'calendar-month' || unit === 'year' ? monthsInDays(start, term, unit) : term;
  const days: TermDay[] = [{ on: start, kind: 'start', ordinal: null, note: null }];
  let counted = 0;
  let isExtended = false;
  for (let on = addDays(start, 1); on <= until; on = addDays(on, 1)) {
    const pause = pauses.find((p) => dayOf(p.from) <= on && (p.to === null || dayOf(p.to) > on));
    const isWorked = calendar.isWorkingDay(on).value;
    const note = calendar.kindOf(on) === 'make-up' ? `${calendar.holidayOf(on) ?? ''}调休上班` : calendar.holidayOf(on);
    if (pause) days.push({ on, kind: 'paused', ordinal: null, note: pause.reason });
    else if (unit === 'working-day' && !isWorked) days.push({ on, kind: 'off', ordinal: null, note });
    else if (counted < total) days.push({ on, kind: 'counted', ordinal: (counted += 1), note });
    else {
      // Past its last day a term only moves over days off (CC art. 203); the first worked day beyond that was agreed on.
      isExtended ||= calendar.isWorkingDay(addDays(on, -1)).value;
      days.push({ on, kind: isExtended ? 'extended' : 'rolled', ordinal: null, note });
    }
  }
  return days;
}

function monthsInDays(start: LegalDate, term: number, unit: 'calendar-month' | 'year'): number {
  return daysBetween(start, unit === 'year' ? addYears(start, term) : addMonths(start, term));
}

function dayOf(moment: LegalDate | Date): LegalDate {
  return moment instanceof Date ? legalDateFromInstant(moment) : moment;
}
