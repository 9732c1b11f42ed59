import type { Span } from './periods';

export const FORMS = {
  'statutory-1': '人民调解案件情况统计表',
  'statutory-2': '人民调解组织队伍情况统计表',
  weekly: '工作周报',
  monthly: '工作月报',
  bulletin: '工作通报',
} as const;
export type Form = keyof typeof FORMS;

export const STATES = { draft: '草稿', frozen: '已定稿' } as const;
export type ReportState = keyof typeof STATES;

export const ROWS_BY = { committee: '调解委员会', street: '街道（苏木乡镇）', center: '综治中心' } as const;
export type RowsBy = keyof typeof ROWS_BY;

/** A written report; the others are tables alone. */
export const isWritten = (form: Form): boolean => form !== 'statutory-1' && form !== 'statutory-2';

/** Spans over which a form is made. */
export const SPANS_OF: Readonly<Record<Form, readonly Span[]>> = {
  'statutory-1': ['month', 'quarter', 'half-year', 'year'],
  'statutory-2': ['month', 'quarter', 'half-year', 'year'],
  weekly: ['week'],
  monthly: ['month'],
  bulletin: ['month', 'quarter', 'half-year', 'year'],
};
