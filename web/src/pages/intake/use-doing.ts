import { type Ref, ref, shallowRef } from 'vue';
import { type Problem, problemOf } from '@/api';

/** One thing done at a time: the button turns, a refusal stays beside it. */
export function useDoing(): {
  readonly isBusy: Ref<boolean>;
  readonly problem: Ref<Problem | null>;
  run: (work: () => Promise<unknown>) => Promise<void>;
} {
  const isBusy = ref(false);
  const problem = shallowRef<Problem | null>(null);
  return {
    isBusy,
    problem,
    async run(work) {
      if (isBusy.value) return;
      isBusy.value = true;
      problem.value = null;
      try {
        await work();
      } catch (error) {
        problem.value = problemOf(error);
      } finally {
        isBusy.value = false;
      }
    },
  };
}
