import { type Fen, type LegalDate, type ParseResult, addDays, addMonths, parsed, splitEqually } from '../../../kernel';
import type { Instalment } from './content';

/** 付款间隔. */
export const INSTALMENT_INTERVALS = { month: '每月', 'half-month': '每半月', week: '每周', quarter: '每季度' } as const;
export type InstalmentInterval = keyof typeof INSTALMENT_INTERVALS;

const later: Readonly<Record<InstalmentInterval, (first: LegalDate, index: number) => LegalDate>> = {
  // From the first day each time, so that 31 January is followed by 28 February and then by 31 March.
  month: (first, i) => addMonths(first, i),
  quarter: (first, i) => addMonths(first, i * 3),
  week: (first, i) => addDays(first, i * 7),
  'half-month': (first, i) => addDays(addMonths(first, Math.floor(i / 2)), (i % 2) * 15),
};

/** Equal instalments up to the fen, the last one taking the remainder, one interval after the other. */
export function planInstalments(
  total: Fen,
  count: number,
  firstOn: LegalDate,
  interval: InstalmentInterval,
): ParseResult<Instalment[], 'money.split'> {
  const parts = splitEqually(total, count);
  if (!parts.ok) return parts;
  return parsed(parts.value.map((amountFen, i) => ({ amountFen, dueOn: later[interval](firstOn, i) })));
}
