import { type Figure, FIGURES } from '../../statistics';
import {
  CASE_COLUMNS,
  CASE_FOOTINGS,
  type Column,
  FACT_KINDS,
  type FactKind,
  type Footing,
  ORGANISATION_COLUMNS,
  ORGANISATION_FOOTINGS,
} from '../domain/columns';
import { type Form, isWritten } from '../domain/forms';
import type { Figures } from '../domain/tabulate';

/** Figures that stand in the words and tables of a written report. */
export const COUNTS: readonly Figure[] = ['registered', 'accepted', 'closed'];
export const RATES: readonly Figure[] = [
  'agreed',
  'settled',
  'on-time',
  'performed',
  'court-confirmed',
  'satisfied',
  'signed-in-time',
  'arrived-in-time',
  'answered-in-time',
];
/** Their cases are kept with the report as facts of this kind. */
export const FIGURE_KIND = 'figure.';

const FIGURE_COLUMNS: readonly Column[] = [...COUNTS, ...RATES].flatMap((figure) => {
  const { label, denominator, unit } = FIGURES[figure];
  const kind = `${FIGURE_KIND}${figure}`;
  const column = (key: string, heads: readonly string[], where: Column['where']): Column => ({
    key,
    heads: ['主要指标', ...heads],
    unit: unit === '次' || unit === '项' ? unit : '件',
    measure: 'count',
    where,
  });
  return denominator === null
    ? [column(kind, [label], { kind, success: true })]
    : [
        column(`${kind}.hits`, [label, '分子'], { kind, success: true }),
        column(`${kind}.of`, [label, '分母'], { kind }),
      ];
});

/** What a report counts: a written one counts the cases as the first table does, so that both say the same, and its figures. */
export function countingOf(form: Form): { readonly columns: readonly Column[]; readonly footings: readonly Footing[] } {
  if (form === 'statutory-2') return { columns: ORGANISATION_COLUMNS, footings: ORGANISATION_FOOTINGS };
  return { columns: isWritten(form) ? [...CASE_COLUMNS, ...FIGURE_COLUMNS] : CASE_COLUMNS, footings: CASE_FOOTINGS };
}

/** Columns of a report; of a frozen one those that it was frozen with. */
export function columnsOf({
  form,
  content,
}: {
  readonly form: Form;
  readonly content: { readonly sum: Figures } | null;
}) {
  return countingOf(form).columns.filter(({ key }) => content === null || key in content.sum);
}

/** What a fact is, in words. */
export function kindCn(kind: string, success: boolean): string {
  if (kind === 'concluded') return success ? '调解成功' : '调解不成';
  if (!kind.startsWith(FIGURE_KIND)) return FACT_KINDS[kind as FactKind];
  const { label, denominator } = FIGURES[kind.slice(FIGURE_KIND.length) as Figure];
  return denominator === null ? label : `${label}：${success ? '达到' : '未达到'}`;
}
