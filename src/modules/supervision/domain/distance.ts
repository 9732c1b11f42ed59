import { legalDateFromInstant, type OfficeTime, workingDaysBetween, workingMinutesBetween } from '../../../kernel';

/**
 * How far a due instant is, in the words of the desk: 已超期 3 个工作日, 还剩 2 小时. Working time of the center; an
 * instant reached at midnight belongs to the day before it.
 */
export function distanceCn(dueAt: Date, now: Date, office: OfficeTime): string {
  const isLate = now >= dueAt;
  const lastOf = (instant: Date) => legalDateFromInstant(new Date(instant.getTime() - 1));
  const [from, to] = isLate ? [dueAt, now] : [now, dueAt];
  const days = workingDaysBetween(office.calendar, lastOf(from), lastOf(to)).value;
  const head = isLate ? '已超期' : '还剩';
  if (days >= 1) return `${head} ${days} 个工作日`;
  const minutes = workingMinutesBetween(office, from, to).value;
  if (minutes >= 60) return `${head} ${Math.floor(minutes / 60)} 小时`;
  if (minutes >= 1) return `${head} ${minutes} 分钟`;
  return isLate ? '刚刚超期' : '即将到期';
}
