/** How dates, times and money are written on the screen. Instants are shown in the desk's own time zone, 24 hours. */
const DAY = new Intl.DateTimeFormat('zh-CN', { year: 'numeric', month: 'long', day: 'numeric' });
const SHORT_DAY = new Intl.DateTimeFormat('zh-CN', { year: 'numeric', month: '2-digit', day: '2-digit' });
const TIME = new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false });
const NUMBER = new Intl.NumberFormat('zh-CN');
const YUAN = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

type Moment = string | Date | null | undefined;

/** `2026年11月20日`; legal dates (`YYYY-MM-DD`) are never shifted by a time zone. */
export function day(value: Moment): string {
  const moment = momentOf(value);
  return moment === null ? '—' : DAY.format(moment);
}

/** `2026/11/20 09:30`, for dense tables. */
export function dayTime(value: Moment): string {
  const moment = momentOf(value);
  return moment === null ? '—' : `${SHORT_DAY.format(moment)} ${TIME.format(moment)}`;
}

/** `2026/11/20`, for dense tables. */
export function shortDay(value: Moment): string {
  const moment = momentOf(value);
  return moment === null ? '—' : SHORT_DAY.format(moment);
}

export function time(value: Moment): string {
  const moment = momentOf(value);
  return moment === null ? '—' : TIME.format(moment);
}

/** Fen as `12,000.00元`. */
export function yuan(fen: number | null | undefined): string {
  return fen === null || fen === undefined ? '—' : `${YUAN.format(fen / 100)}元`;
}

export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? '—' : NUMBER.format(value);
}

/** `3天4小时`, `25分钟`. */
export function span(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 0) return hours > 0 ? `${days}天${hours}小时` : `${days}天`;
  return hours > 0 ? `${hours}小时${minutes % 60 > 0 ? `${minutes % 60}分钟` : ''}` : `${minutes}分钟`;
}

function momentOf(value: Moment): Date | null {
  if (value === null || value === undefined || value === '') return null;
  if (value instanceof Date) return value;
  const civil = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  return civil ? new Date(Number(civil[1]), Number(civil[2]) - 1, Number(civil[3])) : new Date(value);
}
