import { onScopeDispose } from 'vue';

export const MINUTE_MS = 60_000;

/** Does something now and again every so often while the page is looked at; a hidden one rests, and catches up when it is shown. */
export function whileSeen(everyMs: number, act: () => void): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  function turn(): void {
    clearInterval(timer);
    timer = undefined;
    if (document.hidden) return;
    timer = setInterval(act, everyMs);
    act();
  }
  document.addEventListener('visibilitychange', turn);
  onScopeDispose(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', turn);
  });
  turn();
}
