import { onMounted, onUnmounted } from 'vue';

/** Fields, and dialogs: whoever is in one of them means the key for it. */
const ELSEWHERE =
  'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"], [role="combobox"], [aria-modal="true"]';

/** A key that does something on every page while it is shown; never while somebody writes or a dialog is open. */
export function useShortcut(keys: readonly string[], act: () => void): void {
  function onKey(event: KeyboardEvent): void {
    if (!keys.includes(event.key) || event.isComposing || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(ELSEWHERE) !== null) return;
    event.preventDefault();
    act();
  }
  onMounted(() => {
    document.addEventListener('keydown', onKey);
  });
  onUnmounted(() => {
    document.removeEventListener('keydown', onKey);
  });
}
