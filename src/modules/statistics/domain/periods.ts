import {
  addDays,
  addMonths,
  dayOfMonth,
  daysBetween,
  type LegalDate,
  monthOf,
  legalDateOf,
  yearOf,
  daysInMonth,
} from '../../../kernel';

/** Both ends counted. */
export interface Period {
  readonly from: LegalDate;
  readonly to: LegalDate;
}

/** How far a period has come by a day: only so much of another can be held against one that is not over. */
export const reachedOf = ({ from, to }: Period, today: LegalDate): LegalDate =>
  from <= today && today < to ? today : to;

/** A period so many months earlier, as far as this one has come; the end of a month stays the end of one. */
export function earlier({ from, to }: Period, months: number, reached = to): Period {
  const end = addMonths(reached, -months);
  return { from: addMonths(from, -months), to: endsMonth(reached) ? monthEnd(yearOf(end), monthOf(end)) : end };
}

/** The same stretch a year before (同比). */
export const yearBefore = (period: Period, reached = period.to): Period => earlier(period, 12, reached);

/**
 * The stretch just before (环比): of whole months as many whole months, so that 本季 is held against 上季; otherwise as
 * many days.
 */
export function before(period: Period, reached = period.to): Period {
  const { from, to } = period;
  if (dayOfMonth(from) === 1 && endsMonth(to))
    return earlier(period, (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from) + 1, reached);
  const start = addDays(from, -(daysBetween(from, to) + 1));
  return { from: start, to: addDays(start, daysBetween(from, reached)) };
}

export const endsMonth = (day: LegalDate): boolean => dayOfMonth(day) === daysInMonth(yearOf(day), monthOf(day));
export const monthEnd = (year: number, month: number): LegalDate => legalDateOf(year, month, daysInMonth(year, month));
