import { computed, ref } from 'vue';
import { api, call, useSession } from '@/api';
import { useResource } from './use-resource';

/**
 * The centers that one serves, and the one whose things are shown: the first until another is chosen, the first of all for
 * whoever serves none.
 */
export function useOwnCenter() {
  const session = useSession();
  const centers = useResource(() => call(api.GET('/api/centers')));
  const served = computed(() =>
    (centers.data.value ?? []).filter((c) => session.self?.grants.some((g) => g.scopeId === c.id) === true),
  );
  const chosen = ref('');
  const centerId = computed({
    get: () => chosen.value || served.value[0]?.id || centers.data.value?.[0]?.id || '',
    set: (id) => (chosen.value = id),
  });
  return { centers, served, centerId };
}
