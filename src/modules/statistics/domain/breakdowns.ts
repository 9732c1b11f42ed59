import { addDays, addMonths, dayOfMonth, type LegalDate, legalDateOf, monthOf, yearOf } from '../../../kernel';
import type { Period } from './periods';

/** By what cases are told apart. */
export const BREAKDOWNS = {
  none: '不分组',
  branch: '下级综治中心（含所辖）',
  center: '综治中心',
  street: '街道（乡镇）',
  community: '社区（村）',
  committee: '人民调解委员会',
  mediator: '承办人',
  agency: '联动单位',
  'type-1': '纠纷类型（一级）',
  'type-2': '纠纷类型（二级）',
  'type-3': '纠纷类型（三级）',
  'local-type': '本地小类',
  channel: '来源',
  level: '化解层级',
  month: '月份',
  quarter: '季度',
  'half-year': '半年',
  year: '年度',
} as const;
export type Breakdown = keyof typeof BREAKDOWNS;

/** Months of those that are stretches of time. */
const SPANS: Partial<Record<Breakdown, number>> = { month: 1, quarter: 3, 'half-year': 6, year: 12 };

/** Months of a stretch of time by which cases are told apart; undefined for what is no time. */
export const spanOf = (by: Breakdown): number | undefined => SPANS[by];

/** Key of the stretch in which a day lies. */
export function spanKey(by: Breakdown, day: LegalDate): string {
  const [year, month] = [yearOf(day), monthOf(day)];
  if (by === 'month') return `${year}-${String(month).padStart(2, '0')}`;
  if (by === 'quarter') return `${year}-Q${Math.ceil(month / 3)}`;
  if (by === 'half-year') return `${year}-H${Math.ceil(month / 6)}`;
  return String(year);
}

/** Key of the stretch so many months before that of a key. */
export function earlierKey(by: Breakdown, key: string, months: number): string {
  const [year = '', part] = key.split('-');
  const number = Number(part?.replace(/^[QH]/, '') ?? 1);
  const first = legalDateOf(Number(year), (number - 1) * (by === 'year' ? 12 : (spanOf(by) ?? 1)) + 1, 1);
  return spanKey(by, addMonths(first, -months));
}

/** Stretches of a period: whole months, which are summed, and what is asked case by case (added, or taken off a month). */
export interface Stretches {
  /** First day of the first whole month, and of the first that is none any more. */
  readonly months: readonly [LegalDate, LegalDate];
  readonly pieces: readonly { readonly from: LegalDate; readonly before: LegalDate; readonly sign: 1 | -1 }[];
}

/**
 * Of a month that is not whole, the shorter way is taken: its days, or the month without the others. What lies ahead of
 * today is nearly empty, so that a month to date is the month.
 */
export function stretchesOf(period: Period, today: LegalDate): Stretches {
  const { from } = period;
  const before = addDays(period.to, 1);
  const [head, tail] = [monthStart(from), monthStart(before)];
  const keepsHead = from === head || dayOfMonth(from) <= 15;
  const keepsTail = before !== tail && (period.to >= today || dayOfMonth(before) > 16);
  const first = keepsHead ? head : addMonths(head, 1);
  const last = keepsTail ? addMonths(tail, 1) : tail;
  if (first >= last || (head === tail && !(from === head && keepsTail)))
    return { months: [head, head], pieces: [{ from, before, sign: 1 }] };
  const pieces: Stretches['pieces'][number][] = [];
  if (from !== head) pieces.push(keepsHead ? { from: head, before: from, sign: -1 } : { from, before: first, sign: 1 });
  if (before !== tail)
    pieces.push(keepsTail ? { from: before, before: last, sign: -1 } : { from: tail, before, sign: 1 });
  return { months: [first, last], pieces };
}

/** Whole months that are looked at once, and of which of several periods they are. */
export interface SharedMonths {
  readonly first: LegalDate;
  /** The month after the last. */
  readonly end: LegalDate;
  readonly of: readonly { readonly nth: number; readonly first: LegalDate; readonly end: LegalDate }[];
}

/** Months of several periods, those that overlap or touch together; none stands in two, and none is of no period. */
export function sharedMonths(months: readonly Stretches['months'][]): SharedMonths[] {
  const spans = months
    .map(([first, end], nth) => ({ nth, first, end }))
    .filter(({ first, end }) => first < end)
    .sort((a, b) => (a.first < b.first ? -1 : 1));
  return spans.reduce<SharedMonths[]>((shared, span) => {
    const last = shared.at(-1);
    if (last === undefined || last.end < span.first) return [...shared, { ...span, of: [span] }];
    const end = last.end < span.end ? span.end : last.end;
    return [...shared.slice(0, -1), { first: last.first, end, of: [...last.of, span] }];
  }, []);
}

const monthStart = (day: LegalDate): LegalDate => legalDateOf(yearOf(day), monthOf(day), 1);
