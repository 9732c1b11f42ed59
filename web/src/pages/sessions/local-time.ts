/** Times of the desk as its inputs hold them (`2026-11-20T09:00`); the house works in Asia/Shanghai, whatever the computer says. */
const OFFSET = '+08:00';
const OFFSET_MS = 8 * 3_600_000;

/** `2026-11-20T09:00` of an instant. */
export function toInput(instant: string | Date): string {
  return new Date(new Date(instant).getTime() + OFFSET_MS).toISOString().slice(0, 16);
}

/** The instant with its offset of what an input holds; undefined while it is empty. */
export function fromInput(value: string): string | undefined {
  return value === '' ? undefined : `${value}:00${OFFSET}`;
}

/** `2026-11-20`, the day at which an instant falls. */
export function dayOf(instant: string | Date): string {
  return toInput(instant).slice(0, 10);
}

/** Days later, negative for earlier. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The Monday of the week of a day. */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** Minutes since midnight. */
export function minutesOf(instant: string): number {
  const input = toInput(instant);
  return Number(input.slice(11, 13)) * 60 + Number(input.slice(14, 16));
}

export function clock(instant: string): string {
  return toInput(instant).slice(11, 16);
}

const WEEKDAYS = ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'];

/** `11月20日 星期五` */
export function dayName(day: string): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日 ${WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''}`;
}

/** `11月20日 星期五 09:00–11:00` */
export function periodName(startsAt: string, endsAt: string): string {
  return `${dayName(dayOf(startsAt))} ${clock(startsAt)}–${clock(endsAt)}`;
}
