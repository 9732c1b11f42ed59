import { type Ref, ref } from 'vue';
import { submissionKey } from '@/api/keys';
import { type Problem, problemOf } from '@/api/problem';

interface Submission {
  readonly isBusy: Ref<boolean>;
  readonly problem: Ref<Problem | null>;
  /** Runs one submission; answers whether it went through. A repetition after a lost answer keeps its key. */
  submit(work: (key: string) => Promise<void>): Promise<boolean>;
}

/** One thing that is sent: never twice at once, and with one key until the server has answered. */
export function useSubmission(): Submission {
  const isBusy = ref(false);
  const problem = ref<Problem | null>(null);
  let key = submissionKey();
  return {
    isBusy,
    problem,
    async submit(work) {
      if (isBusy.value) return false;
      isBusy.value = true;
      problem.value = null;
      try {
        await work(key);
        key = submissionKey();
        return true;
      } catch (error) {
        problem.value = problemOf(error);
        // After an answer the next try is another submission; a lost one is repeated.
        if (!problem.value.isOffline) key = submissionKey();
        return false;
      } finally {
        isBusy.value = false;
      }
    },
  };
}
