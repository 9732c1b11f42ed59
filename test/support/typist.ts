import type { Locator, Page } from 'playwright-core';

/** Whatever lies further off than this is out of reach: nobody presses a key that often to get somewhere. */
const FAR = 120;
const WAIT_MS = 15_000;

/** As much of an element as is asked here: the tests are built without the types of a browser. */
interface Element {
  readonly ownerDocument: { readonly activeElement: Element | null };
  readonly tagName: string;
  readonly type?: string;
  readonly name?: string;
  readonly form?: Element | null;
  readonly checked?: boolean;
  readonly selectedOptions?: ArrayLike<{ readonly label: string }>;
  compareDocumentPosition(other: Element): number;
}
type Where = 'here' | 'before' | 'after';

interface Tally {
  readonly acts: number;
  readonly fields: number;
  readonly signs: number;
  readonly keys: number;
}

/**
 * A person who works a page by its keyboard alone: goes to a control with Tab and Shift+Tab, and acts there with Enter, space,
 * arrows and words. What the focus does not come to is a fault of the page, and said so.
 */
export class Typist {
  /** Where somebody last went to a control. */
  static lastPage: Page | null = null;
  /** What a person with a mouse would have clicked for. */
  acts = 0;
  /** Fields that were typed into. */
  fields = 0;
  /** Signs typed into fields. */
  signs = 0;
  /** Times that a key was pressed, but for the words themselves. */
  keys = 0;
  /** The longest ways to a control, in steps. */
  private readonly ways: { steps: number; to: string }[] = [];
  private pending = 0;

  /** When it last was by the server's clock, which stands still but for what a test moves it on. */
  private last: number;

  /** `now` is the server's time: when it leaps, the clock of this computer leaps along. */
  constructor(
    readonly page: Page,
    private readonly now: () => Date,
  ) {
    this.last = now().getTime();
    const answered = (): void => {
      this.pending -= 1;
    };
    page.on('request', () => {
      this.pending += 1;
    });
    page.on('requestfinished', answered);
    page.on('requestfailed', answered);
  }

  /** Everything that the page asked for has come and is shown. */
  async settled(): Promise<void> {
    for (let calm = 0; calm < 3; calm++) {
      if (this.pending > 0) calm = -1;
      await this.page.waitForTimeout(30);
    }
    await this.page.locator('.el-skeleton:visible').first().waitFor({ state: 'hidden' });
  }

  get tally(): Tally {
    const { acts, fields, signs, keys } = this;
    return { acts, fields, signs, keys };
  }

  /** What was done since then. */
  since(then: Tally): Tally {
    const { acts, fields, signs, keys } = this;
    return { acts: acts - then.acts, fields: fields - then.fields, signs: signs - then.signs, keys: keys - then.keys };
  }

  /** Where the keyboard takes longest. */
  get longestWays(): string {
    const far = [...this.ways].sort((a, b) => b.steps - a.steps).slice(0, 3);
    return far.map((way) => `${way.steps} steps to ${way.to}`).join(', ');
  }

  async key(name: string): Promise<void> {
    this.keys += 1;
    await this.page.keyboard.press(name);
  }

  /** A button or link: goes there and presses Enter. */
  async press(target: Locator, key = 'Enter'): Promise<void> {
    await this.reach(target);
    if (this.now().getTime() !== this.last) {
      this.last = this.now().getTime();
      await this.page.clock.setSystemTime(this.last);
    }
    this.acts += 1;
    await this.key(key);
  }

  /** A box to tick. */
  async tick(target: Locator): Promise<void> {
    await this.press(target, 'Space');
  }

