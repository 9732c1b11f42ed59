import {
  addDays,
  addYears,
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

/** The same stretch a year before (同比). */
export function yearBefore({ from, to }: Period): Period {
  return { from: addYears(from, -1), to: endsMonth(to) ? monthEnd(yearOf(to) - 1, monthOf(to)) : addYears(to, -1) };
}

/**
 * The stretch just before (环比): of whole months as many whole months, so that 本季 is held against 上季; otherwise as
 * many days.
 */
export function before({ from, to }: Period): Period {
  if (dayOfMonth(from) !== 1 || !endsMonth(to)) {
    const days = daysBetween(from, to) + 1;
    return { from: addDays(from, -days), to: addDays(from, -1) };
  }
  const months = (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from) + 1;
  const start = yearOf(from) * 12 + monthOf(from) - 1 - months;
  return { from: legalDateOf(Math.floor(start / 12), (start % 12) + 1, 1), to: addDays(from, -1) };
}

export const endsMonth = (day: LegalDate): boolean => dayOfMonth(day) === daysInMonth(yearOf(day), monthOf(day));
export const monthEnd = (year: number, month: number): LegalDate => legalDateOf(year, month, daysInMonth(year, month));
