/**
 * This moment as forms take an instant: local time with its offset, the minute begun. A clock of the desk that is some
 * seconds ahead of the server's would otherwise name a time to come.
 */
export function thisMoment(): string {
  const now = new Date();
  const two = (n: number): string => String(Math.trunc(Math.abs(n))).padStart(2, '0');
  const offset = -now.getTimezoneOffset();
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = `${two(now.getHours())}:${two(now.getMinutes())}:00`;
  return `${day}T${time}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`;
}
