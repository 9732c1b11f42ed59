import type { components } from '@/generated/schema';
import { shortDay, dayTime } from '@/ui/formats';

export type WorklistItem = components['schemas']['WorklistItemResponse'];

/** Where a line leads: an agency to its task, everyone else to the matter. */
export function pathOf(item: Pick<WorklistItem, 'disputeId' | 'taskId'>): string {
  return item.taskId === null ? `/matters/${item.disputeId}` : `/agency/tasks/${item.taskId}`;
}

export const keyOf = (item: WorklistItem): string => item.taskId ?? item.disputeId;

/** `调解期限 2026/12/20`, with the hour where it matters. */
export function dueText({ due }: Pick<WorklistItem, 'due'>): string {
  if (due === null) return '—';
  const end = due.dueOn === null ? dayTime(due.dueAt) : shortDay(due.dueOn);
  return `${due.kindName} ${end}${due.isProvisional ? '（暂定）' : ''}`;
}
