import { type Ref, ref, shallowRef } from 'vue';
import { submissionKey } from '@/api/keys';
import { type Problem, problemOf } from '@/api/problem';

export interface Submission {
  readonly isSending: Ref<boolean>;
  readonly problem: Ref<Problem | null>;
  /** Does one submission; null when it was refused or another is under way. */
  submit<T>(work: (key: string) => Promise<T>): Promise<T | null>;
  /** What the server says of the field at the pointer. */
  errorAt(pointer: string): string;
}

/**
 * One thing that is sent: never twice at once, and under one key until the server has answered, so that what was repeated
 * after a lost answer happens once. With a `place` the key outlives a reload of the page too.
 */
export function useSubmission(place?: string): Submission {
  const problem = shallowRef<Problem | null>(null);
  const isSending = ref(false);
  const slot = place === undefined ? null : `submission:${place}`;
  let key = (slot === null ? null : sessionStorage.getItem(slot)) ?? submissionKey();

  /** The server has answered: whatever goes out next is another submission. */
  function settle(): void {
    key = submissionKey();
    if (slot !== null) sessionStorage.removeItem(slot);
  }

  return {
    problem,
    isSending,
    async submit(work) {
      if (isSending.value) return null;
      isSending.value = true;
      problem.value = null;
      if (slot !== null) sessionStorage.setItem(slot, key);
      try {
        const answer = await work(key);
        settle();
        return answer;
      } catch (error) {
        problem.value = problemOf(error);
        if (!problem.value.isOffline) settle();
        return null;
      } finally {
        isSending.value = false;
      }
    },
    errorAt: (pointer) => problem.value?.errors.find((e) => e.pointer === pointer)?.detail ?? '',
  };
}
