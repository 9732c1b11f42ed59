import { computed, shallowRef } from 'vue';
import { api, call } from '@/api';
import type { components } from '@/generated/schema';
import { MINUTE_MS, whileSeen } from '@/ui/while-seen';

type Count = components['schemas']['WorklistCountResponse'];

const counts = shallowRef<readonly Count[]>([]);

/** How many lines each list has; shared by all that show it, asked again every minute while something shows it. */
export function useWorklistCounts() {
  whileSeen(MINUTE_MS, () => void refreshCounts());
  return computed(() => counts.value);
}

/** A failed count leaves the former one: the list beneath says what is wrong. */
export async function refreshCounts(): Promise<void> {
  counts.value = await call(api.GET('/api/worklist/counts')).then(
    (answer) => answer.items,
    () => counts.value,
  );
}

/** `12`, `999+` */
export function badge(count: Pick<Count, 'count' | 'isMore'> | undefined): string {
  return count === undefined ? '' : `${String(count.count)}${count.isMore ? '+' : ''}`;
}
