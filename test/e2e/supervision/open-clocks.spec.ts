import { warningInstant } from '../../../src/kernel';
import { type Tx, UnitOfWork, uuidv7, withContext } from '../../../src/platform/database';
import { Calendars } from '../../../src/modules/calendar';
import { ClimbLadder } from '../../../src/modules/supervision/application/climb-ladder';
import { CountClocks } from '../../../src/modules/supervision/application/count-clocks';
import { KeepClocks } from '../../../src/modules/supervision/application/keep-clocks';
import { matterClocks } from '../../../src/modules/supervision/application/matter-clocks';
import { clockTallies } from '../../../src/modules/supervision/application/open-clocks';
import { WATCH_CLOCK_KEYS } from '../../../src/modules/supervision/domain/clocks';
import { aMatter, must } from '../../support/builders';
import { aTriagedMatter } from '../../support/matters';
import { type TestApp, startTestApp } from '../../support/test-app';
import { type Told, tell } from '../statistics/stage';
import { aMatterInProgress, aWhistle, onDuty, taskOf } from '../summons/stage';

interface Watched {
  readonly disputeId: string;
  readonly clock: string;
  readonly light: string;
  readonly dueAt: string;
  readonly key: string;
}

interface Kept {
  readonly key: string;
  readonly clock: string;
  readonly subjectId: string;
  readonly disputeId: string;
  readonly centerId: string;
  readonly holder: string;
  readonly dueAt: Date;
  readonly warnsAt: Date;
  readonly isSealed: boolean;
}

interface Sentence {
  readonly key: string;
  readonly text: string;
  readonly redCount: number;
  readonly yellowCount: number;
  readonly hiddenCount: number;
  readonly items: readonly { readonly key: string; readonly distance: string }[];
}

const isHidden = (r: Kept, known: string | undefined): boolean => r.isSealed && r.disputeId !== known;

/** What the clocks of a kind add up to over some centers, one by one. */
function sumOf(rows: readonly Kept[], clock: string, scope: readonly string[], now: Date, known: string | undefined) {
  const lit = rows
    .filter((r) => r.clock === clock && r.warnsAt <= now && r.dueAt.getTime() < now.getTime() + 60 * 86_400_000)
    .filter((r) => scope.some((id) => r.key.endsWith(id)))
    .filter((r) => r.key.endsWith(r.centerId) || !scope.includes(r.centerId))
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.subjectId < b.subjectId ? -1 : 1));
  const red = lit.filter((r) => r.dueAt <= now);
  const watcher = (r: Kept): string => scope.find((id) => r.key.endsWith(id)) ?? '';
  // The earliest stand first: of as many, who holds the longest one. One name in two centers is two.
  const counts = [...new Set(red.map((r) => `${r.holder}\n${watcher(r)}`))].map((who) => {
    const own = red.filter((r) => `${r.holder}\n${watcher(r)}` === who);
    const [holder = '', centerId = ''] = who.split('\n');
    return { who, holder, centerId, count: own.length, first: own[0]?.dueAt.getTime() ?? 0 };
  });
  const [worst] = counts.sort((a, b) => b.count - a.count || a.first - b.first || (a.who < b.who ? -1 : 1));
  return {
    lit,
    red: red.length,
    yellow: lit.length - red.length,
    hidden: lit.filter((r) => isHidden(r, known)).length,
    worst,
  };
}

