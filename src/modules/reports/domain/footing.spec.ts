import fc from 'fast-check';
import { CASE_COLUMNS, CASE_FOOTINGS, type FactTraits } from './columns';
import { type Change, explain, type Fact } from './explain';
import { NATIONAL_BODIES, NATIONAL_SOURCES, NATIONAL_TYPES } from './national';
import { type FactGroup, faultsOf, tabulate } from './tabulate';

const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const fact: fc.Arbitrary<Fact> = fc
  .record({
    unit: oneOf('', 'a', 'b', 'c'),
    kind: oneOf('concluded', 'concluded', 'concluded', 'performed', 'confirmed', 'sued', 'survey', 'crime'),
    body: oneOf(...Object.keys(NATIONAL_BODIES)),
    source: oneOf(...Object.keys(NATIONAL_SOURCES)),
    type: oneOf(...Object.keys(NATIONAL_TYPES)),
    success: fc.boolean(),
    difficult: fc.boolean(),
    form: oneOf('oral', 'written'),
    people: fc.nat(200),
    amount: fc.nat(9_000_000_00),
    times: fc.nat(5),
    matters: fc.nat(9),
  })
  .map((f) => ({ ...f, count: 1, form: f.kind === 'concluded' && f.success ? f.form : null }));

const asGroup = (f: Fact): FactGroup => f;

describe('a statutory table', () => {
  it('foots, whatever was counted: types, sources and bodies each add up to the total, rows to the sum', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 60 }), (facts) => {
        const table = tabulate(CASE_COLUMNS, ['a', 'b'], facts.map(asGroup));
        expect(faultsOf(table, CASE_FOOTINGS)).toEqual([]);
        expect(table.sum['total']).toBe(facts.filter((f) => f.kind === 'concluded').length);
        expect(table.rows.map(({ unit }) => unit)).toEqual(expect.arrayContaining(['a', 'b']));
      }),
    );
  });

  it('says where it does not: a category that no column counts is a fault, not a silent loss', () => {
    const stray: FactTraits = {
      kind: 'concluded',
      body: 'village',
      source: 'applied',
      type: 'fire',
      form: 'oral',
      success: true,
      difficult: false,
    };
    const table = tabulate(
      CASE_COLUMNS,
      ['a'],
      [{ ...stray, unit: 'a', count: 2, people: 4, amount: 0, times: 0, matters: 0 }],
    );
    expect(faultsOf(table, CASE_FOOTINGS)).toEqual([
      { unit: 'a', label: '各类纠纷之和应等于调解案件总数', expected: 2, found: 0 },
      { unit: null, label: '各类纠纷之和应等于调解案件总数', expected: 2, found: 0 },
    ]);
  });

  it('refuses rows that do not add up to the sum', () => {
    const table = tabulate(CASE_COLUMNS, ['a'], []);
    expect(faultsOf({ ...table, sum: { ...table.sum, people: 3 } }, CASE_FOOTINGS)).toEqual([
      { unit: null, label: '各行之和应等于合计（people）', expected: 3, found: 0 },
    ]);
  });
});

describe('what has changed since a report was frozen', () => {
  const world = fc.uniqueArray(fc.record({ id: fc.nat(40), was: fc.option(fact), is: fc.option(fact) }), {
    selector: ({ id }) => id,
    maxLength: 30,
  });

  it('leads from every frozen figure to that of today, and names each thing that moved it', () => {
    fc.assert(
      fc.property(world, (things) => {
        const facts = (side: 'was' | 'is'): FactGroup[] => things.flatMap((t) => t[side] ?? []);
        const [then, now] = [tabulate(CASE_COLUMNS, ['a'], facts('was')), tabulate(CASE_COLUMNS, ['a'], facts('is'))];
        const frozen = new Map(then.rows.map(({ unit, figures }) => [unit, figures]));
        const changes = things
          .filter(({ was, is }) => JSON.stringify(was) !== JSON.stringify(is))
          .map(({ id, was, is }): Change => ({
            kind: (was ?? is)?.kind ?? '',
            subjectId: String(id),
            disputeId: null,
            before: was,
            after: is,
          }));
        const told = new Map(explain(CASE_COLUMNS, frozen, changes).map((d) => [`${d.unit}/${d.cell}`, d]));
        for (const unit of new Set([...then.rows, ...now.rows].map((r) => r.unit)))
          for (const { key } of CASE_COLUMNS) {
            const figure = (rows: typeof then.rows): number => rows.find((r) => r.unit === unit)?.figures[key] ?? 0;
            const difference = told.get(`${unit}/${key}`);
            if (difference === undefined) {
              expect(figure(now.rows)).toBe(figure(then.rows));
              continue;
            }
            expect(difference).toMatchObject({ before: figure(then.rows), after: figure(now.rows) });
            const named = [...difference.entered, ...difference.left, ...difference.changed].map((c) => c.subjectId);
            expect(named.length).toBeGreaterThan(0);
            expect(new Set(named).size).toBe(named.length);
          }
      }),
    );
  });

  it('tells a thing that changed its cell as left in the one and entered in the other', () => {
    const one: Fact = {
      unit: 'a',
      kind: 'concluded',
      body: 'village',
      source: 'applied',
      type: 'contract',
      form: 'oral',
      success: true,
      difficult: false,
      count: 1,
      people: 2,
      amount: 100,
      times: 0,
      matters: 0,
    };
    const change: Change = {
      kind: 'concluded',
      subjectId: 's',
      disputeId: 'd',
      before: one,
      after: { ...one, type: 'family' },
    };
    const told = explain(CASE_COLUMNS, new Map([['a', { 'type.contract': 4, 'type.family': 1 }]]), [change]);
    expect(told).toEqual([
      { unit: 'a', cell: 'type.family', before: 1, after: 2, entered: [change], left: [], changed: [] },
      { unit: 'a', cell: 'type.contract', before: 4, after: 3, entered: [], left: [change], changed: [] },
    ]);
  });
});