  /** One of several: goes to the group, and with arrows to the one. */
  async pick(radio: Locator): Promise<void> {
    await this.walk(radio, (found) => {
      const el = found as Element;
      const at = el.ownerDocument.activeElement;
      const isSibling = at?.type === 'radio' && at.name === el.name && at.form === el.form;
      if (at === el || isSibling) return 'here';
      return at !== null && (at.compareDocumentPosition(el) & 4) !== 0 ? 'after' : 'before';
    });
    this.acts += 1;
    for (let i = 0; i < 20; i++) {
      const state = await radio.evaluate((found) => {
        const el = found as unknown as Element;
        return { isAt: el.ownerDocument.activeElement === el, isChecked: el.checked === true };
      });
      if (state.isAt && state.isChecked) return;
      await this.key(state.isAt ? 'Space' : 'ArrowDown');
    }
    throw new Error(`The arrows do not come to ${String(radio)}`);
  }

  /** Words into a field; what stood there is replaced. */
  async type(target: Locator, text: string): Promise<void> {
    await this.reach(target);
    this.fields += 1;
    if ((await target.inputValue()) !== '') await this.key('Control+a');
    await this.write(text);
  }

  /** A day or time as the field of the page writes it, e.g. `2026年10月20日`. */
  async typeDay(target: Locator, text: string): Promise<void> {
    await this.type(target, text);
    await this.key('Enter');
  }

  /** A list that unfolds: opens it, goes to the option by arrows, takes it. */
  async choose(field: Locator, option: string): Promise<void> {
    await this.reach(field);
    this.acts += 2;
    if (await field.evaluate((found) => (found as unknown as Element).tagName === 'SELECT')) {
      await this.chooseNative(field, option);
      return;
    }
    const isSearched = (await field.getAttribute('readonly')) === null;
    if (isSearched) await this.write(option);
    else await this.key('Enter');
    const list = this.page.locator(`[id="${(await field.getAttribute('aria-controls')) ?? ''}"]`);
    const wanted = list.getByRole('option', { name: option, exact: false }).first();
    await wanted.waitFor();
    for (let i = 0; i < FAR; i++) {
      const under = await field.getAttribute('aria-activedescendant');
      if (under !== null && under !== '' && under === (await wanted.getAttribute('id'))) {
        await this.key('Enter');
        return;
      }
      await this.key('ArrowDown');
    }
    throw new Error(`The arrows do not come to “${option}” of ${String(field)}`);
  }

