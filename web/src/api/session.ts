import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { components } from '@/generated/schema';
import { Problem } from './problem';
import { heedTime } from './server-time';

type Self = components['schemas']['SelfResponse'];
type LoggedIn = components['schemas']['LogInResponse'];

const LAST_LOGIN = 'last-login-name';
/** Set while a login may still be taken up, so that a first visit asks for nothing that must be refused. */
const HAS_LOGIN = 'has-login';
const TAB_LOCK = 'session-refreshing';
const LOCK_MS = 5000;
/** A token is renewed this long before its end, and the bell asks more often than that: no request of a quiet page is refused for it. */
const AHEAD_MS = 120_000;

/**
 * Who works here. The access token lives in memory only; the refresh token is a cookie that scripts cannot read. Every
 * refresh token works once, so tabs of one browser take turns (a lock in localStorage: navigator.locks needs https).
 */
export const useSession = defineStore('session', () => {
  const token = ref<string | null>(null);
  const self = ref<Self | null>(null);
  /** Set when the login ran out while a page is open: the dialog over the page asks for the password. */
  const isLocked = ref(false);
  const waiting: ((ok: boolean) => void)[] = [];
  /** On the clock of the page, which nobody sets. */
  let endsAt = Infinity;

  const acts = computed(() => new Set(self.value?.acts ?? []));
  const may = (act: string): boolean => acts.value.has(act);
  const lastLoginName = (): string => localStorage.getItem(LAST_LOGIN) ?? '';

  async function logIn(loginName: string, password: string): Promise<void> {
    const formerId = self.value?.id;
    take(await post<LoggedIn>('/api/session', { loginName, password }));
    localStorage.setItem(LAST_LOGIN, loginName);
    localStorage.setItem(HAS_LOGIN, 'yes');
    await loadSelf();
    isLocked.value = false;
    // Another person at the same desk starts afresh; nothing of the former one stays on the screen.
    if (formerId !== undefined && formerId !== self.value?.id) location.reload();
    waiting.splice(0).forEach((go) => go(true));
  }

  /** Takes up the session of the cookie; false when there is none. */
  async function resume(): Promise<boolean> {
    if (localStorage.getItem(HAS_LOGIN) === null || !(await refresh())) return false;
    await loadSelf();
    return true;
  }

  function take({ accessToken, expiresInSeconds }: LoggedIn): void {
    token.value = accessToken;
    endsAt = performance.now() + expiresInSeconds * 1000;
  }

  let refreshing: Promise<boolean> | null = null;
  function refresh(): Promise<boolean> {
    refreshing ??= refreshOnce().finally(() => (refreshing = null));
    return refreshing;
  }

  /** Renews a token that is about to end; one that could not be renewed still serves for its last seconds. */
  async function renewInTime(): Promise<void> {
    if (token.value !== null && performance.now() > endsAt - AHEAD_MS) await refresh().catch(() => false);
  }

  async function refreshOnce(): Promise<boolean> {
    await turnOfThisTab();
    try {
      take(await post<LoggedIn>('/api/session/refresh'));
      return true;
    } catch (error) {
      if (error instanceof Problem && (error.isOffline || error.status >= 500)) throw error;
      token.value = null;
      localStorage.removeItem(HAS_LOGIN);
      return false;
    } finally {
      localStorage.removeItem(TAB_LOCK);
    }
  }

  /** Asks for the password over the open page; resolves when someone logged in, false when they left. */
  function logInAgain(): Promise<boolean> {
    isLocked.value = true;
    return new Promise((go) => waiting.push(go));
  }

  async function logOut(): Promise<void> {
    await fetch('/api/session/ending', { method: 'POST', headers: authorization() }).catch(() => undefined);
    localStorage.removeItem(HAS_LOGIN);
    token.value = null;
    self.value = null;
    location.assign('/login');
  }

  async function loadSelf(): Promise<void> {
    const response = await reach('/api/session/self', { headers: authorization() });
    if (!response.ok) throw Problem.of(await bodyOf(response), response.status);
    self.value = (await response.json()) as Self;
  }

  const authorization = (): Record<string, string> =>
    token.value === null ? {} : { Authorization: `Bearer ${token.value}` };

  return {
    token,
    self,
    isLocked,
    may,
    logIn,
    resume,
    refresh,
    renewInTime,
    logInAgain,
    logOut,
    loadSelf,
    lastLoginName,
  };
});

async function post<T>(path: string, body: object = {}): Promise<T> {
  const response = await reach(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw Problem.of(await bodyOf(response), response.status);
  return (await response.json()) as T;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return heedTime(await fetch(path, init));
  } catch {
    throw Problem.offline();
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

async function turnOfThisTab(): Promise<void> {
  const until = Date.now() + LOCK_MS;
  while (Date.now() < until) {
    const held = Number(localStorage.getItem(TAB_LOCK) ?? 0);
    if (held < Date.now() - LOCK_MS) break;
    await new Promise((go) => setTimeout(go, 50));
  }
  localStorage.setItem(TAB_LOCK, String(Date.now()));
}
