import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** The period of a question stands in the address; without one the server takes the year until today. */
export function usePeriod() {
  const route = useRoute();
  const router = useRouter();
  const of = (key: string): string => {
    const value = route.query[key];
    return typeof value === 'string' ? value : '';
  };
  const period = computed(() => ({ from: of('from'), to: of('to') }));
  const query = computed(() => ({
    ...(period.value.from === '' ? {} : { from: period.value.from }),
    ...(period.value.to === '' ? {} : { to: period.value.to }),
  }));
  function set(change: { from?: string; to?: string }): void {
    const next = { ...period.value, ...change };
    void router.replace({ query: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== '')) });
  }
  return { period, query, set };
}
