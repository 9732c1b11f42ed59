import { now } from '@/api';

/** The day in Hohhot as forms take it, `2026-11-20`, whatever time zone the computer believes in. */
export function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(now());
}

/** This moment as forms take an instant: local time with its offset, the minute begun. */
export function thisMoment(): string {
  const at = now();
  const two = (n: number): string => String(Math.trunc(Math.abs(n))).padStart(2, '0');
  const offset = -at.getTimezoneOffset();
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:00`;
  return `${day}T${time}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`;
}
