import { fen, formatMoney, moneyInWords } from '../../src/kernel/money';
import { isInstalled } from '../support/sealing-fixtures';
import { CREATED_AT, FONT_CACHE, TEMPLATES, textOf, wholeTextOf } from '../support/paper-fixtures';
import { FontLibrary } from '../../src/platform/pdf/fonts/font-library';
import { renderWith } from '../../src/platform/pdf/render-paper';
import type { Contract, Field } from '../../src/platform/pdf/template/contract';
import { PAPER_FILTERS } from '../../src/platform/pdf/template/filters';
import { TemplateLibrary } from '../../src/platform/pdf/template/template-library';

const library = new TemplateLibrary(TEMPLATES);
library.reload();
const fonts = new FontLibrary({ templatesDir: TEMPLATES, cacheDir: FONT_CACHE });
const TEMPLATE_IDS = library.list().map(({ id }) => id);
const itReads = isInstalled('pdftotext', '-v') && isInstalled('pdfinfo', '-v') ? it : it.skip;

/** What the data keep beside the print, or what another variant of the paper than its example prints. */
const UNPRINTED: Readonly<Record<string, readonly string[]>> = {
  agreement: ['/disputeName'],
  'investigation-record': ['/committee'],
  // Of each item what is still due stands in words.
  'performance-reminder': ['/court', '/items/0/amount', '/items/0/performed'],
  'supervision-order': ['/phone'],
  // How wide a column is.
  ...Object.fromEntries(
    ['statutory', 'weekly', 'monthly', 'bulletin'].map((kind) => [
      `report-${kind}`,
      ['/sections/0/grid/columns/0/weight'],
    ]),
  ),
  'report-figures': ['/sections/0/grids/0/columns/0/weight'],
};

const HARD_NAMES = [
  '欧阳·阿迪力江·麦麦提吐尔逊·买买提尼亚孜·库尔班江·阿布都热合曼·艾合买提江·吾斯曼江·依明',
  '䶮㛃𬱖𬀩𠅤𫍯',
  '内蒙古自治区呼和浩特市新城区东街街道光明社区青城数码产品融资租赁服务有限责任公司第一分公司业务部',
  '赵𬱖',
  '乌云其木格·额尔德尼巴雅尔',
  '孙志强',
];
const MANY = 12;

interface Leaf {
  readonly pointer: string;
  readonly field: Exclude<Field, { type: 'group' | 'list' }>;
  readonly value: unknown;
}

function leavesOf(contract: Contract, data: Readonly<Record<string, unknown>>, pointer = ''): Leaf[] {
  return Object.entries(contract).flatMap(([name, field]) => leavesOfField(field, data[name], `${pointer}/${name}`));
}

function leavesOfField(field: Field, value: unknown, pointer: string): Leaf[] {
  if (value === undefined || value === null) return [];
  if (field.type === 'group') return leavesOf(field.fields, value as Record<string, unknown>, pointer);
  if (field.type === 'list')
    return (value as unknown[]).flatMap((item, i) => leavesOfField(field.item, item, `${pointer}/${i}`));
  return [{ pointer, field, value }];
}

const bare = (text: unknown): string => String(text).replace(/\s/g, '');
const filtered = (name: string, value: unknown, ...args: unknown[]): string =>
  bare(PAPER_FILTERS[name]?.(value, ...args));

/** What the paper must say of the value, each in one of several ways; nothing of a tick, a choice or a place to sign. */
function wordsOf({ pointer, field, value }: Leaf): string[][] {
  switch (field.type) {
    case 'choice':
    case 'boolean':
      return [];
    case 'money':
      return [[bare(formatMoney(fen(value as number)))], [bare(moneyInWords(fen(value as number)))]];
    case 'integer':
      return [[bare(value), filtered('cn_num', value)]];
    case 'date':
      return [[filtered('cn_date', value), filtered('cn_date', value, 'han')]];
    case 'instant':
      return [[filtered('cn_time', value), filtered('cn_date', value)]];
    default:
      return /[sS]lot$/.test(pointer) ? [] : [[bare(value)]];
  }
}

/** The example with hard names, and with twelve of every list of people. */
function hardened(fields: Contract, data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  let serial = 0;
  const harden = (field: Field, value: unknown): unknown => {
    if (value === undefined || value === null) return value;
    if (field.type === 'name') return HARD_NAMES[serial++ % HARD_NAMES.length];
    if (field.type === 'group')
      return Object.fromEntries(
        Object.entries(field.fields).map(([name, inner]) => [
          name,
          harden(inner, (value as Record<string, unknown>)[name]),
        ]),
      );
    if (field.type !== 'list') return value;
    const items = value as unknown[];
    const isOfPeople = field.item.type === 'group' && 'name' in field.item.fields && field.max >= MANY;
    return Array.from({ length: isOfPeople ? MANY : items.length }, (_, i) => {
      const item = harden(field.item, items[i % items.length]);
      if (field.item.type !== 'group' || !('slot' in field.item.fields)) return item;
      const { slot } = item as { slot: string };
      return { ...(item as object), slot: `${slot.replace(/-\d+$/, '')}-${i + 1}` };
    });
  };
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, harden(field, data[name])]));
}

