import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { type CaseQuestion, Figures, type FigureQuestion, type Tally } from '../../../src/modules/statistics';
import { KeepFigures } from '../../../src/modules/statistics/application/keep-figures';
import { BREAKDOWNS } from '../../../src/modules/statistics/domain/breakdowns';
import { FIGURE_KEYS, type Figure, PARTS } from '../../../src/modules/statistics/domain/figures';
import { type Tx, UnitOfWork, withContext } from '../../../src/platform/database';
import { must } from '../../support/builders';
import { type TestApp, startTestApp } from '../../support/test-app';
import { livesOf } from './lives';

type Part = keyof typeof PARTS;
interface Answer {
  readonly items: readonly {
    readonly total: Tally;
    readonly groups: readonly { readonly key: string; readonly tally: Tally }[];
  }[];
}
interface Page {
  readonly total: number;
  readonly weight: number;
  readonly hiddenCount: number;
  readonly nextCursor: string | null;
  readonly items: readonly { readonly subjectId: string; readonly registrationNumber: string }[];
}

const FIFTY = 50;
const READERS = ['director', 'superior', 'supervisor'];

/** Sums that are folded, sums that are not, sealed matters, and a clock that has turned cases since. */
describe(`the same figure everywhere (${FIFTY} random ones, three readers; real PostgreSQL, real HTTP)`, () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
    const tell = await livesOf(t, 918);
    await tell(150);
    await t.app.get(KeepFigures).turn();
    await tell(50);
    await t.sql("update dispute set is_sealed = true where right(id::text, 1) in ('3', 'a')");
    t.clock.advanceDays(3);
  }, 120_000);
  afterAll(() => t.close());

  const inside = <T>(key: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
    withContext({ principal: { kind: 'account', accountId: t.world.account(key).id, sessionId: null } }, () =>
      t.app.get(UnitOfWork).read(work),
    );
  const query = (fields: object): string =>
    Object.entries(fields as Record<string, string | number | undefined>)
      .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(String(value))}`]))
      .join('&');
  const of = (tally: Tally, part: Part): number =>
    ({
      numerator: tally.numerator,
      denominator: tally.denominator ?? tally.numerator,
      missed: (tally.denominator ?? tally.numerator) - tally.numerator,
      apart: tally.apartCount,
    })[part];

  const day = fc
    .integer({ min: 0, max: 450 })
    .map((n) => new Date(Date.UTC(2025, 6, 1 + n)).toISOString().slice(0, 10));
  const figures = fc.record({
    figure: fc.constantFrom(...FIGURE_KEYS),
    basis: fc.constantFrom('period' as const, 'cohort' as const),
    from: fc.oneof(day, fc.constantFrom('2025-09-01', '2026-01-01')),
    span: fc.constantFrom(30, 90, 180, 364, 500),
    by: fc.constantFrom(...(Object.keys(BREAKDOWNS) as (keyof typeof BREAKDOWNS)[])),
    part: fc.constantFrom(...(Object.keys(PARTS) as Part[]), 'numerator' as const),
    filter: fc.constantFrom('', '', '', 'disputeType', 'channel', 'level', 'placeId', 'mediatorId'),
    isOne: fc.nat({ max: 3 }).map((n) => n === 0),
    pick: fc.nat({ max: 20 }),
  });
  const asked = fc
    .sample(figures, { numRuns: FIFTY, seed: 20_261_122 })
    .map((one, n) => [`${n + 1}. ${one.figure}`, one] as const);
  let shown = 0;

  it.each(asked)('%s', async (_, { figure, span, filter, isOne, part, pick, ...rest }) => {
    const { world } = t;
    const filters: Readonly<Record<string, string>> = {
      disputeType: 'family',
      channel: 'visit',
      level: '2',
      placeId: world.streetId,
      mediatorId: world.account('mediator').id,
    };
    const to = new Date(Date.parse(rest.from) + span * 86_400_000).toISOString().slice(0, 10);
    const question: FigureQuestion = {
      ...rest,
      to,
      ...(filter === '' ? {} : { [filter]: filters[filter] }),
      ...(isOne ? { centerId: world.centerId } : {}),
    };
    for (const reader of READERS) {
      const caller = await t.as(reader);
      const answer: Answer = must(await caller.get(`/statistics/figures?${query({ ...question, figure })}`), 200);
      const [item] = answer.items;
      if (!item) throw new Error('no figure');
      const within = await inside(reader, (tx) => t.app.get(Figures).compute(tx, { ...question, figure }));
      expect([reader, within.items[0]?.total, within.items[0]?.groups]).toEqual([reader, item.total, item.groups]);
      const { by: __, ...whole } = question;
      const totals = await inside(reader, (tx) => t.app.get(Figures).totals(tx, { ...whole, figures: [figure] }));
      expect([reader, totals.get(figure)]).toEqual([reader, item.total]);
      expect(item.groups.reduce((sum, g) => sum + of(g.tally, part), 0)).toBe(
        item.groups.length === 0 ? 0 : of(item.total, part),
      );

      const group = item.groups[pick % Math.max(1, item.groups.length)];
      const number = group === undefined ? of(item.total, part) : of(group.tally, part);
      const cases: CaseQuestion = { ...question, part, ...(group && { group: group.key === '' ? '-' : group.key }) };
      const listed = await listOf(reader, figure, cases);
      expect([reader, listed.weight]).toEqual([reader, number]);
      expect([reader, new Set(listed.ids).size + listed.hiddenCount]).toEqual([reader, listed.total]);
      expect(await sheetRows(reader, figure, cases)).toEqual(listed.numbers);
      shown += listed.ids.length;
    }
  });

  it('has shown cases at all', () => {
    expect(shown).toBeGreaterThan(500);
  });

  const listOf = async (reader: string, figure: Figure, cases: CaseQuestion) => {
    const caller = await t.as(reader);
    const ids: string[] = [];
    const numbers: string[] = [];
    let first: Page | undefined;
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: Page = must(
        await caller.get(`/statistics/figures/${figure}/matters?${query({ ...cases, limit: 100, cursor })}`),
        200,
      );
      first ??= page;
      ids.push(...page.items.map((c) => c.subjectId));
      numbers.push(...page.items.map((c) => c.registrationNumber));
      cursor = page.nextCursor;
    }
    if (!first) throw new Error('no page');
    return { ...first, ids, numbers };
  };

  /** Numbers of registration in the sheet of the cases, read back. */
  const sheetRows = async (reader: string, figure: Figure, cases: CaseQuestion): Promise<string[]> => {
    const reply = await (await t.as(reader)).download(`/statistics/figures/${figure}/export?${query(cases)}`);
    expect(reply.status).toBe(200);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(reply.body as Uint8Array<ArrayBuffer> & ExcelJS.Buffer);
    const rows: unknown[][] = [];
    book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
    return rows.slice(2).flatMap((row) => (typeof row[0] === 'number' ? [String(row[1])] : []));
  };
});
