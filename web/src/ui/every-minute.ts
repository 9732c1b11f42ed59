import { onScopeDispose } from 'vue';

const MINUTE_MS = 60_000;

/** Does something now and every minute while the page is looked at; a hidden one rests, and catches up when it is shown. */
export function everyMinute(act: () => void): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  function turn(): void {
    clearInterval(timer);
    timer = undefined;
    if (document.hidden) return;
    timer = setInterval(act, MINUTE_MS);
    act();
  }
  document.addEventListener('visibilitychange', turn);
  onScopeDispose(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', turn);
  });
  turn();
}