/** The example without whatever may be left out. */
function required(fields: Contract, data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const strip = (field: Field, value: unknown): unknown => {
    if (field.type === 'group') return required(field.fields, value as Record<string, unknown>);
    return field.type === 'list' ? (value as unknown[]).map((item) => strip(field.item, item)) : value;
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => (field.optional ? [] : [[name, strip(field, data[name])]])),
  );
}

/** Everything the data say that the text of the paper does not. */
function missingIn(text: string, id: string, data: Readonly<Record<string, unknown>>): string[] {
  const skipped = UNPRINTED[id] ?? [];
  return leavesOf(library.get(id).contract, data).flatMap((leaf) => {
    const lacking = wordsOf(leaf).filter((ways) => !ways.some((way) => text.includes(way)));
    return skipped.includes(leaf.pointer) ? [] : lacking.map((ways) => `${leaf.pointer}: ${ways.join(' / ')}`);
  });
}

/** What is lacking in the text as it is drawn, or else in that of the structure, which takes a second to read. */
function lackingIn<Lack>(bytes: Uint8Array, lacksOf: (text: string) => Lack[]): Lack[] {
  const lacks = lacksOf(textOf(bytes));
  return lacks.length === 0 ? lacks : lacksOf(wholeTextOf(bytes));
}

describe('every template of the house', () => {
  itReads.each(TEMPLATE_IDS)('%s prints its whole example, amounts in words and in figures', async (id) => {
    const data = library.exampleOf(id);
    const paper = await renderWith(library.get(id), fonts, { data, createdAt: CREATED_AT });
    expect(lackingIn(paper.bytes, (text) => missingIn(text, id, data))).toEqual([]);
  });

  itReads.each(TEMPLATE_IDS)('%s says nothing of what is optional and not there', async (id) => {
    const whole = library.exampleOf(id);
    const data = required(library.get(id).contract, whole);
    const paper = await renderWith(library.get(id), fonts, { data, createdAt: CREATED_AT });
    const text = wholeTextOf(paper.bytes);
    expect(text).not.toMatch(/undefined|null|NaN|Invalid|\[object/);
    expect(missingIn(text, id, data)).toEqual([]);
  });

  itReads('an agreement that replaces none does not speak of another one', async () => {
    const { replaces, ...data } = library.exampleOf('agreement');
    const textFor = async (given: Record<string, unknown>): Promise<string> =>
      wholeTextOf((await renderWith(library.get('agreement'), fonts, { data: given, createdAt: CREATED_AT })).bytes);
    expect(await textFor({ ...data, replaces })).toContain('本协议书替代各方当事人于2026年1月10日生效的人民调解协议书');
    expect(await textFor(data)).not.toContain('替代');
  });

  it('a short page of Mongolian is one page, text and signature together', async () => {
    const data = library.exampleOf('mongolian-page');
    const paper = await renderWith(library.get('mongolian-page'), fonts, { data, createdAt: CREATED_AT });
    expect(paper.pageCount).toBe(1);
  });

  itReads.each(TEMPLATE_IDS)('%s holds twelve people, long names and rare characters', async (id) => {
    const data = hardened(library.get(id).contract, library.exampleOf(id));
    const paper = await renderWith(library.get(id), fonts, { data, createdAt: CREATED_AT });
    const names = leavesOf(library.get(id).contract, data).filter(({ field }) => field.type === 'name');
    const printed = names.filter((n) => !(UNPRINTED[id] ?? []).includes(n.pointer));
    expect(lackingIn(paper.bytes, (text) => printed.filter((n) => !text.includes(bare(n.value))))).toEqual([]);
    const slots = paper.signatureBoxes.map(({ slot }) => slot);
    const wanted = leavesOf(library.get(id).contract, data).filter(({ pointer }) => /[sS]lot$/.test(pointer));
    expect(wanted.map(({ value }) => value).filter((slot) => !slots.includes(String(slot)))).toEqual([]);
    for (const { page, y, h } of [...paper.signatureBoxes, ...paper.sealBoxes]) {
      expect(page).toBeLessThanOrEqual(paper.pageCount);
      expect(y + h).toBeLessThan(841.89 - 40);
    }
  });
});
