import { day as dayCn } from '@/ui/formats';
import type { Figure, Figures, Group, Tally } from './types';

/** As printed and exported: one decimal; “—” where there is nothing to divide by. */
export function percent(ratio: number | null): string {
  return ratio === null ? '—' : `${(ratio * 100).toFixed(1)}%`;
}

export const WITHHELD_WHY =
  '小数保护：不满 5 件、其中有您不能查看的封存事项的数字，以“＊”代替；可以推算出它的数字一并隐去，也不列清单。';

export const rateOf = ({ isWithheld, ratio }: Tally): string => (isWithheld ? '＊' : percent(ratio));

export const missedOf = ({ numerator, denominator }: Tally): number | null =>
  numerator === null || denominator === null ? null : Math.round((denominator - numerator) * 100) / 100;

export const hasWithheld = ({ items }: { readonly items: readonly Figure[] }): boolean =>
  items.some((one) =>
    [one.total, one.previous, one.lastYear, ...one.groups.flatMap((g) => [g.tally, g.previous, g.lastYear])].some(
      (tally) => tally.isWithheld,
    ),
  );

/** How a figure stands against another period: points for rates, percent of the number for counts. */
export function change(kind: string, now: Tally, then: Tally): string {
  if (now.isWithheld || then.isWithheld) return '＊';
  if (kind === 'rate') {
    if (now.ratio === null || then.ratio === null) return '—';
    const points = (now.ratio - then.ratio) * 100;
    return `${signed(points)}个百分点`;
  }
  if (now.numerator === null || then.numerator === null || then.numerator === 0) return '—';
  return `${signed(((now.numerator - then.numerator) / then.numerator) * 100)}%`;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(1)}`;
}

interface Days {
  readonly from: string;
  readonly to: string;
}

const day = (year: number, month: number, date: number): string => {
  const at = new Date(year, month, date);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
};

export type Preset = 'month' | 'last-month' | 'quarter' | 'half-year' | 'year';

/** 本月、上月、本季、本半年、本年, whole, so that they can be held against the whole ones before. */
export function periodOf(preset: Preset, now: Date): Days {
  const [year, month] = [now.getFullYear(), now.getMonth()];
  const [first, length] = {
    month: [month, 1],
    'last-month': [month - 1, 1],
    quarter: [month - (month % 3), 3],
    'half-year': [month - (month % 6), 6],
    year: [0, 12],
  }[preset] as [number, number];
  return { from: day(year, first, 1), to: day(year, first + length, 0) };
}

/** So many whole months up to that of a day. */
export function monthsUpTo(to: string, months: number): Days {
  const [year = 0, month = 1] = to.split('-').map(Number);
  return { from: day(year, month - months, 1), to: day(year, month, 0) };
}

/** The place whose places below are the groups; undefined where the groups are something else. */
export const placeAbove = (by: string | null, { centerId = '' }: { readonly centerId?: string }): string | undefined =>
  by === 'branch' ? centerId : undefined;

/** Stretches of time stay in their order. */
export const isTime = (by: string): boolean => ['month', 'quarter', 'half-year', 'year'].includes(by);

export const unitOf = ({ kind, unit }: Figure): string => (kind === 'rate' ? '%' : unit);

/** What is drawn of a number: a rate in percent with one decimal. */
export function drawnOf({ kind }: Figure, { ratio, numerator }: Tally): number | null {
  if (kind !== 'rate') return numerator;
  return ratio === null ? null : Math.round(ratio * 1000) / 10;
}

export function ranked(figure: Figure, by: string): readonly Group[] {
  if (isTime(by)) return figure.groups;
  const size = ({ tally }: Group): number => drawnOf(figure, tally) ?? -1;
  return [...figure.groups].sort((a, b) => size(b) - size(a) || (b.tally.numerator ?? 0) - (a.tally.numerator ?? 0));
}

export const barsOf = (figure: Figure, groups: readonly Group[]): { name: string; value: number | null }[] =>
  groups.map(({ name, tally }) => ({ name, value: drawnOf(figure, tally) }));

/** Whose figures they are; many centers are counted, not listed. */
export function centersCn({ centers, centerCount }: Pick<Figures, 'centers' | 'centerCount'>): string {
  const names = centers.map((c) => c.name);
  return centerCount <= 3 ? names.join('、') : `${names.slice(0, 2).join('、')}等 ${centerCount} 个中心`;
}

/** What a period that is not over is held against: 同期至 the same day. */
export function comparisonCn({ comparedUntil, previousPeriod, lastYearPeriod }: Figures): string {
  if (comparedUntil === null) return '';
  return `同期至${Number(comparedUntil.slice(8))}日：本期没有结束，上期只算到${dayCn(previousPeriod.to)}，上年同期只算到${dayCn(lastYearPeriod.to)}。`;
}
