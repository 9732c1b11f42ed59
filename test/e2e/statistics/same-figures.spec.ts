import { execFileSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { fromBufferPromise } from 'yauzl';
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
    readonly label: string;
    readonly unit: string;
    readonly total: Tally;
    readonly groups: readonly { readonly key: string; readonly name: string; readonly tally: Tally }[];
  }[];
}
interface Page {
  readonly isWithheld: boolean;
  readonly total: number | null;
  readonly weight: number | null;
  readonly hiddenCount: number | null;
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
    await t.sql(`update dispute set is_sealed = true where id in (
      select id from (select id, row_number() over (order by registered_at, registration_number) as n from dispute) o where n % 16 = 3)`);
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
  /** null where nothing is told. */
  const of = ({ isWithheld, numerator, denominator, apartCount }: Tally, part: Part): number | null => {
    if (isWithheld || numerator === null) return null;
    const whole = denominator ?? numerator;
    return { numerator, denominator: whole, missed: Math.round((whole - numerator) * 100) / 100, apart: apartCount }[
      part
    ];
  };

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
  let [shown, withheld] = [0, 0];

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
      ...(isOne ? { centerId: world.centerId, ...(pick % 2 === 0 ? { isWithBelow: true } : {}) } : {}),
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
      // By groups a whole may be withheld that stands alone.
      if (!item.total.isWithheld) expect([reader, totals.get(figure)]).toEqual([reader, item.total]);
      const told = item.groups.map((g) => of(g.tally, part));
      if (!item.total.isWithheld && told.length > 0 && !told.includes(null))
        expect(told.reduce<number>((sum, n) => sum + (n ?? 0), 0)).toBe(of(item.total, part));
      // Beside a whole that is told, one number alone could be had by subtraction.
      if (!item.total.isWithheld) expect(told.filter((n) => n === null)).not.toHaveLength(1);

      const group = item.groups[pick % Math.max(1, item.groups.length)];
      const tally = group === undefined ? item.total : group.tally;
      const number = of(tally, part);
      const cases: CaseQuestion = { ...question, part, ...(group && { group: group.key === '' ? '-' : group.key }) };
      const listed = await listOf(reader, figure, cases);
      expect([reader, listed.weight]).toEqual([reader, number]);
      expect(await caseRows(reader, figure, cases)).toEqual(listed.numbers);
      if (number === null) {
        expect([reader, listed.isWithheld, listed.total, listed.hiddenCount, listed.ids]).toEqual([
          reader,
          true,
          null,
          null,
          [],
        ]);
        withheld += 1;
      } else {
        expect([reader, new Set(listed.ids).size + (listed.hiddenCount ?? 0)]).toEqual([reader, listed.total]);
        shown += listed.ids.length;
      }
      const printed = printedOf(tally);
      const row = group === undefined ? { first: `${item.label}（${item.unit}）` } : { first: group.name };
      if (reader === READERS[0])
        expect([reader, await sheetRow(reader, { ...question, figure }, item.label, group?.name ?? '合计')]).toEqual([
          reader,
          printed,
        ]);
      expect([reader, await reportRow(reader, { ...question, figure }, row.first)]).toEqual([reader, printed]);
    }
  });

  it('has shown cases, and has withheld numbers, at all', () => {
    expect(shown).toBeGreaterThan(500);
    expect(withheld).toBeGreaterThan(10);
  });

  it('the same in one PDF of all figures', async () => {
    const director = await t.as('director');
    const asked = query({ from: '2025-09-01', to: '2026-06-30', by: 'type-1' });
    const { items }: Answer = must(await director.get(`/statistics/figures?${asked}`), 200);
    const reply = await director.download(`/statistics/figures-report?${asked}&kind=pdf`);
    const words = textOf(reply.body as Buffer);
    for (const { label, unit, total, groups } of items) {
      expect(words).toContain(`${label}（${unit}）${printedOf(total).join('')}`.replace(/\s/g, ''));
      for (const { name, tally } of groups)
        expect(words).toContain(`${name}${printedOf(tally).join('')}`.replace(/\s/g, ''));
    }
  });

  /** Numerator, denominator and rate as Excel and report print them. */
  const printedOf = ({ isWithheld, numerator, denominator, ratio }: Tally): string[] => {
    if (isWithheld) return ['＊', '＊', '＊'];
    const rate = denominator === null ? '' : ratio === null ? '—' : `${(ratio * 100).toFixed(1)}%`;
    return [String(numerator), String(denominator ?? ''), rate];
  };

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
  const caseRows = async (reader: string, figure: Figure, cases: CaseQuestion): Promise<string[]> => {
    const rows = await sheetOf(reader, `figures/${figure}/export?${query(cases)}`);
    return rows.slice(2).flatMap((row) => (typeof row[0] === 'number' ? [String(row[1])] : []));
  };

  const sheetRow = async (reader: string, asked: object, label: string, group: string): Promise<string[]> => {
    const rows = await sheetOf(reader, `figures-export?${query(asked)}`);
    const row = rows.find((cells) => cells[1] === label && cells[2] === group) ?? [];
    return [3, 4, 5].map((at) => String(row[at] ?? ''));
  };

  const reportRow = async (reader: string, asked: object, first: string): Promise<string[]> => {
    const reply = await (await t.as(reader)).download(`/statistics/figures-report?${query(asked)}&kind=docx`);
    expect(reply.status).toBe(200);
    const rows = await wordRows(reply.body as Buffer);
    return rows.find((row) => row[0] === first)?.slice(1, 4) ?? [];
  };

  const sheetOf = async (reader: string, path: string): Promise<(string | number | undefined)[][]> => {
    const reply = await (await t.as(reader)).download(`/statistics/${path}`);
    expect(reply.status).toBe(200);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(reply.body as Uint8Array<ArrayBuffer> & ExcelJS.Buffer);
    const rows: (string | number | undefined)[][] = [];
    book.worksheets[0]?.eachRow((row) => rows.push((row.values as (string | number | undefined)[]).slice(1)));
    return rows;
  };
});

/** Rows of the tables of a Word file, cell by cell. */
async function wordRows(file: Buffer): Promise<string[][]> {
  const zip = await fromBufferPromise(file, { lazyEntries: true });
  let xml = '';
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === 'word/document.xml') xml = await text(await zip.openReadStreamPromise(entry));
  }
  return [...xml.matchAll(/<w:tr>.*?<\/w:tr>/gs)].map(([row]) =>
    [...row.matchAll(/<w:t [^>]*>([^<]*)<\/w:t>/g)].map(([, cell = '']) => cell),
  );
}

function textOf(pdf: Buffer): string {
  return execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf }).toString().replace(/\s/g, '');
}
