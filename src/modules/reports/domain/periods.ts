import {
  addDays,
  addMonths,
  formatLegalDateCn,
  type LegalDate,
  legalDateOf,
  monthOf,
  weekdayOf,
  yearOf,
} from '../../../kernel';

export const SPANS = { week: '周', month: '月', quarter: '季度', 'half-year': '半年', year: '年' } as const;
export type Span = keyof typeof SPANS;

const MONTHS: Readonly<Record<Exclude<Span, 'week'>, number>> = { month: 1, quarter: 3, 'half-year': 6, year: 12 };

export interface ReportPeriod {
  readonly span: Span;
  readonly from: LegalDate;
  /** Last day, counted. */
  readonly to: LegalDate;
}

/** The whole period of that span in which the day lies; weeks begin on Monday. */
export function periodAround(span: Span, day: LegalDate): ReportPeriod {
  if (span === 'week') {
    const from = addDays(day, 1 - weekdayOf(day));
    return { span, from, to: addDays(from, 6) };
  }
  const months = MONTHS[span];
  const from = legalDateOf(yearOf(day), Math.floor((monthOf(day) - 1) / months) * months + 1, 1);
  return { span, from, to: addDays(addMonths(from, months), -1) };
}

/** As headings and file names call it: 2026年9月, 2026年第三季度, 2026年上半年. */
export function periodName({ span, from, to }: ReportPeriod): string {
  const year = `${yearOf(from)}年`;
  switch (span) {
    case 'week':
      return `${formatLegalDateCn(from)}至${formatLegalDateCn(to)}`;
    case 'month':
      return `${year}${monthOf(from)}月`;
    case 'quarter':
      return `${year}第${'一二三四'.charAt(Math.floor(monthOf(from) / 3))}季度`;
    case 'half-year':
      return `${year}${monthOf(from) === 1 ? '上半年' : '下半年'}`;
    case 'year':
      return `${year}度`;
  }
}
