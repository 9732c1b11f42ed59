import fc from 'fast-check';
import { type GuardedGroup, type Suppression, suppress, withheldOf } from './suppression';

const table = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 })).chain(([rows, columns]) =>
  fc.array(
    fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 400 })), {
      minLength: columns,
      maxLength: columns,
    }),
    { minLength: rows, maxLength: rows },
  ),
);

/** Cells and sums in one grid. */
const numbers = (t: readonly (readonly number[])[]): number[][] => {
  const rows = t.map((row) => [...row, row.reduce((a, b) => a + b, 0)]);
  return [...rows, (rows[0] ?? []).map((_, c) => rows.reduce((sum, row) => sum + (row[c] ?? 0), 0))];
};
const mask = ({ cells, rows, columns, total }: Suppression): boolean[][] => [
  ...cells.map((row, r) => [...row, rows[r] ?? false]),
  [...columns, total],
];

/** Hidden numbers that follow from those shown: by solving the equations of rows and columns, not by looking at circles. */
function reckonable(hidden: readonly (readonly boolean[])[]): number {
  const [height, width] = [hidden.length, hidden[0]?.length ?? 0];
  const unknowns = hidden.flatMap((row, r) => row.flatMap((is, c) => (is ? [[r, c] as const] : [])));
  const equations: number[][] = [
    ...Array.from({ length: height }, (_, row) =>
      unknowns.map(([r, c]) => (r === row ? (c === width - 1 ? -1 : 1) : 0)),
    ),
    ...Array.from({ length: width }, (_, column) =>
      unknowns.map(([r, c]) => (c === column ? (r === height - 1 ? -1 : 1) : 0)),
    ),
  ];
  let done = 0;
  for (const column of unknowns.keys()) {
    const pivot = equations.findIndex((e, i) => i >= done && Math.abs(e[column] ?? 0) > 1e-9);
    if (pivot < 0) continue;
    const [row, other] = [equations[pivot] ?? [], equations[done] ?? []];
    equations[pivot] = other;
    const unit = row.map((n) => n / (row[column] ?? 1));
    equations[done] = unit;
    for (const [i, e] of equations.entries()) {
      const factor = e[column] ?? 0;
      if (i !== done) equations[i] = e.map((n, k) => n - factor * (unit[k] ?? 0));
    }
    done += 1;
  }
  return equations.filter((e) => e.filter((n) => Math.abs(n) > 1e-9).length === 1).length;
}

describe('small cells', () => {
  it('are hidden, and none of them can be reckoned from what is shown', () => {
    fc.assert(
      fc.property(table, (t) => {
        const hidden = mask(suppress(t));
        numbers(t).forEach((row, r) => {
          row.forEach((n, c) => {
            if (n > 0 && n < 5) expect([n, hidden[r]?.[c]]).toEqual([n, true]);
          });
        });
        expect(reckonable(hidden)).toBe(0);
      }),
      { numRuns: 2000, seed: 5 },
    );
  });

  it('are not made of large ones', () => {
    fc.assert(
      fc.property(table, (t) => {
        const large = t.map((row) => row.map((n) => (n === 0 ? 0 : n + 5)));
        expect(mask(suppress(large)).flat().some(Boolean)).toBe(false);
      }),
    );
  });

  it('take the next smallest along, cells before sums, and a nought last of all', () => {
    expect(
      suppress([
        [2, 60],
        [30, 70],
        [90, 80],
      ]),
    ).toEqual({
      cells: [
        [true, true],
        [true, true],
        [false, false],
      ],
      rows: [false, false, false],
      columns: [false, false],
      total: false,
    });
    // A nought stays; the sum of the row is as small as its cell, and takes its own next along.
    expect(
      suppress([
        [3, 0],
        [0, 0],
        [50, 40],
      ]),
    ).toEqual({
      cells: [
        [true, false],
        [false, false],
        [true, false],
      ],
      rows: [true, false, true],
      columns: [false, false],
      total: false,
    });
  });

  it('of a single row hide its sums as well', () => {
    expect(suppress([[3]])).toEqual({ cells: [[true]], rows: [true], columns: [true], total: true });
    expect(suppress([[0]])).toEqual({ cells: [[false]], rows: [false], columns: [false], total: false });
    expect(suppress([])).toEqual({ cells: [], rows: [], columns: [], total: false });
  });
});

describe('what a figure withholds by group', () => {
  const guarded = fc
    .record({
      count: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 60 })),
      isClosed: fc.nat({ max: 3 }),
    })
    .map(({ count, isClosed }) => ({ count, closed: isClosed === 0 ? Math.min(1, count) : 0 }));
  const groups = fc
    .array(fc.record({ hit: guarded, miss: guarded }, { noNullPrototype: true }), { minLength: 1, maxLength: 6 })
    .map((list) => new Map(list.map((group, i): [string, GuardedGroup] => [`g${i}`, group])));
  const tells = (some: readonly GuardedGroup[], part: string): boolean => {
    const of = (key: 'count' | 'closed'): number => some.reduce((sum, group) => sum + (group[part]?.[key] ?? 0), 0);
    return of('closed') > 0 && of('count') > 0 && of('count') < 5;
  };
  const tellsAny = (some: readonly GuardedGroup[]): boolean => ['hit', 'miss'].some((part) => tells(some, part));

  it('shows no number that tells of a sealed matter, nor lets one be had from the whole', () => {
    fc.assert(
      fc.property(groups, (all) => {
        const { groups: hidden, whole } = withheldOf(all);
        const [shown, withheld] = [true, false].map((is) =>
          [...all].filter(([key]) => hidden.has(key) !== is).map(([, group]) => group),
        ) as [GuardedGroup[], GuardedGroup[]];
        for (const group of shown) expect(tellsAny([group])).toBe(false);
        if (whole) return;
        expect(tellsAny([...all.values()])).toBe(false);
        expect(withheld.length).not.toBe(1);
        expect(tellsAny(withheld)).toBe(false);
      }),
    );
  });

  it('withholds nothing where nothing tells', () => {
    fc.assert(
      fc.property(groups, (all) => {
        fc.pre(![...all.values()].some((group) => tellsAny([group])));
        expect(withheldOf(all)).toEqual({ groups: new Set(), whole: false });
      }),
    );
  });
});
