import type { Locator, Page } from 'playwright-core';

const STEPS = 200;

/** Which key brings the focus nearer to the element; none when it is there. Text, as it runs in the page. */
const NEXT_KEY = `(target) => {
  const at = document.activeElement;
  if (at === target) return '';
  if (at.matches('a[href="#content"], a[href="#main"]') && target.closest('main') !== null) return 'Enter';
  const isBeside = (role) => at.closest(role) !== null && at.closest(role) === target.closest(role);
  if (at.matches('input[type=radio]') && target.matches('input[type=radio]') && at.name === target.name) return 'ArrowDown';
  if (at.matches('[role=tab]') && target.matches('[role=tab]') && isBeside('[role=tablist]')) return 'ArrowRight';
  return 'Tab';
}`;
const HAS_FOCUS = '(element) => element === document.activeElement';
const ACTIVE_OPTION = `(field) => document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent.trim() ?? ''`;

/**
 * Walks to a control as somebody without a mouse does: by Tab, past the menu by the skip link, between radios and tabs by
 * the arrows. Nothing in this file clicks, focuses or fills by itself: what the keyboard does not come to fails the test.
 */
export async function reach(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let i = 0; i < STEPS; i += 1) {
    const key = await target.evaluate<string>(NEXT_KEY);
    if (key === '') return;
    await page.keyboard.press(key);
  }
  throw new Error(`The keyboard does not come to ${target.toString()} on ${page.url()}`);
}

/** Comes to a control and presses it; a radio or a box to tick is pressed with the space bar. */
export async function press(page: Page, target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await reach(page, target);
  await page.keyboard.press(key);
}

/** Comes to a field and writes over what stands there. */
export async function write(page: Page, field: Locator, text: string): Promise<void> {
  await reach(page, field);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

/** Opens a select and walks down to an option. */
export async function choose(page: Page, field: Locator, name: string): Promise<void> {
  await press(page, field);
  await page.getByRole('option', { name, exact: true }).waitFor();
  await walkDown(page, name, async () => (await field.evaluate<string>(ACTIVE_OPTION)) === name);
}

/** Opens the menu of a button and walks down to an entry. */
export async function chooseFromMenu(page: Page, button: Locator, name: string): Promise<void> {
  await press(page, button);
  const item = page.getByRole('menuitem', { name, exact: true });
  await item.waitFor();
  await walkDown(page, name, () => item.evaluate<boolean>(HAS_FOCUS));
}

async function walkDown(page: Page, name: string, isThere: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < STEPS; i += 1) {
    if (await isThere()) {
      await page.keyboard.press('Enter');
      return;
    }
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`The keyboard does not come to ${name} on ${page.url()}`);
}
