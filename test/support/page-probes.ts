import type { Page } from 'playwright-core';

/** What is asked of every page alike. Each answers the faults it found in words; the functions run in the page as text. */

/** The page may not have to be pushed sideways, and nothing that is to be read may be cut off. */
const CUT_OFF = `(isPaper) => {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) {
    const wide = [...document.querySelectorAll('main *, header *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).at(-1);
    faults.push('has to be pushed sideways: ' + root.scrollWidth + ' > ' + innerWidth + ' by ' + (wide?.outerHTML.slice(0, 160) ?? '?'));
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (node.data.trim() === '' || parent.closest('script, style, [aria-hidden=true], option') !== null) continue;
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      let isClipped = false;
      for (let at = parent; at !== null && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        // Tabs and the head of a table move by their own arrows and with their body; dots say that there is more.
        if (at.matches('.el-tabs__nav-scroll, .el-table__header-wrapper') || style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') break;
        if (style.clipPath !== 'none' || style.clip !== 'auto') break;
        const edge = at.getBoundingClientRect();
        if (edge.right < 0) break;
        const [isX, isY] = [style.overflowX, style.overflowY].map((o) => o === 'hidden' || o === 'clip' || (isPaper && o !== 'visible'));
        if (!isPaper && /auto|scroll/.test(style.overflowX + style.overflowY)) break;
        const beyondX = Math.max(box.right - edge.right, edge.left - box.left);
        // The line box is taller than the letters in it.
        const beyondY = Math.max(box.bottom - edge.bottom, edge.top - box.top) - box.height * 0.2;
        if ((isX && beyondX > 2) || (isY && beyondY > 2)) { isClipped = true; break; }
        if (style.position === 'fixed') break;
      }
      if (isClipped) {
        faults.push('cut off: ' + node.data.trim().slice(0, 30) + ' in ' + parent.outerHTML.slice(0, 120));
        break;
      }
    }
  }
  return [...new Set(faults)].slice(0, 12);
}`;

/** Letters alone grow, as a browser that enlarges text only does it. */
const ENLARGE_TEXT = `() => {
  const sizes = [...document.querySelectorAll('body, body *')].map((element) => {
    const style = getComputedStyle(element);
    return [element, parseFloat(style.fontSize), style.lineHeight];
  });
  for (const [element, size, line] of sizes) {
    element.style.fontSize = size * 2 + 'px';
    if (line.endsWith('px')) element.style.lineHeight = parseFloat(line) * 2 + 'px';
  }
}`;

const CONTROLS = `() => {
  const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [role=button], [role=tab], [role=switch]';
  const isUsable = (e) =>
    !e.disabled && e.getAttribute('aria-disabled') !== 'true' && e.closest('[inert], [aria-hidden=true]') === null &&
    e.checkVisibility({ visibilityProperty: true });
  /** Of tabs, radios and lines of a list one is in the tab order, and the arrows lead to the others. */
  const groupOf = (e) => {
    if (e.matches('input[type=radio]')) return 'radio ' + e.name;
    const composite = e.closest('[role=tablist], [role=menu], [role=listbox], [role=spinbutton], .el-input-number, .el-date-editor, .el-select, tr[tabindex], .el-upload');
    if (composite === null) return null;
    composite.dataset.walkGroup ??= 'group ' + Math.random();
    return composite.matches('tr[tabindex]') ? 'lines ' + [...document.querySelectorAll('tbody')].indexOf(composite.parentElement) : composite.dataset.walkGroup;
  };
  const looks = (e) => {
    const around = [e, e.nextElementSibling, e.parentElement, e.parentElement?.parentElement, e.parentElement?.parentElement?.parentElement];
    return around.map((one) => {
      if (!one) return '';
      const s = getComputedStyle(one);
      return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor, s.textDecorationLine].join('|');
    }).join('~');
  };
  const all = [...document.querySelectorAll(wanted)].filter((e) => isUsable(e) && (e.tabIndex >= 0 || e.matches('a[href], button, input, select, textarea')));
  all.forEach((e, i) => { e.dataset.walk = String(i); });
  window.walkLooks = looks;
  window.walkBefore = all.map(looks);
  return all.map((e) => ({ group: groupOf(e), mustStop: e.tabIndex >= 0 || groupOf(e) === null, html: e.outerHTML.replace(/ data-walk="\\d+"/, '').slice(0, 160) }));
}`;

const WHERE = `() => {
  const e = document.activeElement;
  if (e === null || e === document.body) return { at: -1, faults: [] };
  const at = Number(e.dataset.walk ?? -2);
  const faults = [];
  if (at >= 0 && window.walkLooks(e) === window.walkBefore[at]) faults.push('focus is not seen');
  const box = e.getBoundingClientRect();
  if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) faults.push('focus is out of sight');
  return { at, faults: faults.map((f) => f + ': ' + e.outerHTML.slice(0, 160)) };
}`;

interface Control {
  readonly group: string | null;
  readonly mustStop: boolean;
  readonly html: string;
}

export async function cutOffs(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(${CUT_OFF})(false)`);
}

/** On paper nobody scrolls: what lies beyond the edge of a box is lost. */
export async function lostOnPaper(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(${CUT_OFF})(true)`);
}

/** Enlarges the letters of the page as it stands; a reload takes it back. */
export async function enlargeText(page: Page): Promise<void> {
  await page.evaluate(`(${ENLARGE_TEXT})()`);
}

/** One heading of the first rank, and a title that names the page. */
export async function namelessness(page: Page): Promise<string[]> {
  const headings = await page.locator('h1:visible').allInnerTexts();
  const title = await page.title();
  return [
    ...(headings.length === 1 && headings[0]?.trim() !== ''
      ? []
      : [`has ${headings.length} h1: ${headings.join(', ')}`]),
    ...(/^\S/.test(title) && !title.startsWith('·') ? [] : [`has no title: “${title}”`]),
  ];
}

/** Walks by Tab over the whole page: each control is come to, the focus is seen, and the walk comes to an end. */
export async function walkByTab(page: Page): Promise<string[]> {
  await page.addStyleTag({
    content: '*, *::before, *::after { transition: none !important; animation: none !important; }',
  });
  // The walk begins before the first control, wherever the page had set the focus.
  await page.evaluate("document.body.tabIndex = -1, document.body.focus(), document.body.removeAttribute('tabindex')");
  const controls = await page.evaluate<Control[]>(`(${CONTROLS})()`);
  const [seen, faults] = [new Set<number>(), new Set<string>()];
  let isOver = false;
  for (let i = 0; i < controls.length + 30 && !isOver; i += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate<{ at: number; faults: string[] }>(`(${WHERE})()`);
    here.faults.forEach((fault) => faults.add(fault));
    isOver = (here.at === -1 && i > 0) || (seen.size > 1 && here.at === 0 && seen.has(0));
    seen.add(here.at);
  }
  if (!isOver) faults.add('the keyboard does not come out again');
  const groups = new Set([...seen].map((i) => controls[i]?.group ?? null).filter((group) => group !== null));
  controls.forEach(({ group, mustStop, html }, i) => {
    const isReached = seen.has(i) || (group !== null && groups.has(group));
    if (mustStop && !isReached) faults.add(`the keyboard does not come to: ${html}`);
  });
  return [...faults];
}
