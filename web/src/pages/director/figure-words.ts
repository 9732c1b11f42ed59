import type { Tally } from './types';

/** As printed and exported: one decimal; “—” where there is nothing to divide by. */
export function percent(ratio: number | null): string {
  return ratio === null ? '—' : `${(ratio * 100).toFixed(1)}%`;
}

/** How a figure stands against another period: points for rates, percent of the number for counts. */
export function change(kind: string, now: Tally, then: Tally): string {
  if (kind === 'rate') {
    if (now.ratio === null || then.ratio === null) return '—';
    const points = (now.ratio - then.ratio) * 100;
    return `${signed(points)}个百分点`;
  }
  if (then.numerator === 0) return '—';
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

/** 本月、本季、本年, whole, so that they can be held against the whole ones before. */
export function periodOf(preset: 'month' | 'quarter' | 'year', now: Date): Days {
  const [year, month] = [now.getFullYear(), now.getMonth()];
  const [first, length] = preset === 'month' ? [month, 1] : preset === 'quarter' ? [month - (month % 3), 3] : [0, 12];
  return { from: day(year, first, 1), to: day(year, first + length, 0) };
}
