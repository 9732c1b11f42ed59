import fc from 'fast-check';
import { paginate, type FlowItem, type Glue } from './flow';

interface Named extends FlowItem {
  readonly name: string;
}

function item(name: string, height = 10, more: Partial<FlowItem> = {}): Named {
  return { name, height, glue: 'none', paint: () => undefined, ...more };
}

function namesOf(items: readonly FlowItem[], pageHeight: number): string[][] {
  return paginate(items, pageHeight).map((page) => page.map((placed) => (placed.item as Named).name));
}

describe('pages', () => {
  it('keep every item once and in order, and never overflow', () => {
    const items = fc.array(
      fc.record({
        height: fc.integer({ min: 1, max: 60 }),
        glue: fc.constantFrom<Glue>('none', 'weak', 'strong'),
        breaksBefore: fc.boolean(),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(items, (raw) => {
        const named = raw.map(({ height, glue, breaksBefore }, i) => item(String(i), height, { glue, breaksBefore }));
        const pages = paginate(named, 100);
        expect(pages.flat().map((placed) => (placed.item as Named).name)).toEqual(named.map(({ name }) => name));
        for (const page of pages) {
          const last = page.at(-1);
          if (last !== undefined) expect(last.top + last.item.height).toBeLessThanOrEqual(100);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('carry a glued group over together', () => {
    const body = Array.from({ length: 8 }, (_, i) => item(`line ${i}`));
    const closing = [
      item('last line', 10, { glue: 'strong' }),
      item('signatures', 20, { glue: 'weak' }),
      item('seal', 30),
    ];
    expect(namesOf([...body, ...closing], 100)[1]).toEqual(['last line', 'signatures', 'seal']);
  });

  it('cut a group that is taller than a page at its weak places only', () => {
    const rows = Array.from({ length: 6 }, (_, i) =>
      item(`row ${i}`, 30, { glue: i === 4 ? 'strong' : i === 5 ? 'none' : 'weak' }),
    );
    expect(namesOf(rows, 100)).toEqual([
      ['row 0', 'row 1', 'row 2'],
      ['row 3', 'row 4', 'row 5'],
    ]);
  });

  it('repeat the head of a table on every page', () => {
    const head = item('head', 10, { glue: 'strong' });
    const rows = Array.from({ length: 12 }, (_, i) => item(`row ${i}`, 20, { head: [head] }));
    const pages = namesOf([head, ...rows], 100);
    expect(pages).toHaveLength(3);
    expect(pages.map((page) => page.filter((name) => name === 'head').length)).toEqual([1, 1, 1]);
    expect(pages.map((page) => page[0])).toEqual(['head', 'head', 'head']);
  });

  it('make a chart lower that has nearly room, and take it over where it would be too low', () => {
    const chart = (height: number): Named =>
      item('chart', height, { glue: 'none', lowered: (by) => (height - by < 40 ? null : chart(height - by)) });
    const after = (used: number) =>
      paginate([item('text', used), item('caption', 10, { glue: 'strong' }), chart(60)], 100).map((page) =>
        page.map(({ item: placed, top }) => [top, placed.height]),
      );
    expect(after(30)).toEqual([
      [
        [0, 30],
        [30, 10],
        [40, 60],
      ],
    ]);
    expect(after(45)).toEqual([
      [
        [0, 45],
        [45, 10],
        [55, 45],
      ],
    ]);
    expect(after(51)).toEqual([
      [[0, 51]],
      [
        [0, 10],
        [10, 60],
      ],
    ]);
  });

  it('drop space at the top', () => {
    expect(namesOf([item('full', 100), item('space', 20, { isSpace: true }), item('next')], 100)).toEqual([
      ['full'],
      ['next'],
    ]);
  });
});
