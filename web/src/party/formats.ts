const DAY = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' });
const WEEKDAY = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', weekday: 'long' });
const TIME = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: 'numeric',
  minute: '2-digit',
  hour12: false,
});

/** 2026年11月20日 */
export const day = (instant: string): string => DAY.format(new Date(instant));

/** A civil date `YYYY-MM-DD` as 2026年11月20日. */
export function civilDay(date: string): string {
  const [year = '', month = '', dayOfMonth = ''] = date.split('-');
  return `${year}年${Number(month)}月${Number(dayOfMonth)}日`;
}

/** 2026年11月20日 星期五 上午9:30 至 11:30 */
export function period(startsAt: string, endsAt: string): string {
  const start = new Date(startsAt);
  const hour = Number(TIME.formatToParts(start).find((part) => part.type === 'hour')?.value ?? '0');
  const half = hour < 12 ? '上午' : hour < 18 ? '下午' : '晚上';
  return `${DAY.format(start)} ${WEEKDAY.format(start)} ${half}${TIME.format(start)} 至 ${TIME.format(new Date(endsAt))}`;
}

/** Fen as 1,800.00元. */
export const yuan = (fen: number): string =>
  `${(fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}元`;

/** Six digits typed with spaces, dashes or in full width. */
export const digits = (typed: string): string => typed.normalize('NFKC').replace(/\D/g, '');
