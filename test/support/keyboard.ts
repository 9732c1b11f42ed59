import type { Locator, Page } from 'playwright-core';

const STEPS = 200;

/** As much of an element as is asked here: the tests are built without the types of a browser. */
interface Element {
  readonly name?: string;
  readonly ownerDocument: { readonly activeElement: Element | null };
  matches(selector: string): boolean;
  closest(selector: string): Element | null;
}

/** Which key brings the focus nearer to the element; none when it is there. */
function nextKey(target: Element): string {
  const at = target.ownerDocument.activeElement;
  if (at === target) return '';
  if (at === null) return 'Tab';
  const isSkip = at.matches('a[href="#content"], a[href="#main"]');
  if (isSkip && target.closest('main') !== null) return 'Enter';
  const radio = 'input[type=radio]';
  if (at.matches(radio) && target.matches(radio) && at.name === target.name) return 'ArrowDown';
  const tabs = at.closest('[role=tablist]');
  if (at.matches('[role=tab]') && tabs !== null && tabs === target.closest('[role=tablist]')) return 'ArrowRight';
  return 'Tab';
}
const hasFocus = (element: Element): boolean => element.ownerDocument.activeElement === element;

/**
 * Walks to a control as somebody without a mouse does: by Tab, past the menu by the skip link, between radios and tabs by
 * the arrows. Nothing in this file clicks, focuses or fills by itself: what the keyboard does not come to fails the test.
 */
export async function reach(page: Page, target: Locator): Promise<void> {
  await target.waitFor({ state: 'attached' });
  for (let i = 0; i < STEPS; i += 1) {
    const key = await target.evaluate(nextKey);
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

/** Opens a select and walks down to an option; a string is the whole of its name. */
export async function choose(page: Page, field: Locator, name: string | RegExp): Promise<void> {
  await press(page, field);
  const option = page.getByRole('option', { name, exact: true });
  await option.waitFor();
  const id = await option.getAttribute('id');
  await walkDown(page, async () => (await field.getAttribute('aria-activedescendant')) === id);
}

/** Opens the menu of a button and walks down to an entry. */
async function chooseFromMenu(page: Page, button: Locator, name: string): Promise<void> {
  await press(page, button);
  const item = page.getByRole('menuitem', { name, exact: true });
  await item.waitFor();
  await walkDown(page, () => item.evaluate(hasFocus));
}

/** Presses the button of an act, which stands in the open or under 更多; answers its dialog. */
export async function openAct(page: Page, name: string, place: Page | Locator = page): Promise<Locator> {
  const button = place.getByRole('button', { name, exact: true }).first();
  const more = place.getByRole('button', { name: '更多', exact: true }).first();
  await button.or(more).first().waitFor();
  // Another 更多 of the page may stand there before the button does.
  if ((await button.count()) === 0) await button.waitFor({ timeout: 2000 }).catch(() => undefined);
  if ((await button.count()) > 0) await press(page, button);
  else await chooseFromMenu(page, more, name);
  const dialog = page.getByRole('dialog', { name, exact: true });
  await dialog.waitFor();
  return dialog;
}

/** Presses the button of a form that bears the name of its act, and waits until the server took it. */
export async function submitAct(page: Page, dialog: Locator, name: string): Promise<void> {
  await press(page, dialog.getByRole('button', { name, exact: true }));
  await dialog.waitFor({ state: 'hidden' });
}

async function walkDown(page: Page, isThere: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < STEPS; i += 1) {
    if (await isThere()) {
      await page.keyboard.press('Enter');
      return;
    }
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`The keyboard does not come to the entry on ${page.url()}`);
}