  /** A file from this computer. */
  async attach(target: Locator, file: string): Promise<void> {
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.press(target)]);
    await chooser.setFiles(file);
  }

  /** What a button unfolds into a menu: opens it, goes to the entry by arrows. */
  async pressIn(button: Locator, entry: string): Promise<void> {
    await this.press(button);
    const wanted = this.page.getByRole('menuitem', { name: entry, exact: true });
    await wanted.waitFor();
    // The menu takes the focus when it has unfolded.
    await this.until('the focus is in the menu', async () => this.page.getByRole('menu').locator(':focus').isVisible());
    for (let i = 0; i < 20; i++) {
      if (
        await wanted.evaluate(
          (found) => (found as unknown as Element).ownerDocument.activeElement === (found as unknown),
        )
      ) {
        this.acts += 1;
        await this.key('Enter');
        return;
      }
      await this.key('ArrowDown');
    }
    throw new Error(`The arrows do not come to “${entry}” of ${String(button)}`);
  }

  /** An act with its dialog: opens it by its button, fills it, hands it in and waits until it is gone. */
  async act(button: Locator, fill: (dialog: Locator) => Promise<void> = () => Promise.resolve()): Promise<void> {
    await button.waitFor();
    const name = ((await button.getAttribute('aria-label')) ?? (await button.innerText())).trim();
    await this.press(button);
    await this.handIn(name, name, fill);
  }

  /** The dialog of that name that is open: fills it and hands it in by its button. */
  async handIn(name: string, by: string, fill: (dialog: Locator) => Promise<void>): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name, exact: true });
    const button = dialog.getByRole('button', { name: by, exact: true });
    await button.waitFor();
    await fill(dialog);
    await this.press(button);
    await dialog.waitFor({ state: 'hidden' });
    await this.settled();
  }

  /** One of the tabs of a page: to the row of tabs, then along it. */
  async turnTo(tab: Locator): Promise<void> {
    const row = this.page.getByRole('tablist').filter({ has: tab }).getByRole('tab', { selected: true });
    await this.reach(row);
    this.acts += 1;
    for (let i = 0; i < 30; i++) {
      if ((await tab.getAttribute('aria-selected')) === 'true') return;
      await this.key('ArrowRight');
    }
    throw new Error(`The arrows do not come to ${String(tab)}`);
  }

  /** Goes to a control, the shorter way as its place tells; fails when the focus passes it over. */
  async reach(target: Locator): Promise<void> {
    await this.walk(target, (found) => {
      const el = found as Element;
      const at = el.ownerDocument.activeElement;
      if (at === el) return 'here';
      return at !== null && (at.compareDocumentPosition(el) & 4) !== 0 ? 'after' : 'before';
    });
  }

  /** Latin letter by letter; Chinese as an input method hands it over, a phrase at once. */
  private async write(text: string): Promise<void> {
    this.signs += text.length;
    if (/^[ -~]*$/.test(text)) await this.page.keyboard.type(text);
    else await this.page.keyboard.insertText(text);
  }

  private async walk(target: Locator, where: (found: unknown) => Where): Promise<void> {
    Typist.lastPage = this.page;
    // Boxes and circles of the house are drawn over an input without a size of its own.
    await target.waitFor({ state: 'attached' });
    await this.until(`${String(target)} is enabled`, async () => target.isEnabled());
    const passed: Where[] = [];
    for (let steps = 0; steps < FAR; steps++) {
      const at = await target.evaluate<Where, undefined>(where as () => Where, undefined);
      if (at === 'here') {
        this.ways.push({ steps, to: String(target) });
        return;
      }
      passed.push(at);
      // Once round the page may turn the direction; to and fro is what passing over looks like.
      const turns = passed.filter((one, i) => i > 0 && one !== passed[i - 1]).length;
      if (turns > 3) break;
      await this.key(at === 'after' ? 'Tab' : 'Shift+Tab');
    }
    throw new Error(
      `The keyboard does not come to ${String(target)}; it stands at ${await this.standsAt()} after ${passed.length} steps`,
    );
  }

  /** Waits for something that the page does by itself. */
  async until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    for (let waited = 0; !(await isSo()); waited += 50) {
      if (waited > WAIT_MS) throw new Error(`Not so in ${WAIT_MS / 1000} s: ${what}`);
      await this.page.waitForTimeout(50);
    }
  }

  private async standsAt(): Promise<string> {
    return this.page.evaluate<string>("(document.activeElement?.outerHTML ?? '').replace(/\\s+/g, ' ').slice(0, 200)");
  }

  private async chooseNative(field: Locator, option: string): Promise<void> {
    const shown = (): Promise<string> =>
      field.evaluate((found) => (found as unknown as Element).selectedOptions?.[0]?.label.trim() ?? '');
    await this.key('Home');
    for (let i = 0; i < FAR; i++) {
      if ((await shown()).startsWith(option)) return;
      await this.key('ArrowDown');
    }
    throw new Error(`The arrows do not come to “${option}” of ${String(field)}`);
  }
}

/** Writes something like a name on the pad: ink is the one thing that no key makes. */
export async function writeByHand(page: Page): Promise<void> {
  const box = await page.getByRole('img', { name: /签名板/ }).boundingBox();
  if (box === null) throw new Error('There is no pad to write on');
  for (const left of [0.2, 0.45, 0.7]) {
    const [x, y] = [box.x + box.width * left, box.y + box.height * 0.3];
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let i = 1; i <= 14; i++) {
      await page.mouse.move(x + 28 * Math.sin(i * 1.3), y + i * 6 + 10 * Math.cos(i));
      await page.waitForTimeout(12);
    }
    await page.mouse.up();
  }
}
