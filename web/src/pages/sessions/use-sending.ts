import { ref, shallowRef } from 'vue';
import { type Problem, perform, problemOf, submissionKey } from '@/api';

interface Sent {
  readonly method?: 'post' | 'put';
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly version?: number | null;
}

/** Sends from a page that stays open: refused, nothing typed is lost; a lost connection goes out again as the same submission. */
export function useSending() {
  const problem = shallowRef<Problem | null>(null);
  const isSending = ref(false);
  let key = submissionKey();

  /** The server's answer; null when it refused or another submission is under way. */
  async function send<T>({ method = 'post', path, params = {}, body = {}, version = null }: Sent): Promise<T | null> {
    if (isSending.value) return null;
    isSending.value = true;
    problem.value = null;
    try {
      const answer = (await perform({ method, path, params, body, version, key })) as T;
      key = submissionKey();
      return answer;
    } catch (error) {
      problem.value = problemOf(error);
      if (!problem.value.isOffline) key = submissionKey();
      return null;
    } finally {
      isSending.value = false;
    }
  }

  const errorAt = (pointer: string): string => problem.value?.errors.find((e) => e.pointer === pointer)?.detail ?? '';
  return { problem, isSending, send, errorAt };
}
