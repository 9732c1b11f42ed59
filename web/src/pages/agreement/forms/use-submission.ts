import { ref, shallowRef } from 'vue';
import { type Problem, problemOf, submissionKey } from '@/api';

/** One submission of a form: refused, nothing is lost; a lost connection is sent again under the same key. */
export function useSubmission<T>(send: (key: string) => Promise<T>, done: (answer: T) => void) {
  const problem = shallowRef<Problem | null>(null);
  const isSending = ref(false);
  let key = submissionKey();

  async function submit(): Promise<void> {
    if (isSending.value) return;
    isSending.value = true;
    problem.value = null;
    try {
      const answer = await send(key);
      // The form may stay for the next one, which is another submission.
      key = submissionKey();
      done(answer);
    } catch (error) {
      problem.value = problemOf(error);
      if (!problem.value.isOffline) key = submissionKey();
    } finally {
      isSending.value = false;
    }
  }

  const errorAt = (pointer: string): string => problem.value?.errors.find((e) => e.pointer === pointer)?.detail ?? '';
  return { problem, isSending, submit, errorAt };
}
