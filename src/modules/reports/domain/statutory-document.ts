import type { Column } from './columns';
import type { NamedRow } from './content';
import { type Grid, mergedHeads, type ReportDocument } from './report-document';
import type { Figures } from './tabulate';

/** What stands at the head and foot of a table. */
export interface Sheet {
  readonly title: string;
  readonly centerName: string;
  readonly period: string;
  readonly columns: readonly Column[];
  readonly rows: readonly NamedRow[];
  readonly sum: Figures;
  /** 更正 of earlier periods, in sentences. */
  readonly corrections: readonly string[];
  readonly filledInBy: string;
  readonly day: string;
}

const FEN_IN_WAN = 1_000_000;

/** A figure as printed: amounts in 万元 with two decimals, all else whole. */
export function printed(column: Column, figures: Figures): string {
  const value = figures[column.key] ?? 0;
  return column.unit === '万元' ? (value / FEN_IN_WAN).toFixed(2) : String(value);
}

/** `调解组织·村（居）委会`: a column in one line. */
export const columnName = ({ heads }: Column): string => heads.join('·');

/** The columns as one table with merged heads, one row for each unit and the sum below. */
export function gridOf(columns: readonly Column[], rows: readonly NamedRow[], sum: Figures, caption = ''): Grid {
  const heads = columns.map(({ heads: [...names], unit }) => {
    const last = names.pop() ?? '';
    return [...names, last === unit ? last : `${last}（${unit}）`];
  });
  return {
    caption,
    columns: [{ weight: 4, align: 'left' }, ...columns.map(() => ({ weight: 1, align: 'right' }) as const)],
    head: mergedHeads([['填报单位'], ...heads]),
    rows: [...rows.map(({ name, figures }) => line(name, columns, figures)), line('合计', columns, sum)],
  };
}

const line = (name: string, columns: readonly Column[], figures: Figures): string[] => [
  name,
  ...columns.map((column) => printed(column, figures)),
];

/** Heads of the parts into which a table is cut on paper; the first takes what stands alone. */
const PARTS: readonly (readonly string[])[] = [
  ['调解组织', '协议形式'],
  ['案件来源', '协议履行和司法情况'],
  ['纠纷类型'],
  ['排查和预防'],
];

/** The table on sheets of paper: cut into parts that are wide enough to read, each with the units at its left. */
export function statutoryDocument(sheet: Sheet): ReportDocument {
  const { columns, rows, sum } = sheet;
  const top = ({ heads }: Column): string => (heads.length > 1 ? (heads[0] ?? '') : '');
  const named = PARTS.flat();
  const parts = PARTS.map((tops, i) =>
    columns.filter((column) => tops.includes(top(column)) || (i === 0 && !named.includes(top(column)))),
  ).filter((part) => part.length > 0);
  return {
    title: `${sheet.centerName}${sheet.title}`,
    subtitle: sheet.period,
    isWide: true,
    sections: [
      ...parts.map((part, i) => ({
        key: `part-${i + 1}`,
        heading: '',
        paragraphs: [],
        grid: gridOf(part, rows, sum, parts.length > 1 ? `表${i + 1}（共${parts.length}张）` : ''),
        chart: null,
      })),
      ...(sheet.corrections.length === 0
        ? []
        : [{ key: 'corrections', heading: '以前各期更正', paragraphs: sheet.corrections, grid: null, chart: null }]),
    ],
    notes: notesOf(columns),
    signedBy: `填报单位：${sheet.centerName}　填报人：${sheet.filledInBy}`,
    signedOn: sheet.day,
  };
}

export const notesOf = (columns: readonly Column[]): string[] => [
  ...columns.flatMap(({ meaning }) => (meaning === undefined ? [] : [meaning])),
  ...(columns.some(({ unit }) => unit === '万元')
    ? ['金额按分相加后折算为万元，各行与合计可能有四舍五入的尾差。']
    : []),
];
