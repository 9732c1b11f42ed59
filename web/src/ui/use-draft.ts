import { type Ref, computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { now, useSession } from '@/api';
import { DraftServer, LocalDrafts, type Reading } from './draft-store';
import { type Difference, isSame, mergeDrafts, withValueAt } from './merge-drafts';

const LOCAL_AFTER_MS = 300;
const SERVER_AFTER_MS = 1500;
/** Someone who types without a pause is saved all the same. */
const SERVER_AT_LEAST_MS = 5000;
const RETRY_MS = 10_000;

/** Where the latest words are: on the server, only in this browser, or nowhere yet. */
export type DraftCondition = 'nothing' | 'saving' | 'saved' | 'offline' | 'signed-out' | 'refused';

/** Another window's doing: when, on which device, and what both changed differently. */
export interface OtherWindow {
  readonly at: string;
  readonly device: string;
  readonly differences: readonly Difference[];
}

interface DraftOptions {
  /** What the list of drafts shows; the title of the page otherwise. */
  readonly title?: () => string;
  /** Puts found text back by itself, for pages that are opened to go on with a draft. */
  readonly restoresItself?: boolean;
}

export interface Draft {
  /** When the text that was found had been saved, until somebody decides on it; null when there is none. */
  readonly foundAt: Ref<string | null>;
  /** When found text was put back without asking; null when not, or once it was given up. */
  readonly restoredAt: Ref<string | null>;
  readonly savedAt: Ref<Date | null>;
  readonly condition: Ref<DraftCondition>;
  /** Why the server does not take the draft; empty otherwise. */
  readonly refusal: Ref<string>;
  /** What another window did: merged already when there are no differences, otherwise waiting for `settle`. */
  readonly other: Ref<OtherWindow | null>;
  /** Another window has submitted or given up this draft. */
  readonly isGone: Ref<boolean>;
  restore(): void;
  discard(): void;
  /** Decides on the differences: values by pointer, for those where not mine is kept. */
  settle(chosen: ReadonlyMap<string, unknown>): void;
  /** Goes on with this window's text as a draft of its own after `isGone`. */
  keepOn(): void;
}

interface Beginning {
  value: unknown;
  at: string;
  version: number;
  base: unknown;
  other: OtherWindow | null;
}

/**
 * Keeps what is typed into `model` under `key`, per person: in this browser at once, on the server every few seconds. A
 * reload, a lost network, an ended login or a second window loses no word.
 */
export function useDraft<T extends object>(key: string, model: Ref<T>, options: DraftOptions = {}): Draft {
  const place = key.replace(/[^A-Za-z0-9._:-]/g, '-').replace(/:+$/, '');
  const server = new DraftServer(place.includes(':') ? place : `${place}:new`);
  const local = new LocalDrafts(place);
  const typedMeanwhile = new LocalDrafts(`${place}:meanwhile`);
  const session = useSession();
  const initial = copy(model.value);
  const path = `${location.pathname}${location.search}`;

  const foundAt = ref<string | null>(null);
  const restoredAt = ref<string | null>(null);
  const savedAt = ref<Date | null>(null);
  const condition = ref<DraftCondition>('nothing');
  const refusal = ref('');
  const other = shallowRef<OtherWindow | null>(null);
  const isGone = ref(false);

  let found: unknown = null;
  let foundOther: OtherWindow | null = null;
  let version = 0;
  let base: unknown = initial;
  let lastSent: unknown = undefined;
  let isStarted = false;
  let isClosed = false;
  let localTimer: ReturnType<typeof setTimeout> | undefined;
  let serverTimer: ReturnType<typeof setTimeout> | undefined;
  let firstUnsaved = 0;
  let chain: Promise<void> = Promise.resolve();

  /** A copy goes into the form: what the server has must not change with what is typed. */
  const put = (value: unknown): void => {
    model.value = copy(value) as T;
  };
  const isDirty = (): boolean => !isSame(copy(model.value), base);
  const isWaiting = computed(() => isGone.value || (other.value?.differences.length ?? 0) > 0);

  function saveLocally(): void {
    clearTimeout(localTimer);
    if (!isDirty()) return;
    const slot = foundAt.value === null ? local : typedMeanwhile;
    slot.write({ at: now().toISOString(), value: copy(model.value), version, base });
  }

  function soon(after = SERVER_AFTER_MS): void {
    clearTimeout(serverTimer);
    const now = Date.now();
    firstUnsaved = firstUnsaved || now;
    serverTimer = setTimeout(queueSave, Math.max(0, Math.min(after, firstUnsaved + SERVER_AT_LEAST_MS - now)));
  }

  function queueSave(): void {
    chain = chain.then(saveOnServer, saveOnServer);
  }

  async function saveOnServer(): Promise<void> {
    clearTimeout(serverTimer);
    firstUnsaved = 0;
    if (!isStarted || foundAt.value !== null || isWaiting.value || !isDirty()) return;
    const sent = copy(model.value);
    lastSent = sent;
    condition.value = 'saving';
    const answer = await server.save(sent, version, options.title?.() ?? pageTitle(), path);
    refusal.value = '';
    if ('version' in answer) {
      [version, base] = [answer.version, sent];
      savedAt.value = now();
      condition.value = 'saved';
      if (isDirty()) soon();
      else local.clear();
      return;
    }
    if (answer.refusal === 'stale') {
      await meetOther();
      return;
    }
    saveLocally();
    condition.value = answer.refusal === 'unreachable' ? 'offline' : answer.refusal;
    refusal.value = answer.detail ?? '';
    if (answer.refusal === 'unreachable') serverTimer = setTimeout(queueSave, RETRY_MS);
  }

  /** Another window was quicker: its changes and ours go together; only what both changed differently is asked. */
  async function meetOther(): Promise<void> {
    const theirs = await server.read();
    if (theirs === 'unreachable') {
      condition.value = 'offline';
      serverTimer = setTimeout(queueSave, RETRY_MS);
      return;
    }
    if (theirs === 'none') {
      isGone.value = version > 0;
      [other.value, restoredAt.value] = [null, null];
      version = 0;
      condition.value = 'nothing';
      if (!isGone.value) soon(0);
      return;
    }
    if (theirs.version === version) return;
    const isOwn = isSame(theirs.value, lastSent);
    const merged = mergeDrafts(base, copy(model.value), theirs.value);
    [version, base] = [theirs.version, theirs.value];
    // An answer that was lost on the way looks like another window: what lies there is what this one had sent.
    if (!isOwn) other.value = { at: theirs.savedAt, device: theirs.device, differences: merged.differences };
    if (!isSame(merged.value, copy(model.value))) put(merged.value);
    saveLocally();
    if (merged.differences.length === 0) soon(0);
    else condition.value = 'nothing';
  }

  async function start(): Promise<void> {
    const theirs = await server.read();
    if (isClosed) return;
    const start = beginning(theirs);
    [version, base] = [start.version, start.base];
    if (!isSame(start.value, initial)) {
      if (options.restoresItself === true) {
        const merged = mergeDrafts(initial, copy(model.value), start.value);
        put(merged.value);
        restoredAt.value = start.at;
        other.value = start.other;
      } else {
        found = start.value;
        foundOther = start.other;
        foundAt.value = start.at;
      }
    }
    isStarted = true;
    condition.value = theirs === 'unreachable' ? 'offline' : condition.value;
    if (isDirty()) soon();
  }

  /** The latest text there is: the server's, with what only this browser has put over it. */
  function beginning(theirs: Reading): Beginning {
    const mine = local.read();
    const extra = typedMeanwhile.read();
    const start: Beginning =
      typeof theirs === 'object'
        ? { value: theirs.value, at: theirs.savedAt, version: theirs.version, base: theirs.value, other: null }
        : { value: initial, at: '', version: 0, base: initial, other: null };
    if (mine !== null) {
      start.at = mine.at;
      if (typeof theirs === 'object') {
        const { value, differences } = mergeDrafts(mine.base, mine.value, theirs.value);
        start.value = value;
        if (differences.length > 0) start.other = { at: theirs.savedAt, device: theirs.device, differences };
      } else start.value = mine.value;
      if (theirs === 'unreachable') [start.version, start.base] = [mine.version, mine.base];
    }
    if (extra !== null) [start.value, start.at] = [mergeDrafts(initial, extra.value, start.value).value, extra.at];
    return start;
  }

  watch(
    model,
    () => {
      if (!isDirty()) return;
      clearTimeout(localTimer);
      localTimer = setTimeout(saveLocally, LOCAL_AFTER_MS);
      soon();
    },
    { deep: true },
  );

  const onHide = (): void => {
    saveLocally();
  };
  const onShow = (): void => {
    if (document.visibilityState === 'hidden') saveLocally();
    else if (isStarted && foundAt.value === null && !isWaiting.value && version > 0)
      chain = chain.then(meetOther, meetOther);
  };
  const onReach = (): void => {
    if (isStarted) soon(0);
  };
  window.addEventListener('pagehide', onHide);
  document.addEventListener('visibilitychange', onShow);
  window.addEventListener('online', onReach);
  watch(() => session.token, onReach);
  onScopeDispose(() => {
    saveLocally();
    if (isStarted && isDirty()) queueSave();
    isClosed = true;
    clearTimeout(localTimer);
    window.removeEventListener('pagehide', onHide);
    document.removeEventListener('visibilitychange', onShow);
    window.removeEventListener('online', onReach);
  });
  void start();

  return {
    foundAt,
    restoredAt,
    savedAt,
    condition,
    refusal,
    other,
    isGone,
    restore() {
      if (found !== null) put(mergeDrafts(initial, copy(model.value), found).value);
      other.value = foundOther;
      found = null;
      foundAt.value = null;
      typedMeanwhile.clear();
      soon();
    },
    discard() {
      clearTimeout(localTimer);
      clearTimeout(serverTimer);
      local.clear();
      typedMeanwhile.clear();
      if (restoredAt.value !== null) put(initial);
      const gone = version;
      const settled = copy(model.value);
      found = null;
      foundAt.value = null;
      restoredAt.value = null;
      savedAt.value = null;
      other.value = null;
      condition.value = 'nothing';
      // What stands in the form now counts as nothing new: it was submitted or given up.
      [version, base] = [0, settled];
      // A saving may be under way: the draft goes after it, at whatever version it then has.
      chain = chain.then(async () => {
        const last = Math.max(gone, version);
        [version, base] = [0, settled];
        if (last > 0) await server.remove(last);
      });
    },
    settle(chosen) {
      let value = copy(model.value);
      for (const [pointer, one] of chosen) value = withValueAt(value, pointer, one);
      put(value);
      other.value = null;
      soon(0);
    },
    keepOn() {
      isGone.value = false;
      [version, base] = [0, initial];
      soon(0);
    },
  };
}

/** As it can be kept: a chosen file is not text and has to be chosen again. */
const copy = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, part: unknown) => (part instanceof Blob ? undefined : part))) as unknown;

const pageTitle = (): string => document.title.split(' · ')[0] ?? '';
