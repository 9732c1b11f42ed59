import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { FIGURE_KEYS, FIGURES } from '../../../src/modules/statistics/domain/figures';
import { must } from '../../support/builders';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { keepFigures, tell, type Told } from './stage';

interface Tally {
  readonly isWithheld: boolean;
  readonly numerator: number;
  readonly denominator: number | null;
  readonly ratio: number | null;
  readonly apartCount: number;
  readonly apart: readonly { note: string; count: number }[];
}
interface Figures {
  readonly comparedUntil: string | null;
  readonly previousPeriod: { readonly from: string; readonly to: string };
  readonly centers: readonly { name: string }[];
  readonly items: readonly {
    figure: string;
    label: string;
    total: Tally;
    previous: Tally;
    lastYear: Tally;
    groups: readonly { key: string; name: string; tally: Tally; previous: Tally }[];
  }[];
}
interface Cases {
  readonly total: number;
  readonly hiddenCount: number;
  readonly nextCursor: string | null;
  readonly items: readonly {
    subjectId: string;
    disputeId: string;
    registrationNumber: string;
    title: string;
    noteName: string | null;
  }[];
}

/** The clock stands on Friday 2026-09-18, 09:00 in Hohhot. */
describe('figures (real PostgreSQL, real HTTP; a world written by hand)', () => {
  let t: TestApp;
  let director: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    director = await t.as('director');
  });
  afterAll(() => t.close());
  beforeEach(async () => {
    await t.sql("set session_replication_role = 'replica'");
    for (const table of [
      'dispute',
      'agreement',
      'performance_item',
      'mediation_ending',
      'dispute_reopening',
      'mediation_period',
      'follow_up_visit',
      'summons',
      'summons_task',
      'summons_due',
    ])
      await t.sql(`delete from ${table}`);
    await t.sql("set session_replication_role = 'origin'");
    await t.sql('truncate app.figure_fact, app.figure_delta, app.figure_cell, app.figure_scope');
  });

  const query = (fields: Readonly<Record<string, string | undefined>>): string => {
    const asked: Record<string, string | undefined> = { from: '2026-07-01', to: '2026-09-30', ...fields };
    return Object.entries(asked)
      .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]))
      .join('&');
  };
  const read = async (fields: Readonly<Record<string, string | undefined>> = {}, caller = director): Promise<Figures> =>
    must(await caller.get(`/statistics/figures?${query(fields)}`), 200);
  const total = async (
    figure: string,
    fields: Readonly<Record<string, string | undefined>> = {},
  ): Promise<Tally | undefined> => (await read({ figure, ...fields })).items[0]?.total;
  const behind = async (
    figure: string,
    fields: Readonly<Record<string, string | undefined>>,
  ): Promise<Cases['items'][number][]> => {
    const found: Cases['items'][number][] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Cases = must(
        await director.get(
          `/statistics/figures/${figure}/matters?${query({ limit: '3', ...fields, cursor: cursor === '' ? undefined : cursor })}`,
        ),
        200,
      );
      found.push(...page.items);
      cursor = page.nextCursor;
    }
    return found;
  };

  const sheetOf = async (path: string): Promise<(string | number | null)[][]> => {
    const reply = await director.download(path);
    expect(reply.status).toBe(200);
    expect(reply.headers['content-disposition']).toContain('.xlsx');
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(reply.body as Uint8Array<ArrayBuffer> & ExcelJS.Buffer);
    const rows: (string | number | null)[][] = [];
    book.worksheets[0]?.eachRow((row) => rows.push((row.values as (string | number | null)[]).slice(1)));
    return rows;
  };

  describe('count what their definitions say', () => {
    it('registered, accepted, closed: by their own days, merged ones once, zero is zero', async () => {
      await tell(t, [
        { registered: '2026-07-01', accepted: '2026-07-02', closed: '2026-08-01' },
        { registered: '2026-09-30', accepted: '2026-10-08' },
        { registered: '2026-06-30', accepted: '2026-07-01', closed: '2026-10-01' },
        { registered: '2026-10-01' },
        { registered: '2026-08-01', merged: true },
        { registered: '2026-08-01', center: t.world.foreignCenterId },
        { registered: '2026-08-01', center: t.world.streetCenterId },
      ]);
      expect(await total('registered')).toMatchObject({ numerator: 3, denominator: null, ratio: null });
      expect(await total('registered', { centerId: t.world.centerId })).toMatchObject({ numerator: 2 });
      expect(await total('accepted')).toMatchObject({ numerator: 2 });
      expect(await total('closed')).toMatchObject({ numerator: 1 });
      expect(await total('agreed')).toEqual({
        isWithheld: false,
        numerator: 0,
        denominator: 0,
        ratio: null,
        apartCount: 0,
        apart: [],
      });
    });

    it('agreed: agreements in force over what came to an end; withdrawn apart, refused beforehand not at all', async () => {
      await tell(t, [
        { registered: '2026-07-01', accepted: '2026-07-02', agreement: { effective: '2026-08-01' } },
        { registered: '2026-07-01', accepted: '2026-07-02', agreement: { effective: '2026-10-01' } },
        {
          registered: '2026-07-01',
          accepted: '2026-07-02',
          ending: { on: '2026-08-01', state: 'terminated', code: 'irreconcilable' },
        },
        {
          registered: '2026-07-01',
          accepted: '2026-07-02',
          ending: { on: '2026-08-01', state: 'unreachable', code: 'unreachable' },
        },
        {
          registered: '2026-07-01',
          accepted: '2026-07-02',
          ending: { on: '2026-08-02', state: 'withdrawn', code: 'applicant-withdrew' },
        },
        {
          registered: '2026-07-01',
          accepted: '2026-07-02',
          ending: { on: '2026-08-02', state: 'refused', code: 'refused', afterAcceptance: false },
        },
        { registered: '2026-07-01', accepted: '2026-07-02', agreement: { effective: '2026-08-01', voided: true } },
        { registered: '2026-07-01', accepted: '2026-07-02' },
      ]);
      expect(await total('agreed')).toEqual({
        isWithheld: false,
        numerator: 1,
        denominator: 3,
        ratio: 0.3333,
        apartCount: 1,
        apart: [{ note: 'withdrawn', noteName: '申请人撤回', count: 1 }],
      });
    });

    it('settled: with a conscience — kept, not relapsed, and what is not known yet apart', async () => {
      const accepted = { registered: '2026-07-01', accepted: '2026-07-02' };
      const agreement = { effective: '2026-07-10' };
      const [, broken] = await tell(t, [
        { ...accepted, agreement, items: [{ due: '2026-08-01', state: 'performed' }] },
        {
          ...accepted,
          agreement,
          items: [
            { due: '2026-08-01', state: 'performed' },
            { due: '2026-09-17', state: 'open' },
          ],
        },
        { ...accepted, agreement, items: [{ due: '2026-08-01', state: 'breached' }] },
        { ...accepted, agreement, items: [{ due: '2026-09-18', state: 'open' }] },
        { ...accepted, agreement: { effective: '2026-08-20' } },
        { ...accepted, agreement, reopened: '2026-08-05' },
        { ...accepted, agreement, reopened: '2026-08-20' },
        { ...accepted, ending: { on: '2026-07-20', state: 'withdrawn', code: 'settled-privately' } },
        { ...accepted, ending: { on: '2026-07-20', state: 'withdrawn', code: 'applicant-withdrew' } },
        { ...accepted, ending: { on: '2026-07-20', state: 'terminated', code: 'irreconcilable' } },
        { ...accepted },
        { registered: '2026-06-01', accepted: '2026-06-30', agreement },
      ]);
      // What was taken up again is in hand again, and has come to nothing yet.
      const settled = await total('settled', { basis: 'cohort' });
      expect(settled).toMatchObject({ numerator: 2, denominator: 6, ratio: 0.3333, apartCount: 5 });
      expect(new Map(settled?.apart.map((a) => [a.note, a.count]))).toEqual(
        new Map([
          ['in-hand', 3],
          ['not-due', 1],
          ['observation', 1],
        ]),
      );
      // By what happened, the matter taken in the quarter before counts where its agreement came into force.
      expect(await total('settled')).toMatchObject({ numerator: 3, denominator: 7 });
      const missed = await behind('settled', { basis: 'cohort', part: 'missed' });
      expect(missed.map((c) => c.noteName).sort()).toEqual(
        ['违约或到期未履行', '违约或到期未履行', '调解不成', '申请人撤回'].sort(),
      );
      expect(missed.map((c) => c.disputeId)).toContain(broken);
    });

    it('on time: on the last day is in time; paused and not yet due apart', async () => {
      const matter = { registered: '2026-07-01', accepted: '2026-07-02' };
      await tell(t, [
        { ...matter, period: { due: '2026-08-02', ended: '2026-08-02' } },
        { ...matter, period: { due: '2026-08-02', ended: '2026-08-03' } },
        { ...matter, period: { due: '2026-09-17' } },
        { ...matter, period: { due: '2026-09-18' } },
        { ...matter, period: { due: '2026-09-01', paused: true } },
        { ...matter, period: { due: '2026-10-01', ended: '2026-09-01' } },
      ]);
      expect(await total('on-time')).toMatchObject({ numerator: 1, denominator: 3, apartCount: 2 });
      expect(await total('on-time', { to: '2026-10-31' })).toMatchObject({ numerator: 2, denominator: 4 });
    });

    it('agencies: signed at the due instant is late; objections upheld and whistles withdrawn do not count', async () => {
      const [a0, a1] = t.world.agencyIds;
      await tell(t, [
        {
          registered: '2026-07-01',
          tasks: [
            { agency: a0, issued: '2026-08-03', due: '2026-08-05', signed: '2026-08-04' },
            { agency: a0, issued: '2026-08-03', due: '2026-08-05', signed: '2026-08-05' },
            { agency: a1, issued: '2026-08-03', due: '2026-08-05' },
            { agency: a1, issued: '2026-09-17', due: '2026-09-19' },
            { agency: a1, issued: '2026-08-03', due: '2026-08-05', state: 'upheld' },
            { agency: a1, issued: '2026-08-03', due: '2026-08-05', state: 'withdrawn' },
          ],
        },
      ]);
      expect(await total('signed-in-time')).toMatchObject({ numerator: 1, denominator: 3, apartCount: 1 });
      expect(await total('signed-in-time', { agencyId: a0 })).toMatchObject({
        numerator: 1,
        denominator: 2,
        ratio: 0.5,
      });
      const grouped = await read({ by: 'agency' });
      expect(grouped.items.map((i) => i.figure)).toEqual([
        'response',
        'signed-in-time',
        'arrived',
        'arrived-in-time',
        'answered-in-time',
      ]);
      expect(new Map(grouped.items[1]?.groups.map((g) => [g.name, g.tally.denominator]))).toEqual(
        new Map([
          ['新城区征收办', 2],
          ['新城区自然资源分局', 1],
        ]),
      );
    });

    it('performed by due day, satisfied by those who said something', async () => {
      await tell(t, [
        {
          registered: '2026-07-01',
          accepted: '2026-07-02',
          agreement: { effective: '2026-07-10' },
          items: [
            { due: '2026-08-01', state: 'performed' },
            { due: '2026-09-17', state: 'open' },
            { due: '2026-09-18', state: 'open' },
            { due: '2026-09-01', state: 'cancelled' },
            { due: '2026-10-01', state: 'performed' },
          ],
          visits: [
            { on: '2026-08-01', satisfaction: 'satisfied' },
            { on: '2026-08-02', satisfaction: 'mostly-satisfied' },
            { on: '2026-08-03', satisfaction: 'dissatisfied' },
            { on: '2026-08-04', satisfaction: 'no-answer' },
            { on: '2026-08-05', satisfaction: null, reached: false },
          ],
        },
      ]);
      expect(await total('performed')).toMatchObject({ numerator: 1, denominator: 2, apartCount: 1 });
      expect(await total('satisfied')).toMatchObject({ numerator: 2, denominator: 3, ratio: 0.6667, apartCount: 2 });
    });

    it('groups by the finer kinds that a center has set for itself', async () => {
      const [office, stairs] = await tell(t, [
        { registered: '2026-07-05', type: 'neighbor' },
        { registered: '2026-07-06', type: 'neighbor' },
        { registered: '2026-07-07', type: 'neighbor' },
      ]);
      await t.sql(
        `with own as (insert into local_type (id, center_id, dispute_type, name, ordinal, created_at)
           values (gen_random_uuid(), $1, 'neighbor', '楼道充电', 1, now()) returning id)
         update dispute set local_type_id = (select id from own) where id = any ($2)`,
        [t.world.centerId, [office, stairs]],
      );
      await keepFigures(t, [office ?? '', stairs ?? '']);
      const [registered] = (await read({ figure: 'registered', by: 'local-type' })).items;
      expect(registered?.groups.map(({ name, tally }) => [name, tally.numerator])).toEqual([
        ['未填', 1],
        ['楼道充电', 2],
      ]);
      const key = registered?.groups[1]?.key ?? '';
      const cases = (
        await (
          await t.as('director')
        ).get(`/statistics/figures/registered/matters?${query({ by: 'local-type', group: key })}`)
      ).body as { items: { disputeId: string }[] };
      expect(cases.items.map((one) => one.disputeId).sort()).toEqual([office, stairs].sort());
    });

    it('groups by type at three depths, month, quarter, year and mediator, and holds against other periods', async () => {
      const mediator = t.world.account('mediator').id;
      await tell(t, [
        { registered: '2026-07-05', type: 'family.inheritance', handler: mediator },
        { registered: '2026-08-05', type: 'family.divorce' },
        { registered: '2026-08-06', type: 'property', handler: mediator },
        { registered: '2026-05-01', type: null },
        { registered: '2025-08-01', type: 'family' },
        // In the same quarter of the other periods, but on days to which this one has not come.
        { registered: '2026-06-25', type: 'family' },
        { registered: '2025-09-19', type: 'family' },
      ]);
      const groups = async (by: string): Promise<[string, number][]> =>
        ((await read({ figure: 'registered', by })).items[0]?.groups ?? []).map((g) => [g.name, g.tally.numerator]);
      expect(await groups('type-1')).toEqual([
        ['婚姻家庭', 2],
        ['物业', 1],
      ]);
      expect(await groups('type-2')).toEqual([
        ['离婚', 1],
        ['继承', 1],
        ['物业', 1],
      ]);
      expect(await groups('month')).toEqual([
        ['2026年7月', 1],
        ['2026年8月', 2],
      ]);
      expect(await groups('quarter')).toEqual([['2026年第3季度', 3]]);
      expect(await groups('mediator')).toEqual([
        ['未填', 1],
        ['刘调解', 2],
      ]);
      const [registered] = (await read({ figure: 'registered' })).items;
      expect([registered?.total.numerator, registered?.previous.numerator, registered?.lastYear.numerator]).toEqual([
        3, 1, 1,
      ]);
      expect(await read({ figure: 'registered' })).toMatchObject({
        comparedUntil: '2026-09-18',
        previousPeriod: { from: '2026-04-01', to: '2026-06-18' },
        lastYearPeriod: { from: '2025-07-01', to: '2025-09-18' },
      });
      expect(await total('registered', { disputeType: 'family' })).toMatchObject({ numerator: 2 });
      expect(await total('registered', { mediatorId: mediator })).toMatchObject({ numerator: 2 });
    });
  });

  describe('and the cases behind them are the same query', () => {
    const day = fc
      .integer({ min: 0, max: 500 })
      .map((n) => new Date(Date.UTC(2025, 6, 1 + n)).toISOString().slice(0, 10));
    const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
      fc.option(arbitrary, { nil: undefined });

    it('sum of the list = figure, for random worlds, filters, groups and parts', async () => {
      const { world } = t;
      const matter: fc.Arbitrary<Told> = fc.record(
        {
          center: fc.constantFrom(world.centerId, world.streetCenterId, world.foreignCenterId),
          type: fc.constantFrom('family', 'family.divorce', 'family.inheritance', 'property', null),
          handler: maybe(fc.constantFrom(world.account('mediator').id, world.account('mediator-2').id)),
          registered: day,
          accepted: maybe(day),
          closed: maybe(day),
          sealed: fc.nat({ max: 4 }).map((n) => n === 0),
          agreement: maybe(fc.record({ effective: day, voided: fc.boolean() })),
          items: fc.array(
            fc.record({ due: day, state: fc.constantFrom('open' as const, 'breached' as const, 'performed' as const) }),
            { maxLength: 2 },
          ),
          ending: maybe(
            fc.record({
              on: day,
              state: fc.constantFrom('terminated' as const, 'withdrawn' as const),
              code: fc.constantFrom('settled-privately', 'other'),
            }),
          ),
          reopened: maybe(day),
          period: maybe(fc.record({ due: day, ended: maybe(day), paused: fc.boolean() })),
          visits: fc.array(
            fc.record({ on: day, satisfaction: fc.constantFrom('satisfied', 'dissatisfied', 'no-answer') }),
            { maxLength: 2 },
          ),
          tasks: fc.array(
            fc.record({ agency: fc.constantFrom(...world.agencyIds), issued: day, due: day, signed: maybe(day) }),
            { maxLength: 2 },
          ),
        },
        { noNullPrototype: true },
      );
      const told = fc.sample(matter, { numRuns: 120, seed: 20260918 }).map((m) => {
        // A mediation period begins on 2025-01-01, and a clock is never shortened below its start: any due day will do.
        const { agreement } = m;
        return agreement === undefined ? { ...m, items: [] } : m;
      });
      await tell(t, told);
      const filters = fc.record({
        // A figure of days or of money adds up those of its cases, not the cases.
        figure: fc.constantFrom(...FIGURE_KEYS.filter((f) => !['日', '元'].includes(FIGURES[f].unit))),
        from: day,
        span: fc.integer({ min: 0, max: 400 }),
        centerId: fc.constantFrom(undefined, undefined, world.centerId, world.streetCenterId),
        disputeType: fc.constantFrom(undefined, undefined, 'family', 'property'),
        mediatorId: fc.constantFrom(undefined, undefined, world.account('mediator').id),
        by: fc.constantFrom('none', 'center', 'type-1', 'type-2', 'month', 'quarter', 'mediator'),
      });
      let seen = 0;
      for (const { figure, from, span, ...rest } of fc.sample(filters, { numRuns: 6, seed: 918 })) {
        const to = new Date(Date.parse(from) + span * 86_400_000).toISOString().slice(0, 10);
        const asked = { figure, from, to, ...rest };
        const [item] = (await read(asked)).items;
        if (!item) throw new Error('no figure');
        const groups = item.groups.length === 0 ? [] : item.groups;
        for (const part of ['numerator', 'denominator', 'missed', 'apart'] as const) {
          const of = (tally: Tally): number | null =>
            tally.isWithheld
              ? null
              : part === 'numerator'
                ? tally.numerator
                : part === 'apart'
                  ? tally.apartCount
                  : part === 'missed'
                    ? (tally.denominator ?? tally.numerator) - tally.numerator
                    : (tally.denominator ?? tally.numerator);
          const cases: Cases = must(
            await director.get(
              `/statistics/figures/${figure}/matters?${query({ ...asked, figure: undefined, part, limit: '100' })}`,
            ),
            200,
          );
          expect([asked, part, cases.total]).toEqual([asked, part, of(item.total)]);
          const listed = await behind(figure, { ...asked, figure: undefined, part, limit: '50' });
          const hidden = of(item.total) === null ? null : cases.hiddenCount;
          expect([asked, part, hidden === null ? null : new Set(listed.map((c) => c.subjectId)).size + hidden]).toEqual(
            [asked, part, of(item.total)],
          );
          expect(listed.some((c) => c.title === '（封存事项）')).toBe(false);
          seen += listed.length;
          if (groups.length > 0) {
            if (![item.total, ...groups.map((g) => g.tally)].some((tally) => tally.isWithheld))
              expect(groups.reduce((sum, g) => sum + (of(g.tally) ?? 0), 0)).toBe(of(item.total));
            const group = groups[seen % groups.length];
            if (!group) throw new Error('no group');
            const one: Cases = must(
              await director.get(
                `/statistics/figures/${figure}/matters?${query({ ...asked, figure: undefined, part, group: group.key === '' ? '-' : group.key })}`,
              ),
              200,
            );
            expect([asked, part, group.key, one.total]).toEqual([asked, part, group.key, of(group.tally)]);
          }
        }
      }
      expect(seen).toBeGreaterThan(20);
    }, 120_000);

    it('counts a sealed matter and lists it only for those on its list, without its title', async () => {
      const open = { registered: '2026-07-05' };
      const [id = ''] = await tell(t, [{ ...open, sealed: true }, open, open, open, open]);
      const list = async (): Promise<Cases> =>
        must(await director.get(`/statistics/figures/registered/matters?${query({})}`), 200);
      expect(await total('registered')).toMatchObject({ isWithheld: false, numerator: 5 });
      expect(await list()).toMatchObject({ total: 5, weight: 5, hiddenCount: 1, nextCursor: null });
      await t.sql(
        `insert into dispute_access (id, dispute_id, account_id, ground, starts_at)
           values (gen_random_uuid(), $1, $2, 'sealed-list', '2026-01-01')`,
        [id, t.world.account('director').id],
      );
      const seen = await list();
      expect(seen).toMatchObject({ total: 5, hiddenCount: 0 });
      expect(seen.items.map((c) => c.title)).toContain('（封存事项）');
      await t.sql('delete from dispute_access where dispute_id = $1', [id]);
    });

    it('withholds a small number with a sealed matter in it, and what it could be reckoned from', async () => {
      const [mediator, other] = [t.world.account('mediator').id, t.world.account('mediator-2').id];
      const [id = ''] = await tell(t, [
        { registered: '2026-07-05', sealed: true, handler: mediator, type: 'family' },
        ...Array.from({ length: 6 }, () => ({ registered: '2026-07-06', handler: other, type: 'property' })),
        ...Array.from({ length: 8 }, () => ({ registered: '2026-07-06', type: 'property' })),
      ]);
      const otherName =
        (await t.sql<{ name: string }>('select display_name as name from account where id = $1', [other]))[0]?.name ??
        '';
      const numbers = async (filter: Record<string, string>, key = 'director') => {
        const [item] = (await read({ figure: 'registered', ...filter }, await t.as(key))).items;
        return [
          item?.total.numerator,
          Object.fromEntries((item?.groups ?? []).map((g) => [g.name, g.tally.numerator])),
        ];
      };
      const whole = 15;
      expect(await numbers({ by: 'mediator' })).toEqual([whole, { 未填: 8, 刘调解: null, [otherName]: null }]);
      // Of two groups, neither can be told beside the whole; of one alone, the whole is not told either.
      expect(await numbers({ by: 'type-1' })).toEqual([whole, { 婚姻家庭: null, 物业: null }]);
      expect(await numbers({ mediatorId: mediator })).toEqual([null, {}]);
      const path = `/statistics/figures/registered`;
      const asked = query({ by: 'mediator', group: other });
      expect(must(await director.get(`${path}/matters?${asked}`), 200)).toMatchObject({
        isWithheld: true,
        total: null,
        weight: null,
        hiddenCount: null,
        items: [],
      });
      expect(JSON.stringify(await sheetOf(`${path}/export?${asked}`))).toContain('共 ＊ 条');
      // Who is on its list is told.
      await t.sql(
        `insert into dispute_access (id, dispute_id, account_id, ground, starts_at)
           values (gen_random_uuid(), $1, $2, 'sealed-list', '2026-01-01')`,
        [id, t.world.account('director').id],
      );
      expect(await numbers({ by: 'mediator' })).toEqual([whole, { 未填: 8, 刘调解: 1, [otherName]: 6 }]);
      expect((await numbers({ by: 'mediator' }, 'superior'))[1]).toMatchObject({ 刘调解: null });
      await t.sql('delete from dispute_access where dispute_id = $1', [id]);
    });
  });

  describe('are for those whose work they are', () => {
    it('401 without an account, 403 without the post, 404 for another center, 422 and 400 for a broken question', async () => {
      const path = `/statistics/figures?${query({})}`;
      expect((await t.anonymous.get(path)).status).toBe(401);
      for (const key of ['mediator', 'intake', 'auditor', 'liaison', 'committee-director']) {
        const caller = await t.as(key);
        expect([key, (await caller.get(path)).status]).toEqual([key, 403]);
        expect([key, (await caller.get(`/statistics/figures/accepted/matters?${query({})}`)).status]).toEqual([
          key,
          403,
        ]);
        expect([key, (await caller.get(`/statistics/figures/accepted/export?${query({})}`)).status]).toEqual([
          key,
          403,
        ]);
      }
      const foreign = query({ centerId: t.world.foreignCenterId });
      for (const end of [
        `figures?${foreign}`,
        `figures/accepted/matters?${foreign}`,
        `figures/accepted/export?${foreign}`,
        `figures-export?${foreign}`,
      ])
        expect([end, (await director.get(`/statistics/${end}`)).status]).toEqual([end, 404]);
      expect((await director.get(`/statistics/figures/none-such/matters?${query({})}`)).status).toBe(404);
      expect((await director.get(`/statistics/figures?${query({ to: '2026-01-01' })}`)).status).toBe(422);
      expect((await director.get('/statistics/figures')).status).toBe(400);
      expect((await director.get(`/statistics/figures/accepted/matters?${query({ cursor: 'x' })}`)).status).toBe(400);
    });

    it('a street center sees its own, the one above both, another district neither; a superior as a director', async () => {
      await tell(t, [
        { registered: '2026-07-05' },
        { registered: '2026-07-05', center: t.world.streetCenterId },
        { registered: '2026-07-05', center: t.world.foreignCenterId },
      ]);
      const seenBy = async (key: string): Promise<number | undefined> =>
        (await read({ figure: 'registered' }, await t.as(key))).items[0]?.total.numerator;
      expect(await seenBy('director')).toBe(2);
      expect(await seenBy('superior')).toBe(2);
      expect(await seenBy('street-duty-leader')).toBe(1);
      expect(await seenBy('supervisor')).toBe(1);
      expect(await seenBy('director:foreign')).toBe(1);
    });

    it('one center is asked alone, or with what is below it as far as one may read', async () => {
      await tell(t, [
        { registered: '2026-07-05' },
        { registered: '2026-07-05', center: t.world.streetCenterId },
        { registered: '2026-07-05', center: t.world.foreignCenterId },
      ]);
      const { centerId, streetCenterId } = t.world;
      const supervisor = await t.as('supervisor');
      for (const [caller, center, isWithBelow, count] of [
        [director, centerId, undefined, 1],
        [director, centerId, 'false', 1],
        [director, centerId, 'true', 2],
        [director, streetCenterId, 'true', 1],
        [supervisor, centerId, 'true', 1],
      ] as const) {
        const asked = { centerId: center, isWithBelow };
        expect((await read({ figure: 'registered', ...asked }, caller)).items[0]?.total.numerator).toBe(count);
        expect(must<Cases>(await caller.get(`/statistics/figures/registered/matters?${query(asked)}`), 200).total).toBe(
          count,
        );
      }
    });

    it('so many centers are told apart by the places that hold them, and all of them in Excel', async () => {
      const { centerId, streetId } = t.world;
      await t.sql(
        `insert into center (id, unit_id, name, code, ancestor_center_ids)
           select gen_random_uuid(), $2, '第' || n || '分中心', '分' || n, (select c.ancestor_center_ids || c.id from center c where c.id = $1)
             from generate_series(1, 199) n`,
        [centerId, streetId],
      );
      const asked = (by: string): string => query({ figure: 'registered', by });
      const reply = await director.get(`/statistics/figures?${asked('center')}`);
      expect([reply.status, (reply.body as { code: string }).code]).toEqual([422, 'statistics.too-many-centers']);
      for (const by of ['none', 'branch', 'street'])
        expect([by, (await director.get(`/statistics/figures?${asked(by)}`)).status]).toEqual([by, 200]);
      expect((await director.download(`/statistics/figures-export?${asked('center')}`)).status).toBe(200);
      expect((await read({ figure: 'registered', by: 'center', centerId })).items).toHaveLength(1);
      await t.sql("delete from center where code like '分%'");
    });
  });

  it('tells the definition of every figure to whoever is logged in', async () => {
    const { items } = must<{ items: { figure: string; numerator: string; dateRule: string }[] }>(
      await (await t.as('mediator')).get('/statistics/definitions'),
      200,
    );
    expect(items.map((i) => i.figure)).toEqual([...FIGURE_KEYS]);
    for (const item of items) expect(item.numerator.length * item.dateRule.length).toBeGreaterThan(0);
  });

  describe('as Excel', () => {
    const exports = async (): Promise<number> =>
      (await t.sql("select 1 from audit_entry where act = 'statistics.export'")).length;

    it('says what the screen says: title with unit and period, header, numbers, definitions; audited', async () => {
      const before = await exports();
      await tell(t, [
        { registered: '2026-07-05', type: 'property', accepted: '2026-07-06', agreement: { effective: '2026-08-01' } },
        { registered: '2026-07-06', type: 'family', sealed: true },
        ...Array.from({ length: 4 }, () => ({ registered: '2026-07-07', type: 'family' })),
      ]);
      const rows = await sheetOf(`/statistics/figures-export?${query({ by: 'type-1' })}`);
      expect(rows[0]?.[0]).toBe(
        '新城区综治中心等2个综治中心统计指标（2026年7月1日至2026年9月30日，按纠纷类型（一级））',
      );
      expect(rows[1]).toEqual(['序号', '指标', '分组', '件数或分子', '分母', '比率', '另列', '上期', '上年同期']);
      const { items } = await read({ by: 'type-1' });
      for (const item of items) {
        const line = rows.find((r) => r[1] === item.label && r[2] === '合计');
        expect([item.label, line?.[3], line?.[4] ?? null]).toEqual([
          item.label,
          item.total.isWithheld ? '＊' : item.total.numerator,
          item.total.isWithheld ? '＊' : item.total.denominator,
        ]);
      }
      expect(rows.some((r) => String(r[0]).startsWith('【化解率】'))).toBe(true);

      const cases = await sheetOf(`/statistics/figures/registered/export?${query({})}`);
      expect(cases[0]?.[0]).toContain('登记数（分子）事项清单');
      const shown = await behind('registered', {});
      expect(cases.slice(2, 2 + shown.length).map((r) => [r[0], r[1]])).toEqual(
        shown.map((c, i) => [i + 1, c.registrationNumber]),
      );
      expect(cases.flat().some((v) => String(v).includes('另有 1 条属于封存事项'))).toBe(true);
      expect(await exports()).toBe(before + 2);
    });
  });
});
