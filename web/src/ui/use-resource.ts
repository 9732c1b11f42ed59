import { type Ref, type WatchSource, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { type Problem, problemOf } from '@/api';

export interface Resource<T> {
  readonly data: Ref<T | null>;
  readonly problem: Ref<Problem | null>;
  readonly isLoading: Ref<boolean>;
  reload(): Promise<void>;
}

/** Each thing that is on the screen: how to read it again, and whether that failed. */
const onScreen = new Set<Pick<Resource<unknown>, 'reload' | 'problem'>>();

/** Reads again all that is on the screen: somebody else has changed something of it. */
export async function reloadAll(): Promise<void> {
  await Promise.all([...onScreen].map(({ reload }) => reload()));
}

/** Reads again what could not be read: one press is enough where a page has several such places. */
export async function retryAll(): Promise<void> {
  await Promise.all([...onScreen].filter(({ problem }) => problem.value !== null).map(({ reload }) => reload()));
}

/**
 * Something read from the server. Reads at once and again whenever `sources` change; the last asked answer wins. While it
 * reads again the former data stay, so that lists do not flicker.
 */
export function useResource<T>(load: () => Promise<T>, sources: WatchSource[] = []): Resource<T> {
  const data = shallowRef<T | null>(null) as Ref<T | null>;
  const problem = shallowRef<Problem | null>(null);
  const isLoading = ref(false);
  let turn = 0;

  async function reload(): Promise<void> {
    const mine = ++turn;
    isLoading.value = true;
    try {
      const answer = await load();
      if (mine !== turn) return;
      data.value = answer;
      problem.value = null;
    } catch (error) {
      if (mine === turn) problem.value = problemOf(error);
    } finally {
      if (mine === turn) isLoading.value = false;
    }
  }

  if (sources.length > 0) watch(sources, () => void reload());
  const back = (): void => {
    if (problem.value?.isOffline) void reload();
  };
  window.addEventListener('online', back);
  const entry = { reload, problem };
  onScreen.add(entry);
  onScopeDispose(() => {
    turn = -1;
    onScreen.delete(entry);
    window.removeEventListener('online', back);
  });
  void reload();
  return { data, problem, isLoading, reload };
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string | null;
}

export interface PagedResource<Item> extends Omit<Resource<unknown>, 'data'> {
  readonly items: Ref<readonly Item[]>;
  readonly hasMore: Ref<boolean>;
  more(): Promise<void>;
}

/** A list read by pages: `more()` appends the next one. A change of `sources` starts from the first page. */
export function usePages<Item>(
  load: (cursor: string | undefined) => Promise<Page<Item>>,
  sources: WatchSource[] = [],
): PagedResource<Item> {
  const items = shallowRef<readonly Item[]>([]) as Ref<readonly Item[]>;
  const cursor = ref<string | null>(null);
  const hasMore = ref(false);
  const first = useResource(async () => {
    const page = await load(undefined);
    items.value = page.items;
    cursor.value = page.nextCursor ?? null;
    hasMore.value = cursor.value !== null;
    return page;
  }, sources);

  async function more(): Promise<void> {
    if (cursor.value === null || first.isLoading.value) return;
    const from = cursor.value;
    first.isLoading.value = true;
    try {
      const page = await load(from);
      if (from !== cursor.value) return;
      items.value = [...items.value, ...page.items];
      cursor.value = page.nextCursor ?? null;
      hasMore.value = cursor.value !== null;
      first.problem.value = null;
    } catch (error) {
      first.problem.value = problemOf(error);
    } finally {
      first.isLoading.value = false;
    }
  }

  return { items, hasMore, more, problem: first.problem, isLoading: first.isLoading, reload: first.reload };
}