/** The kept rows against what the rows of the matters themselves say at the same time. */
describe('the clocks that run, as they are kept (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  const said = (): Promise<object[]> =>
    t.app.get(UnitOfWork).readAsSystem('spec', async (tx) => {
      const ids = await tx.query<{ id: string }>('select id from dispute');
      const rows = [];
      for (const one of await matterClocks(
        tx,
        ids.map((i) => i.id),
      )) {
        const warnsAt = warningInstant(one, await t.app.get(Calendars).forCenter(tx, one.centerId));
        for (const by of new Set([one.centerId, one.handlingCenterId ?? one.centerId])) {
          rows.push({ key: `${one.clock} ${one.subjectId} ${by}`, ...one, warnsAt, handlingCenterId: undefined });
        }
      }
      return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
    });
  const kept = (): Promise<object[]> =>
    t
      .sql<{ key: string }>(
        `select clock || ' ' || subject_id || ' ' || watched_by as key, clock, subject_id as "subjectId", dispute_id as "disputeId",
                task_id as "taskId", agency_id as "agencyId", holder, center_id as "centerId", starts_at as "startsAt",
                due_at as "dueAt", warns_at as "warnsAt", is_real_time as "isRealTime", is_provisional as "isProvisional",
                is_sealed as "isSealed" from open_clock`,
      )
      .then((rows) => rows.sort((a, b) => (a.key < b.key ? -1 : 1)));
  const centerNames = async (): Promise<Map<string, string>> =>
    new Map(
      (await t.sql<{ id: string; name: string }>('select id, name from center')).map(({ id, name }) => [id, name]),
    );
  const fill = (): Promise<number> => t.app.get(KeepClocks).fill();
  const watched = async (query: string): Promise<Watched[]> => {
    const found: Watched[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: Watched[]; nextCursor: string | null } = must(
        await (
          await onDuty(t, 'director')
        ).get(`/supervision/watch-list?limit=7${query}${cursor === '' ? '' : `&cursor=${cursor}`}`),
        200,
      );
      found.push(...page.items);
      cursor = page.nextCursor;
    }
    return found;
  };

  it('are those of a told world once it was filled, in two halves as after a kill between them', async () => {
    const random = (n: number): number => Math.floor(Math.random() * n);
    const day = (n: number): string => new Date(Date.UTC(2026, 6, 1 + n)).toISOString().slice(0, 10);
    await tell(
      t,
      Array.from({ length: 160 }, (_, i): Told => {
        const from = random(70);
        return {
          registered: day(from),
          type: 'property',
          ...(i % 3 === 0 ? { center: t.world.streetCenterId } : {}),
          ...(i % 4 === 0 ? {} : { accepted: day(from + 1), period: { due: day(from + 20 + random(30)) } }),
          ...(i % 5 === 0
            ? {
                agreement: { effective: day(from + 5) },
                items: [{ due: day(from + 10 + random(80)), state: 'open' as const }],
              }
            : {}),
          ...(i % 7 === 0
            ? { tasks: [{ agency: t.world.agencyIds[0], issued: day(from + 2), due: day(from + 3 + random(60)) }] }
            : {}),
          ...(i % 11 === 0 ? { merged: true } : {}),
        };
      }),
    );
    expect(await kept()).toEqual([]);
    expect(await fill()).toBe(160);
    expect((await kept()).length).toBeGreaterThan(200);
    expect(await kept()).toEqual(await said());
    expect(await fill()).toBe(0);
    // Stopped after the first hundred of a center, it goes on behind them.
    await t.sql(
      `update clock_filling f set kept_by = null, place_at = d.registered_at, place_id = d.id
         from (select id, registered_at from dispute where center_id = $1 order by registered_at desc, id desc offset 99 limit 1) d
        where f.center_id = $1`,
      [t.world.centerId],
    );
    expect(await fill()).toBe(
      Number(
        (await t.sql<{ n: string }>('select count(*) as n from dispute where center_id = $1', [t.world.centerId]))[0]
          ?.n,
      ) - 100,
    );
    expect(await kept()).toEqual(await said());
  });

  it('stand in the list by their dues, page after page, the same for one center and for many', async () => {
    const now = t.clock.at();
    const own = (await kept()) as { clock: string; dueAt: Date; warnsAt: Date; key: string; subjectId: string }[];
    const due = own
      .filter((c) => c.warnsAt <= now || c.clock === 'paused')
      .sort(
        (a, b) =>
          a.dueAt.getTime() - b.dueAt.getTime() ||
          (a.clock < b.clock ? -1 : a.clock > b.clock ? 1 : a.subjectId < b.subjectId ? -1 : 1),
      )
      .map((c) => `${c.clock}_${c.subjectId}`);
    expect((await watched('')).map((w) => w.key)).toEqual(due);
    const red = (await watched('&light=red')).map((w) => w.key);
    const yellow = (await watched('&light=yellow')).map((w) => w.key);
    expect(yellow.length).toBeGreaterThan(3);
    expect([...red, ...yellow]).toEqual(due);
    const idle = (await watched('&clock=idle')).map((w) => w.key);
    expect(idle).toEqual(due.filter((key) => key.startsWith('idle_')));
    const ofAgency = await watched(`&agencyId=${t.world.agencyIds[0]}`);
    expect(ofAgency.map((w) => w.key)).toEqual(due.filter((key) => key.startsWith('summons-')));
    // Twenty centers more: they are walked together then, not one by one.
    await t.sql(
      `insert into center (id, unit_id, name, code, phone, address, ancestor_center_ids)
         select gen_random_uuid(), $2, '第' || n || '分中心', '分' || n, '0471-6600001', '海拉尔东路1号', array[$1::uuid]
           from generate_series(1, 20) n`,
      [t.world.centerId, t.world.streetId],
    );
    expect((await watched('')).map((w) => w.key)).toEqual(due);
    expect((await watched('&light=yellow')).map((w) => w.key)).toEqual(yellow);
  });

  it('follow every act and the ladder, and are gone with what they ran on', async () => {
    const [a0] = t.world.agencyIds;
    const director = await t.as('director');
    const whistled = await aMatterInProgress(t);
    const taskId = taskOf(await aWhistle(t, whistled, [{ agencyId: a0, role: 'lead' }]), a0).id;
    expect(await kept()).toEqual(await said());
    must(await (await onDuty(t, 'liaison')).post(`/summons-tasks/${taskId}/signature`), 201);
    expect(await kept()).toEqual(await said());
    const sent = await aTriagedMatter(t, {}, { nature: 'other', route: 'grid', committeeId: undefined });
    must(
      await (
        await t.as('dispatcher')
      ).post(`/disputes/${sent}/sending-down`, { toUnitId: t.world.gridId, request: '请上门了解' }),
      200,
    );
    const { id } = await aMatter(t).ofType('neighbor.adjacency').assigned();
    const asked = must<{ id: string }>(
      await director.post(`/disputes/${id}/oversights`, { reason: '请说明', answerDueOn: '2026-09-25' }),
      201,
    );
    expect(await kept()).toEqual(await said());
    must(await (await t.as('mediator')).post(`/supervisions/${asked.id}/answers`, { answer: '周五调解' }), 200);
    expect(await kept()).toEqual(await said());
    const unsigned = await aMatterInProgress(t);
    await aWhistle(t, unsigned, [{ agencyId: a0, role: 'lead' }]);
    t.clock.advanceDays(3);
    expect(await t.app.get(ClimbLadder).turn()).toBeGreaterThan(0);
    expect((await watched(`&disputeId=${unsigned}`)).map((w) => w.clock)).toContain('summons-sign');
    expect(await kept()).toEqual(await said());
    await t.sql("update dispute set state = 'merged', merged_into_id = $2 where id = $1", [unsigned, whistled]);
    await t.sql('update clock_filling set kept_by = $1', [uuidv7()]);
    await fill();
    expect((await kept()).filter((c) => (c as { disputeId: string }).disputeId === unsigned)).toEqual([]);
    expect(await kept()).toEqual(await said());
  });

  it('add up to the sentences of the morning, sealed and handled ones too, the same for one center and for many', async () => {
    const { centerId, streetCenterId } = t.world;
    const some = (n: number, where: string): Promise<{ id: string }[]> =>
      t.sql<{ id: string }>(`select id from dispute d where state = 'in-progress' and ${where} order by id limit ${n}`);
    const elsewhere = (await some(9, `center_id = '${centerId}'`)).map((d) => d.id);
    await t.sql('update dispute set handling_center_id = $2 where id = any ($1)', [elsewhere, streetCenterId]);
    const sealed = (await some(12, 'true')).map((d) => d.id);
    await t.sql('update dispute set is_sealed = true where id = any ($1)', [sealed]);
    const [known] = sealed;
    await t.sql(
      `insert into dispute_access (id, dispute_id, account_id, ground, starts_at)
         values (gen_random_uuid(), $1, $2, 'sealed-list', '2026-01-01')`,
      [known, t.world.account('director').id],
    );
    await t.sql('update clock_filling set kept_by = $1', [uuidv7()]);
    await fill();
    // Earlier than all others, of a center that the director does not watch.
    await t.sql(
      `insert into open_clock select distinct on (clock) clock, gen_random_uuid(), $1, true, $1, dispute_id, task_id, agency_id, holder,
              starts_at - interval '1 year', due_at - interval '1 year', warns_at - interval '1 year', is_real_time, is_provisional,
              is_sealed from open_clock`,
      [t.world.foreignCenterId],
    );
    const rows = (await kept()) as Kept[];
    expect(rows.filter((r) => !r.key.endsWith(r.centerId)).length).toBeGreaterThan(5);
    const director = await onDuty(t, 'director');
    const names = await centerNames();
    for (const asked of [[centerId], [streetCenterId], null]) {
      const scope = asked ?? [centerId, streetCenterId];
      const query = asked === null ? '' : `?centerId=${asked[0]}`;
      const { sentences } = must<{ sentences: Sentence[] }>(await director.get(`/supervision/morning${query}`), 200);
      const expected = sentences
        .filter((s) => s.key !== 'uncharged')
        .map(({ key }) => {
          const { lit, red, yellow, hidden, worst } = sumOf(rows, key, scope, t.clock.at(), known);
          return {
            key,
            redCount: red,
            yellowCount: yellow,
            hiddenCount: hidden,
            worst:
              red > 1 && worst !== undefined && worst.count > 1
                ? `，其中${asked === null ? `${names.get(worst.centerId)}的` : ''}${worst.holder} ${worst.count} 件，`
                : '',
            items: lit
              .slice(0, 20)
              .filter((r) => !isHidden(r, known))
              .map((r) => `${r.clock}_${r.subjectId}`),
          };
        });
      expect(expected.filter((s) => s.worst !== '').length).toBeGreaterThan(asked?.[0] === streetCenterId ? 0 : 1);
      expect(expected.some((s) => s.hiddenCount > 0)).toBe(true);
      expect(
        sentences
          .filter((s) => s.key !== 'uncharged')
          .map(({ key, redCount, yellowCount, hiddenCount, text, items }) => ({
            key,
            redCount,
            yellowCount,
            hiddenCount,
            worst: /，其中.* \d+ 件，/.exec(text)?.[0] ?? '',
            items: items.map((i) => i.key),
          })),
      ).toEqual(expected);
      for (const { key, text, redCount, hiddenCount, items } of sentences)
        if (key !== 'uncharged' && redCount > 1 && hiddenCount === 0)
          expect(text).toContain(`，最长的${items[0]?.distance}`);
    }
  });

  it('add up to the same at any moment, counted long ago or just now, whatever was written and turned since', async () => {
    const { centerId, streetCenterId, foreignCenterId } = t.world;
    const { id: accountId } = t.world.account('director');
    const turn = (): Promise<number> => t.app.get(CountClocks).turn();
    const random = (n: number): number => Math.floor(Math.random() * n);
    const asDirector = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
      withContext({ principal: { kind: 'account', accountId, sessionId: null } }, () =>
        t.app.get(UnitOfWork).read((tx) => tx.asSystem(() => work(tx))),
      );
    const [known] = await t.sql<{ id: string }>(
      'select dispute_id as id from dispute_access where account_id = $1 and dispute_id in (select dispute_id from open_clock)',
      [accountId],
    );
    const names = await centerNames();
    const expectSame = async (place: string): Promise<void> => {
      const rows = (await kept()) as Kept[];
      for (const scope of [[centerId], [centerId, streetCenterId], [streetCenterId, foreignCenterId]]) {
        const tallies = await asDirector((tx) => clockTallies(tx, { centerIds: scope }, WATCH_CLOCK_KEYS));
        const expected = WATCH_CLOCK_KEYS.flatMap((clock) => {
          const { lit, red, yellow, hidden, worst } = sumOf(rows, clock, scope, t.clock.at(), known?.id);
          const { holder = null, count = 0 } = worst ?? {};
          const worstCenter = worst === undefined ? null : names.get(worst.centerId);
          return lit.length === 0
            ? []
            : [{ clock, red, yellow, hidden, worstHolder: holder, worstCenter, worstCount: count }];
        });
        expect({ place, tallies: tallies.sort((a, b) => (a.clock < b.clock ? -1 : 1)) }).toEqual({
          place,
          tallies: expected.sort((a, b) => (a.clock < b.clock ? -1 : 1)),
        });
      }
    };
    const some = 'subject_id in (select subject_id from open_clock order by random() limit 6)';
    const acts = [
      // So many hold as many each that who holds the longest decides.
      `update open_clock o set holder = 'holder ' || n.i % 6, due_at = n.at, warns_at = n.at from (select subject_id, watched_by, row_number() over (order by subject_id) as i,
         date_trunc('second', $1::timestamptz - random() * interval '3 days') as at from open_clock where clock in ('performance', 'summons-feedback', 'summons-sign')) n
        where o.subject_id = n.subject_id and o.watched_by = n.watched_by`,
      `update open_clock o set warns_at = least(n.at, n.at + x.d), due_at = n.at + x.d from (select date_trunc('second', $1::timestamptz + (random() - 0.5) * interval '9 days') as at) n,
         (select date_trunc('minute', case when random() < 0.3 then interval '60 days' + random() * interval '5 days' else random() ^ 3 * interval '60 days' end) as d) x where ${some}`,
      `update open_clock set holder = 'holder ' || floor(random() * 3), is_sealed = random() < 0.3 where $1::timestamptz is not null and ${some}`,
      `delete from open_clock where $1::timestamptz is not null and ${some}`,
      `insert into open_clock select clock, gen_random_uuid(), p.watched_by, p.watched_by = p.home, p.home, dispute_id, task_id, agency_id, holder, starts_at, due_at,
              warns_at, is_real_time, is_provisional, is_sealed from open_clock, (select '${streetCenterId}'::uuid as watched_by, (array['${centerId}', '${foreignCenterId}',
              '${streetCenterId}'])[1 + floor(random() * 3)]::uuid as home) p where $1::timestamptz is not null and ${some}`,
    ];
    await expectSame('never counted');
    expect(await turn()).toBeGreaterThan(2);
    await expectSame('just counted');
    for (let round = 0; round < 40; round += 1) {
      const done: string[] = [];
      for (let i = random(3); i > 0; i -= 1) {
        const act = acts[random(acts.length)] ?? '';
        await t.sql(act, [t.clock.at()]);
        done.push(act.slice(0, 42));
      }
      // To the very instant at which one of them turns, or somewhere.
      const [next] = await t.sql<{ at: Date | null }>(
        `select min(o.at) as at from (select warns_at as at from open_clock union all select due_at from open_clock
            union all select due_at - interval '60 days' from open_clock) o where o.at > $1`,
        [t.clock.at()],
      );
      if (random(3) === 0 && next?.at) t.clock.set(next.at.toISOString());
      else t.clock.advance(random(2) * random(86_400_000));
      await expectSame(`round ${round}: ${done.join(', ')}`);
      if (random(3) === 0) await Promise.all([turn(), turn()]);
    }
    await t.app.get(UnitOfWork).runAsSystem('spec', async (tx) => {
      // Written, and not to be seen yet by the turn that counts meanwhile.
      await tx.query(
        `update open_clock set due_at = $1, warns_at = $1 where watched_by = '${centerId}' and clock = 'mediation'`,
        [t.clock.at()],
      );
      t.clock.advance(60_000);
      await t.sql('update open_clock set due_at = due_at where watched_by = $1', [streetCenterId]);
      expect(await turn()).toBeGreaterThan(0);
    });
    await expectSame('written while it was counted');
    t.clock.advance(60_000);
    await t.app.get(UnitOfWork).runAsSystem('spec', async (tx) => {
      await tx.query("select app.count_clocks($1, interval '60 days', interval '15 seconds', 50)", [tx.now]);
      // Whoever counted beside it, from before it, would write over it.
      expect(await turn()).toBe(0);
    });
    await expectSame('counted by one');
  });
});
