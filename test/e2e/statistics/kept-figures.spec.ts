import fc from 'fast-check';
import { Figures, type FigureQuestion } from '../../../src/modules/statistics';
import type { Tally } from '../../../src/modules/statistics/application/figures';
import { KeepFigures } from '../../../src/modules/statistics/application/keep-figures';
import { BREAKDOWNS } from '../../../src/modules/statistics/domain/breakdowns';
import { FIGURE_CODES, FIGURE_KEYS, isWeighed } from '../../../src/modules/statistics/domain/figures';
import { UnitOfWork, uuidv7, withContext } from '../../../src/platform/database';
import { aMatter } from '../../support/builders';
import { type TestApp, startTestApp } from '../../support/test-app';
import { buildScene } from '../authorization/scene';
import { livesOf } from './lives';
import { keepFigures } from './stage';

const ROWS = `figure, subject_id, dispute_id, center_id, period_at, cohort_at, verdict, note, weight, daily, turns_at, dispute_type, channel,
  place_unit_id, committee_id, mediator_id, agency_id, local_type_id, level`;

describe('figures as they are kept (real PostgreSQL, real HTTP)', () => {
  let t: TestApp;
  let keeper: KeepFigures;
  let tellLives: (count: number) => Promise<void>;
  beforeAll(async () => {
    t = await startTestApp();
    keeper = t.app.get(KeepFigures);
    tellLives = await livesOf(t, 20_261_122);
  });
  afterAll(() => t.close());

  const answer = async (key: string, question: FigureQuestion): Promise<unknown> =>
    withContext({ principal: { kind: 'account', accountId: t.world.account(key).id, sessionId: null } }, () =>
      t.app.get(UnitOfWork).read((tx) => t.app.get(Figures).compute(tx, question)),
    );
  /** The same asked of the tables, by the definitions themselves. */
  const defined = async (key: string, question: FigureQuestion): Promise<unknown> => {
    await t.sql('update app.figure_build set is_done = false');
    try {
      return await answer(key, question);
    } finally {
      await t.sql('update app.figure_build set is_done = true');
    }
  };
  const day = fc
    .integer({ min: 0, max: 700 })
    .map((n) => new Date(Date.UTC(2025, 6, 1 + n)).toISOString().slice(0, 10));
  const questions = fc.record({
    figure: fc.constantFrom(undefined, ...FIGURE_KEYS),
    basis: fc.constantFrom('period' as const, 'cohort' as const),
    from: fc.oneof(day, fc.constantFrom('2026-01-01', '2025-10-01', '2026-06-01')),
    span: fc.constantFrom(0, 6, 13, 29, 30, 89, 180, 364),
    by: fc.oneof(
      fc.constant('none' as const),
      fc.constantFrom(...(Object.keys(BREAKDOWNS) as (keyof typeof BREAKDOWNS)[])),
    ),
    filter: fc.constantFrom(
      {},
      {},
      { disputeType: 'family' },
      { channel: 'visit' },
      { level: '1' },
      { placeId: 'street' },
      { mediatorId: 'mediator' },
    ),
    isOne: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
    reader: fc.constantFrom('director', 'superior', 'supervisor'),
  });
  let seed = 0;
  const expectDefined = async (count: number): Promise<void> => {
    seed += 1;
    for (const { span, filter, isOne, reader, ...rest } of fc.sample(questions, { numRuns: count, seed })) {
      const { world } = t;
      const question = {
        ...rest,
        to: new Date(Date.parse(rest.from) + span * 86_400_000).toISOString().slice(0, 10),
        ...filter,
        ...('placeId' in filter ? { placeId: world.streetId } : {}),
        ...('mediatorId' in filter ? { mediatorId: world.account('mediator').id } : {}),
        ...(isOne ? { centerId: world.centerId, ...(span % 2 === 0 ? { isWithBelow: true } : {}) } : {}),
      };
      expect([question, await answer(reader, question)]).toEqual([question, await defined(reader, question)]);
    }
  };
  /** Periods that begin and end within months, of all centers: what of them is not in a whole month is asked by day. */
  const expectDaysDefined = async (): Promise<void> => {
    for (const question of [
      { from: '2025-09-12', to: '2026-03-20', by: 'none' },
      { from: '2026-01-20', to: '2026-08-09', by: 'none' },
      { from: '2026-02-03', to: '2026-02-25', by: 'none' },
      { from: '2025-09-12', to: '2026-03-20', by: 'type-2' },
      { from: '2026-01-20', to: '2026-08-09', by: 'channel' },
      { from: '2026-02-03', to: '2026-02-25', by: 'level' },
      { from: '2025-09-12', to: '2026-03-20', by: 'center' },
      { from: '2026-01-20', to: '2026-08-09', by: 'mediator' },
      { from: '2026-02-03', to: '2026-02-25', by: 'community' },
      { from: '2026-02-20', to: '2026-05-09', centerId: t.world.streetCenterId, by: 'none' },
    ] as const)
      expect([question, await answer('superior', question)]).toEqual([question, await defined('superior', question)]);
  };
  const drift = async (): Promise<object[]> =>
    t.sql(
      `select * from (
         (select ${ROWS} from app.figure_rows_at($1) except select ${ROWS} from app.figure_fact)
         union all
         (select ${ROWS} from app.figure_fact except select ${ROWS} from app.figure_rows_at($1))) d
        where not exists (select 1 from app.figure_fact f where f.dispute_id = d.dispute_id and f.turns_at <= $1)`,
      [t.clock.at()],
    );
  const pending = async (): Promise<number> =>
    (await t.sql<{ n: number }>('select count(*)::int as n from app.figure_delta'))[0]?.n ?? 0;

  it('stay what the tables say, act by act', async () => {
    // The center of this world has one below it, and some cases: as if that were very many, there are all sums by day, and by holder.
    for (const name of ['many_centers', 'many_cases', 'very_many_cases'])
      await t.sql(
        `create or replace function app.${name}() returns integer language sql immutable parallel safe as $$ select 1 $$`,
      );
    await aMatter(t).ofType('family.divorce').agreed();
    expect(await drift()).toEqual([]);
    await buildScene(t);
    expect(await drift()).toEqual([]);
    expect(await pending()).toBeGreaterThan(20);
    await expectDefined(3);
    await keeper.turn();
    expect(await pending()).toBe(0);
    expect(await t.sql('select 1 from app.figure_scope where is_by_day')).toHaveLength(1);
    expect(await t.sql('select distinct dim from app.figure_cell where dim > 5 order by 1')).toEqual(
      [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19].map((dim) => ({ dim })),
    );
    expect(await keeper.recheck()).toEqual({ matters: 0, sums: 0 });
    await expectDefined(3);
  }, 300_000);

  it('weigh other than one just where a figure counts days or money', async () => {
    const weighed = await t.sql<{ figure: number }>(
      'select distinct figure from app.figure_fact where weight <> 1 or daily <> 0 order by figure',
    );
    expect(weighed.map(({ figure }) => figure)).toEqual(
      FIGURE_KEYS.filter(isWeighed)
        .map((figure) => FIGURE_CODES[figure])
        .sort((a, b) => a - b),
    );
  });

  it('are the same whether they have been summed, not yet, half, or turned by the clock meanwhile', async () => {
    await tellLives(60);
    await expectDefined(4);
    await keeper.turn();
    await expectDefined(4);
    await tellLives(60);
    await t.sql('select app.fold_figures(37)');
    expect(await pending()).toBeGreaterThan(100);
    await expectDaysDefined();
    await expectDefined(4);
    t.clock.advanceDays(20);
    await expectDefined(4);
    await keeper.turn();
    await expectDefined(3);
    expect(await drift()).toEqual([]);
    expect(await keeper.recheck()).toEqual({ matters: 0, sums: 0 });
  }, 600_000);

  it('are none but two of a matter on which nothing was done', async () => {
    await tellLives(240);
    const look = (): Promise<{ id: string; isNew: boolean; figures: readonly number[] }[]> =>
      t.sql(
        `select d.id, app.are_new_matters(array[d.id]) as "isNew",
                array(select distinct f.figure::int from app.figure_rows_at($1) f where f.dispute_id = d.id) as figures from dispute d`,
        [t.clock.at()],
      );
    const fresh = (await look()).filter(({ isNew }) => isNew).map(({ id }) => id);
    expect(fresh.length).toBeGreaterThan(3);
    // Taken in hand by nothing but a mark of the matter, and by nothing but an act.
    await t.sql('update dispute set accepted_at = registered_at where id = $1', [fresh[0]]);
    await t.sql(
      `insert into dispute_event (id, dispute_id, at, act, actor_account_id, actor_name) values (gen_random_uuid(), $1, $2, 'disputes.undertake', $3, '周受理')`,
      [fresh[1], t.clock.at(), t.world.account('intake').id],
    );
    await keepFigures(t, fresh.slice(0, 2));
    const now = await look();
    expect(new Set(now.filter(({ isNew }) => isNew).flatMap(({ figures }) => figures))).toEqual(new Set([1, 14]));
    expect(now.filter(({ id, isNew }) => !isNew && fresh.includes(id))).toHaveLength(2);
    expect(await drift()).toEqual([]);
  }, 120_000);

  it('are summed once by several at a time, and not at all by one that is ended in the middle', async () => {
    await tellLives(60);
    await t.sql('begin');
    await t.sql('select app.fold_figures(50)');
    await t.sql('rollback');
    await Promise.all([keeper.turn(), keeper.turn(), keeper.turn()]);
    await keeper.turn();
    expect(await pending()).toBe(0);
    expect(await keeper.recheck()).toEqual({ matters: 0, sums: 0 });
  }, 120_000);

  it('follow a center that comes under another, and other days of observation', async () => {
    const { centerId, streetCenterId } = t.world;
    const under = async (ids: readonly string[]): Promise<void> => {
      await t.sql('update center set ancestor_center_ids = $2 where id = $1', [streetCenterId, ids]);
    };
    await under([]);
    await expectDefined(4);
    await keeper.turn();
    await under([centerId]);
    await expectDefined(4);
    await keeper.turn();
    expect(await keeper.recheck()).toEqual({ matters: 0, sums: 0 });
    await t.sql('update center set relapse_days = 90 where id = $1', [centerId]);
    await expectDefined(4);
    await keeper.turn();
    expect(await drift()).toEqual([]);
    expect(await keeper.recheck()).toEqual({ matters: 0, sums: 0 });
  }, 120_000);

  it('are told apart by the places below whoever asks, each with all below it', async () => {
    const { centerId, streetCenterId } = t.world;
    const [cityId, unitId] = [uuidv7(), uuidv7()];
    await t.sql("insert into org_unit (id, kind) values ($1, 'city')", [unitId]);
    await t.sql(
      "insert into center (id, unit_id, name, code, ancestor_center_ids) values ($1, $2, '青城市综治中心', '青城', '{}')",
      [cityId, unitId],
    );
    await t.sql('update center set ancestor_center_ids = ancestor_center_ids || $1::uuid where id = any ($2)', [
      cityId,
      [centerId, streetCenterId],
    ]);
    await t.sql("update role_grant set scope_id = $1 where account_id = $2 and role = 'superior'", [
      cityId,
      t.world.account('superior').id,
    ]);
    await tellLives(60);
    const moved = (await t.sql<{ id: string }>('select id from dispute order by id limit 30')).map((d) => d.id);
    await t.sql("set session_replication_role = 'replica'");
    await t.sql('update dispute set center_id = $1 where id = any ($2)', [cityId, moved]);
    await t.sql("set session_replication_role = 'origin'");
    await keepFigures(t, moved);
    const holders = new Map([
      [cityId, cityId],
      [centerId, centerId],
      [streetCenterId, centerId],
    ]);
    type Groups = { readonly items: readonly { readonly groups: readonly { key: string; tally: Tally }[] }[] };
    const numbers = async (by: 'branch' | 'center', span: object): Promise<Record<string, number>> => {
      const { items } = (await answer('superior', { from: '2025-07-03', to: '2026-08-19', ...span, by })) as Groups;
      const found: Record<string, number> = {};
      for (const [figure, { groups }] of items.entries()) {
        for (const { key, tally } of groups) {
          const place = by === 'center' ? (holders.get(key) ?? '?') : key;
          for (const [i, n] of [tally.numerator, tally.denominator, tally.apartCount].entries()) {
            const cell = `${figure} ${i} ${place}`;
            found[cell] = Math.round(((found[cell] ?? 0) + (n ?? 0)) * 100) / 100;
          }
        }
      }
      return Object.fromEntries(Object.entries(found).filter(([, n]) => n !== 0));
    };
    const expectFolded = async (): Promise<void> => {
      for (const span of [{}, { disputeType: 'family' }, { from: '2026-01-01', to: '2026-06-30' }]) {
        const folded = await numbers('branch', span);
        expect(folded).toEqual(await numbers('center', span));
        const places = new Set(Object.keys(folded).map((cell) => cell.split(' ')[2]));
        if (!('disputeType' in span)) expect(places).toEqual(new Set([cityId, centerId]));
      }
    };
    await expectFolded();
    await keeper.turn();
    expect(await t.sql('select 1 from app.figure_scope where is_subtree')).toHaveLength(2);
    await expectFolded();
    await expectDefined(4);
  }, 120_000);

  it('are made of places and centers that have very many cases and are not summed by kind and day yet, and exact meanwhile', async () => {
    const SUMMED = 'select scope_id, is_subtree, built_at, is_by_kind_and_day from app.figure_scope order by 1, 2';
    const CELLS =
      'select * from app.figure_cell where n <> 0 or weight <> 0 or daily <> 0 order by scope_id, dim, basis, figure, month, key, verdict, note';
    await keeper.turn();
    const [scopes, cells] = [await t.sql<object>(SUMMED), await t.sql(CELLS)];
    await t.sql('delete from app.figure_cell where dim > 10');
    await t.sql('update app.figure_scope set is_by_kind_and_day = null');
    await expectDaysDefined();
    t.clock.advance(1000);
    await keeper.turn();
    expect(await t.sql(CELLS)).toEqual(cells);
    expect(await t.sql(SUMMED)).toEqual(
      scopes.map((scope) => ({ ...scope, built_at: t.clock.at(), is_by_kind_and_day: true })),
    );
  }, 120_000);

  it('are mended where somebody has been at the tables', async () => {
    await t.sql('delete from app.figure_fact where ctid in (select ctid from app.figure_fact limit 1)');
    await t.sql('update app.figure_cell set n = n + 1 where ctid in (select ctid from app.figure_cell limit 1)');
    const found = await keeper.recheck();
    expect(found.matters).toBe(1);
    expect(found.sums).toBeGreaterThan(0);
    await keeper.turn();
    expect(await keeper.recheck()).toEqual({ matters: 0, sums: 0 });
    await expectDefined(4);
  }, 120_000);

  it('are made for matters that were there before, batch by batch', async () => {
    const before = await answer('director', { from: '2025-07-01', to: '2027-12-31', by: 'type-2' });
    await t.sql('truncate app.figure_fact, app.figure_delta, app.figure_cell, app.figure_scope');
    await t.sql('update app.figure_build set is_done = false, place = null');
    expect(await answer('director', { from: '2025-07-01', to: '2027-12-31', by: 'type-2' })).toEqual(before);
    await keeper.turn();
    expect(await drift()).toEqual([]);
    expect(await answer('director', { from: '2025-07-01', to: '2027-12-31', by: 'type-2' })).toEqual(before);
    expect(await keeper.recheck()).toEqual({ matters: 0, sums: 0 });
  }, 120_000);

  it('know of very many centers what is so now', async () => {
    const { centerId, streetId } = t.world;
    const question = { from: '2025-07-03', to: '2026-08-31' };
    type Centers = { readonly centers: readonly { readonly id: string; readonly relapseDays: number }[] };
    const observed = async (): Promise<number | undefined> =>
      ((await answer('superior', question)) as Centers).centers.find(({ id }) => id === centerId)?.relapseDays;
    const expectSame = async (): Promise<void> => {
      expect(await answer('superior', question)).toEqual(await defined('superior', question));
    };
    await t.sql(
      `insert into center (id, unit_id, name, code, ancestor_center_ids)
         select gen_random_uuid(), $2, '第' || n || '分中心', '第' || n, (select c.ancestor_center_ids || c.id from center c where c.id = $1)
           from generate_series(1, 60) n`,
      [centerId, streetId],
    );
    expect(((await answer('superior', question)) as Centers).centers.length).toBeGreaterThan(60);
    await expectSame();
    expect(await observed()).not.toBe(60);
    await t.sql('update center set relapse_days = 60 where id = $1', [centerId]);
    expect(await observed()).toBe(60);
    await keeper.turn();
    await expectSame();
    await t.sql('delete from app.figure_cell');
    await t.sql('delete from app.figure_scope');
    await expectSame();
    await keeper.turn();
    await expectSame();
  }, 120_000);
});
