import { addDays, instantAt, legalDateFromInstant, timeOfDayMs } from '../../../kernel';

/** When nobody is disturbed, from one time of day to another, usually over midnight; equal times mean never. */
export interface QuietHours {
  /** `HH:MM` */
  readonly from: string;
  readonly to: string;
}

export const DEFAULT_QUIET_HOURS: QuietHours = { from: '21:00', to: '08:00' };

const msOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
};

/** When a message may go out that comes up at `at`: at once, or when the quiet hours end. */
export function notBefore(at: Date, { from, to }: QuietHours): Date {
  const [start, end, now] = [msOf(from), msOf(to), timeOfDayMs(at)];
  const day = legalDateFromInstant(at);
  if (start < end) return now >= start && now < end ? instantAt(day, end) : at;
  if (start === end) return at;
  if (now >= start) return instantAt(addDays(day, 1), end);
  return now < end ? instantAt(day, end) : at;
}

/** Why a message waits, in words. */
export function quietWords({ from, to }: QuietHours): string {
  return `夜间不打扰（${from}至${to}），${to}后发出`;
}
