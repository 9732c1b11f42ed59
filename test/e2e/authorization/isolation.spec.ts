import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { switchAccessGuardOff } from '../../../src/platform/auth';
import type { FixtureMatter } from '../../support/fixture-matters';
import { type TestApp, startTestApp } from '../../support/test-app';
import { AnswerReader, leaksIn } from './marks';
import { type Agency, PRINCIPALS, RELATIONS, levelOf } from './model';
import { buildScene, centerOf, furnish } from './scene';
import { IS_WHOLE, type Route, type Sent, Wire, callOf, inParallel, isBound, routesOf, segmentOf } from './wire';

/** What a director without a reason may meet: these hang on the header of a matter. */
const HEADER_TABLES = [
  'alarm_matter',
  'assignment',
  'mediation_period',
  'mediation_session',
  'meeting',
  'meeting_item',
  'meeting_task',
  'meeting_unit',
  'meeting_voice',
  'review_file',
  'risk_assessment',
  'summons',
  'summons_appeal',
  'summons_arrival',
  'subsidy_line',
  'summons_attachment',
  'summons_contact',
  'summons_due',
  'summons_feedback',
  'summons_rating',
  'summons_reply_file',
  'summons_sign_in_code',
  'summons_task',
  'supervision',
  'worklist_entry',
  'worklist_matter',
];
/** What a summoned agency meets of its own task and whistle. */
const AGENCY_TABLES = [
  ...HEADER_TABLES.filter((t) => t.startsWith('summons') && t !== 'summons_sign_in_code'),
  'meeting',
  'meeting_task',
  'meeting_unit',
  'worklist_entry',
];

/**
 * One account for each way in which rows are bound to people: row security knows centers, committees, agencies and names,
 * but no posts within a center. By hand in SQL everyone is tried.
 */
const ROW_RIGHTS = [
  'intake',
  'director',
  'mediator',
  'mediator-2',
  'mediator-other',
  'committee-director',
  'liaison',
  'liaison-2',
  'grid-worker',
  'system-admin',
  'security-admin',
  'auditor',
  'street-intake',
  'intake:foreign',
  'mediator:foreign',
  'committee-director:foreign',
  'liaison:foreign',
  'director:foreign',
  'grid-worker:foreign',
  'two-hats',
];

/** Matters on which acts are tried in the usual run. */
const TRIED = ['own', 'sealed', 'street', 'sent-to-grid', 'foreign'];

/**
 * Papers that by law name their parties with number and address (人民调解法第二十九条、人民调解工作若干规定第三十四条) show them
 * to whoever may read the agreement; each reading leaves its entry in the audit.
 */
const PRINTED_NUMBERS: Readonly<Record<string, string>> = {
  'get /api/agreements/{id}/preview': 'agreements.preview',
  'get /api/agreement-drafts/{id}/paper': 'agreements.download-draft',
  'get /api/agreements/{id}/signing-copy': 'agreements.download-signing-copy',
};

/** Routes that end the caller's own session, or belong to nobody. */
const OF_ONESELF = ['post /api/session/ending', 'post /api/session/password'];

