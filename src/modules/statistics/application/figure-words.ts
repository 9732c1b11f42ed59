import { formatInstantCn, formatLegalDateCn, legalDate } from '../../../kernel';
import { BREAKDOWNS } from '../domain/breakdowns';
import { type Basis, BASES, definitionOf, type Figure } from '../domain/figures';
import { WITHHELD, WITHHELD_WHY } from '../domain/suppression';
import type { Figures, Tally } from './figures';

export type Answer = Awaited<ReturnType<Figures['compute']>>;
type Cell = string | number | null;

/** What Excel, Word and PDF print of an answer, number by number as on screen. */
export const FIGURE_HEADS = ['件数或分子', '分母', '比率', '另列', '上期', '上年同期'] as const;

export function cellsOf(one: { readonly total: Tally; readonly previous: Tally; readonly lastYear: Tally }): Cell[] {
  return [...cells(one.total), short(one.previous), short(one.lastYear)];
}

function cells({ isWithheld, numerator, denominator, ratio, apart }: Tally): Cell[] {
  if (isWithheld) return [WITHHELD, WITHHELD, WITHHELD, WITHHELD];
  return [numerator, denominator, percent(denominator, ratio), apart.map((a) => `${a.noteName} ${a.count}`).join('，')];
}

/** The one number that a tally is held against. */
function short({ isWithheld, numerator, denominator, ratio }: Tally): Cell {
  if (isWithheld) return WITHHELD;
  return denominator === null ? numerator : percent(denominator, ratio);
}

/** As on screen: one decimal; “—” where there is nothing to divide by; empty for counts. */
function percent(denominator: number | null, ratio: number | null): string | null {
  if (denominator === null) return null;
  return ratio === null ? '—' : `${(ratio * 100).toFixed(1)}%`;
}

export const cutOff = (asOf: string): string => `统计截至：${formatInstantCn(new Date(asOf))}`;
const dayCn = (day: string): string => formatLegalDateCn(legalDate(day));

/** What a period that is not over is held against. */
export function comparisonCn({
  comparedUntil,
  previousPeriod,
  lastYearPeriod,
}: Pick<Answer, 'comparedUntil' | 'previousPeriod' | 'lastYearPeriod'>): string[] {
  if (comparedUntil === null) return [];
  return [
    `本期没有结束，上期、上年同期都只算到相同的日子：上期到${dayCn(previousPeriod.to)}，上年同期到${dayCn(lastYearPeriod.to)}。`,
  ];
}

/** How the numbers were counted, and why some are not told. */
export function notesOf(answer: Answer): string[] {
  const { items } = answer;
  const isAnyWithheld = items.some((item) =>
    [item.total, item.previous, item.lastYear, ...item.groups.flatMap((g) => [g.tally, g.previous, g.lastYear])].some(
      (tally) => tally.isWithheld,
    ),
  );
  return [
    cutOff(answer.asOf),
    `归入期间：${BASES[answer.basis]}`,
    ...comparisonCn(answer),
    ...(isAnyWithheld ? [WITHHELD_WHY] : []),
    ...items.map((item) =>
      definitionCn(
        item.figure,
        answer.centers.map((c) => c.relapseDays),
        answer.basis,
      ),
    ),
  ];
}

/** A definition in one line, as printed beneath the table. */
export function definitionCn(figure: Figure, relapseDays: readonly number[], basis: Basis): string {
  const {
    label,
    numerator,
    denominator,
    dateRule,
    exclusions,
    apart,
    basis: law,
  } = definitionOf(figure, relapseDays, basis);
  const parts = [
    `${denominator === null ? '计数' : '分子'}：${numerator}`,
    ...(denominator === null ? [] : [`分母：${denominator}`]),
    `日期：${dateRule}`,
    `不计：${exclusions}`,
    ...(apart === null ? [] : [`另列：${apart}`]),
    ...(law === null ? [] : [`依据：${law}`]),
  ];
  return `【${label}】${parts.join('。')}。`;
}

export function unitOf({ centers }: Answer): string {
  const [first] = centers;
  if (!first) return '';
  return centers.length === 1 ? first.name : `${first.name}等${centers.length}个综治中心`;
}

export const byCn = ({ by }: Answer): string => (by === 'none' ? '' : `按${BREAKDOWNS[by]}`);

export function periodCn({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${dayCn(from)}至${dayCn(to)}`;
}
