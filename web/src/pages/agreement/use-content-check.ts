import { type Ref, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { type Problem, api, call, problemOf } from '@/api';
import { type ContentModel, bodyOf, placed } from './content-model';
import type { ContentCheck } from './types';

const AFTER_MS = 500;

/** What the server says of the text while it is being written; the last answer stays until the next is there. */
export function useContentCheck(disputeId: string, model: Ref<ContentModel>) {
  const check = shallowRef<ContentCheck | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const isChecking = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  async function run(): Promise<void> {
    const mine = ++turn;
    isChecking.value = true;
    try {
      const seen = model.value;
      const answer = await call(
        api.POST('/api/disputes/{id}/agreement-checks', { params: { path: { id: disputeId } }, body: bodyOf(seen) }),
      );
      if (mine !== turn) return;
      check.value = {
        ...answer,
        faults: placed(answer.faults, seen),
        warnings: placed(answer.warnings, seen),
        words: placed(answer.words, seen),
      };
      problem.value = null;
    } catch (error) {
      if (mine === turn) problem.value = problemOf(error);
    } finally {
      if (mine === turn) isChecking.value = false;
    }
  }

  watch(
    model,
    () => {
      clearTimeout(timer);
      timer = setTimeout(() => void run(), AFTER_MS);
    },
    { deep: true },
  );
  onScopeDispose(() => {
    clearTimeout(timer);
    turn = -1;
  });
  void run();
  return { check, problem, isChecking, run };
}