describe('what nobody may see stays unseen (real PostgreSQL, real HTTP, real PDF)', () => {
  let t: TestApp;
  let wire: Wire;
  let reader: AnswerReader;
  let scene: FixtureMatter[];
  let routes: Route[];
  const tokenOf = async (key: string | null): Promise<string | null> => (key === null ? null : (await t.as(key)).token);

  beforeAll(async () => {
    t = await startTestApp();
    await furnish(t);
    scene = await buildScene(t);
    routes = routesOf(t);
    wire = new Wire(t);
    reader = new AnswerReader();
  }, 300_000);
  afterAll(async () => {
    switchAccessGuardOff(false);
    await t.close();
    wire.close();
    reader.close();
  });

  const agencyOf = (id: string): Agency => {
    const i = t.world.agencyIds.indexOf(id);
    return i < 0 ? 'f0' : (`a${i}` as Agency);
  };
  const callsOn = (matter: FixtureMatter, of: readonly Route[]): { route: Route; sent: Sent }[] =>
    of.filter(isBound).flatMap((route) =>
      (matter.objects.get(segmentOf(route)) ?? []).map(({ id }) => ({
        route,
        sent: callOf(
          route,
          { ...matter.parameters, id, disputeId: matter.disputeId },
          { disputeId: matter.disputeId, intoId: matter.disputeId },
        ),
      })),
    );
  const lists = (): { route: Route; sent: Sent }[] =>
    routes
      .filter((r) => r.method === 'GET' && !isBound(r))
      .flatMap((route) => {
        const centers = route.parameters.some((p) => p.name === 'centerId') ? ['own', 'street', 'foreign'] : ['own'];
        return centers.map((place) => {
          const sent = callOf(
            route,
            {
              templateId: 'one-time-notice',
              figure: 'registered',
              year: '2026',
              code: scene[0]?.parameters['code'] ?? '',
            },
            { centerId: centerOf(t.world, place), from: '2026-09-01', to: '2026-10-30' },
          );
          const more = [
            ...(route.parameters.some((p) => p.name === 'limit') ? ['limit=100'] : []),
            ...(route.path === '/api/sessions' ? ['scope=center'] : []),
          ].join('&');
          return { route, sent: { ...sent, path: `${sent.path}${sent.path.includes('?') ? '&' : '?'}${more}` } };
        });
      });

  /** Asks everything that can be read as everyone, and names each word that came to the wrong eyes. */
  async function readEverything(
    keys: readonly (string | null)[],
    about: (key: string | null, matter: FixtureMatter) => boolean = () => true,
  ): Promise<{ leaks: string[]; shown: Set<string>; printed: Map<string, number>; calls: number }> {
    const reads = routes.filter((r) => r.method === 'GET');
    const calls = keys.flatMap((key) =>
      [...scene.filter((m) => about(key, m)).flatMap((m) => callsOn(m, reads)), ...lists()].map((call) => ({
        key,
        ...call,
      })),
    );
    const leaks = new Map<string, Set<string>>();
    const shown = new Set<string>();
    const printed = new Map<string, number>();
    await inParallel(calls, 8, async ({ key, route, sent }) => {
      const answer = await wire.send(sent, await tokenOf(key));
      const text = reader.textOf(answer);
      if (answer.status >= 500) leaks.set(`${route.name} answered ${answer.status}`, new Set([String(key)]));
      for (const matter of scene)
        for (const [kind, word] of Object.entries(matter.marks))
          if (text.includes(word)) shown.add(`${matter.name} ${kind}`);
      const act = PRINTED_NUMBERS[route.name];
      if (act !== undefined && answer.status === 200) printed.set(act, (printed.get(act) ?? 0) + 1);
      for (const leak of leaksIn(text, key, scene, agencyOf)) {
        const whose = scene.find((m) => leak === `${m.name} personal number`);
        if (
          act !== undefined &&
          whose !== undefined &&
          key !== null &&
          levelOf(key, RELATIONS[whose.name] ?? {}) === 'full'
        )
          continue;
        const line = `${route.name} shows ${leak}`;
        leaks.set(line, (leaks.get(line) ?? new Set()).add(String(key)));
      }
    });
    return {
      leaks: [...leaks].map(([line, who]) => `${line} to ${[...who].join(', ')}`),
      shown,
      printed,
      calls: calls.length,
    };
  }

  it('shows each word only to those who may meet it, in bodies, headers and printed papers', async () => {
    expect(reader.readsPdf).toBe(true);
    const before = await entriesOf(Object.values(PRINTED_NUMBERS));
    const isThere = (key: string | null, m: FixtureMatter): boolean =>
      IS_WHOLE || (key !== null && (levelOf(key, RELATIONS[m.name] ?? {}) !== 'none' || isSummoned(key, m)));
    const { leaks, shown, printed, calls } = await readEverything([null, ...t.world.accountKeys], isThere);
    process.stdout.write(`\nLeak search: ${calls} answers read\n`);
    expect(leaks).toEqual([]);
    const after = await entriesOf(Object.values(PRINTED_NUMBERS));
    for (const act of Object.values(PRINTED_NUMBERS)) {
      const read = printed.get(act) ?? 0;
      expect(read).toBeGreaterThan(10);
      expect([act, (after.get(act) ?? 0) - (before.get(act) ?? 0)]).toEqual([act, read]);
    }
    // A word that nobody ever meets would prove nothing.
    const written = scene.flatMap((m) => [
      `${m.name} header`,
      `${m.name} content`,
      ...(m.objects.has('investigation-records') ? [`${m.name} mediator`] : []),
      ...(m.objects.has('summons') ? [`${m.name} brief`, `${m.name} reply`] : []),
    ]);
    expect(written.filter((w) => !shown.has(w) && w !== 'sealed header')).toEqual([]);
  }, 900_000);

  it('shows personal numbers whole only to whoever reveals them, and only then', async () => {
    const [matter] = scene;
    const [party] = matter?.objects.get('parties') ?? [];
    const reveal = await (
      await t.as('intake')
    ).post(`/parties/${party?.id ?? ''}/reveals`, { fields: ['phone', 'documentNumber'], purpose: '核对身份' });
    expect(reveal.status).toBe(200);
    for (const number of matter?.canaries.slice(0, 2) ?? []) expect(reveal.text).toContain(number);
  });

  describe('with the guard of the application switched off: row security alone', () => {
    beforeAll(() => {
      switchAccessGuardOff(true);
    });
    afterAll(() => {
      switchAccessGuardOff(false);
    });

    it('reads no foreign word', async () => {
      const hasSomethingToHide = (key: string | null, m: FixtureMatter): boolean =>
        key === null || levelOf(key, RELATIONS[m.name] ?? {}) !== 'full';
      const { leaks } = await readEverything(ROW_RIGHTS, hasSomethingToHide);
      expect(leaks).toEqual([]);
    }, 900_000);

    it('changes no foreign row by any act of anyone, and acts on none', async () => {
      const acts = routes.filter((r) => r.method !== 'GET' && !OF_ONESELF.includes(r.name));
      const faults: string[] = [];
      let calls = 0;
      for (const key of ROW_RIGHTS) {
        const hidden = scene.filter((m) => {
          const relation = RELATIONS[m.name];
          if (!IS_WHOLE && !TRIED.includes(m.name)) return false;
          return relation !== undefined && levelOf(key, relation) === 'none' && !isSummoned(key, m);
        });
        const before = await digestOf(hidden);
        const tried = hidden.flatMap((m) => callsOn(m, acts));
        calls += tried.length;
        await inParallel(tried, 8, async ({ route, sent }) => {
          const { status } = await wire.send(sent, await tokenOf(key));
          // Whoever is not logged in is refused everything: that would show nothing.
          if (status < 400 || status >= 500 || status === 401) faults.push(`${key}: ${route.name} answered ${status}`);
        });
        const after = await digestOf(hidden);
        faults.push(
          ...[...before].filter(([table, d]) => after.get(table) !== d).map(([table]) => `${key}: ${table} changed`),
        );
      }
      process.stdout.write(`\nRow security alone: ${calls} acts tried on what is not one's own\n`);
      expect(calls).toBeGreaterThan(5000);
      expect(faults).toEqual([]);
    }, 1_200_000);

    it('enters nothing at a foreign center', async () => {
      const before = await t.sql('select count(*) from dispute');
      for (const key of t.world.accountKeys) {
        const isOfCenter = (PRINCIPALS[key] ?? []).some((hat) => hat.center === 'foreign');
        if (isOfCenter || key.startsWith('grid-worker:')) continue;
        for (const more of [{}, { handlingUnitId: t.world.gridId }, { handlingUnitId: t.world.foreignGridId }]) {
          const { status } = await (
            await t.as(key)
          ).post('/disputes', {
            centerId: t.world.foreignCenterId,
            channel: 'visit',
            title: '越界登记',
            narrative: '不应当登记在别的中心。',
            ...more,
          });
          expect([key, more, [404, 422].includes(status)]).toEqual([key, more, true]);
        }
      }
      expect(await t.sql('select count(*) from dispute')).toEqual(before);
    });
  });

  it('finds, as the role of the application by hand, no row of a matter that is not there for one', async () => {
    const faults: string[] = [];
    await asApplication(async (ask) => {
      for (const key of t.world.accountKeys) {
        await ask('begin');
        await beginAs(ask, key);
        for (const table of await tablesOfMatters()) {
          const column = table === 'dispute' ? 'id' : 'dispute_id';
          const seen = await ask<{ id: string }>(`select distinct ${column} as id from ${table}`);
          for (const matter of scene.filter((m) => seen.some((s) => s.id === m.disputeId))) {
            if (!mayHold(key, matter, table)) faults.push(`${key} reads ${table} of ${matter.name}`);
          }
          const hidden = scene.filter((m) => levelOf(key, RELATIONS[m.name] ?? {}) === 'none' && !isSummoned(key, m));
          await ask('savepoint try');
          const changed = await ask(
            `update ${table} set ${column} = ${column} where ${column} = any ($1) returning 1`,
            [hidden.map((m) => m.disputeId)],
          ).catch((error: unknown) => {
            // Append-only tables grant no update at all.
            if ((error as { code?: string }).code !== '42501') throw error;
            return [];
          });
          await ask('rollback to savepoint try');
          if (changed.length > 0) faults.push(`${key} writes ${table}`);
        }
        await ask('rollback');
      }
    });
    expect(faults).toEqual([]);
  }, 300_000);

  it('tells in short the parties of just those matters whose parties one reads', async () => {
    const ids = scene.map((m) => m.disputeId);
    const told = new Set<number>();
    await asApplication(async (ask) => {
      for (const key of t.world.accountKeys) {
        await ask('begin');
        await beginAs(ask, key);
        await ask('set local enable_nestloop = off'); // a hash hands its rows on in an order of its own
        const read = await ask(
          `select dispute_id as "disputeId", name, kind, total from (
             select dispute_id, name, kind, (count(*) over of_matter)::integer as total, row_number() over (of_matter order by ordinal) as nth
               from party where dispute_id = any ($1) and state = 'active' window of_matter as (partition by dispute_id)) p
            where nth <= 2 order by dispute_id, nth`,
          [ids],
        );
        const inShort = await ask<{ disputeId: string }>('select * from app.parties_in_short($1)', [ids]);
        expect([key, inShort]).toEqual([key, read]);
        expect(await ask("select current_setting('app.principal') as kind")).toEqual([{ kind: 'account' }]);
        told.add(new Set(inShort.map((row) => row.disputeId)).size);
        await ask('rollback');
      }
    });
    // Somebody is told nothing, and somebody of more than one matter but not of all.
    expect([told.has(0), [...told].some((n) => n > 1 && n < ids.length)]).toEqual([true, true]);
  });

  async function entriesOf(acts: readonly string[]): Promise<Map<string, number>> {
    const rows = await t.sql<{ act: string; count: number }>(
      'select act, count(*)::int as count from audit_entry where act = any ($1) group by act',
      [acts],
    );
    return new Map(rows.map((r) => [r.act, r.count]));
  }

  function isSummoned(key: string, matter: FixtureMatter): boolean {
    const asked = (matter.objects.get('summons') ?? []).flatMap((o) => (o.agencyIds ?? []).map(agencyOf));
    return (PRINCIPALS[key] ?? []).some((hat) => hat.agency !== undefined && asked.includes(hat.agency));
  }

  function mayHold(key: string, matter: FixtureMatter, table: string): boolean {
    const relation = RELATIONS[matter.name] ?? {};
    const level = levelOf(key, relation);
    if (level === 'full') return true;
    if (level === 'header' && (table === 'dispute' || HEADER_TABLES.includes(table))) return true;
    return isSummoned(key, matter) && AGENCY_TABLES.includes(table);
  }

  async function tablesOfMatters(): Promise<string[]> {
    const rows = await t.sql<{ name: string }>(
      `select c.relname as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'audit_entry'
          and (c.relname = 'dispute' or exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'dispute_id' and not a.attisdropped))
        order by 1`,
    );
    return rows.map((r) => r.name);
  }

  /** One digest per table over all rows of these matters, read past row security. */
  async function digestOf(matters: readonly FixtureMatter[]): Promise<Map<string, string>> {
    const digests = new Map<string, string>();
    for (const table of await tablesOfMatters()) {
      const column = table === 'dispute' ? 'id' : 'dispute_id';
      const [row] = await t.sql<{ digest: string }>(
        `select coalesce(md5(string_agg(r::text, '|' order by r::text)), '') as digest from ${table} r where ${column} = any ($1)`,
        [matters.map((m) => m.disputeId)],
      );
      digests.set(table, row?.digest ?? '');
    }
    return digests;
  }

  type Ask = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;

  async function beginAs(ask: Ask, key: string): Promise<void> {
    await ask("select app.begin_request('account', $1, null, null, $2)", [t.world.account(key).id, t.clock.at()]);
  }

  /** A connection of its own under the role that the application has. */
  async function asApplication(work: (ask: Ask) => Promise<void>): Promise<void> {
    const { url } = t.app.get(DataSource).options as { url: string };
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query('set role zongzhi_app');
      await work(
        async <Row extends object>(text: string, values: unknown[] = []) =>
          (await client.query<Row>(text, values)).rows,
      );
    } finally {
      await client.end();
    }
  }
});
