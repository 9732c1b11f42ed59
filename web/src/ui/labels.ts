import { LABELS } from '@/generated/labels';

export type LabelKey = keyof typeof LABELS;

/** The Chinese name of an enumerated value, e.g. `label('DisputeResponse.channel', 'visit')`; `—` for none. */
export function label(key: LabelKey, value: string | null | undefined): string {
  if (value === null || value === undefined || value === '') return '—';
  const names: Readonly<Record<string, string>> = LABELS[key];
  return names[value] ?? value;
}

/** Value and name pairs for a select. */
export function choices(key: LabelKey): { value: string; label: string }[] {
  return Object.entries(LABELS[key]).map(([value, name]) => ({ value, label: name }));
}
