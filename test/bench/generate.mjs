// A realistic province in an embedded PostgreSQL of its own:  node test/bench/generate.mjs --size 100k|1M|5M|10M
// Made once for each size and state of the migrations, and kept (BENCH_DIR, else .data/bench); ended in the middle, it goes on where it
// was. What nothing reads that is measured at a size is left out: at 10M what only a matter's own page shows (narratives, parties, acts
// of what is over) and the search, at 5M everything but what the search reads.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { connect, openCluster, partsOf, provinceDir, sizeOf } from './cluster.mjs';
import { COUNTERS, PASSWORD, contents, over, plan, prepare, rows, traces } from './province.mjs';

const require = createRequire(import.meta.url);
const SEED = 7;
/** Numbers of one statement, at most. */
const RANGE = 100_000;
const FILES = ['generate.mjs', 'province.mjs'].map((name) => join('test/bench', name));

/** Shared memory is taken at the start; what is new need not be logged as well. */
const FROM_THE_START = { wal_level: 'minimal', max_wal_senders: '0' };
const LOADING = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
  checkpoint_timeout: '1h',
  max_wal_size: '16GB',
  maintenance_work_mem: '1GB',
};
/** As an operator would set it for so much data. */
const RUNNING = {
  shared_buffers: '2GB',
  effective_cache_size: '8GB',
  work_mem: '16MB',
  random_page_cost: '1.1',
  max_wal_size: '4GB',
};

/** The folder of a province of this size, made if it is not there. `rebuild` by a changed schema leaves the old folder alone. */
export async function province(size, say = console.log) {
  const matters = sizeOf(size);
  const dir = provinceDir(size, FILES);
  let cluster = await openCluster(dir);
  let client = await connect(cluster.url);
  const isWhole = await client
    .query('select is_whole from bench.province')
    .then(({ rows: [row] }) => row?.is_whole === true)
    .catch(() => false);
  if (isWhole) {
    await client.end();
    return { dir, cluster };
  }
  const {
    rows: [{ is_begun: isBegun, is_used: isUsed }],
  } = await client.query(
    "select to_regclass('bench.step') is not null as is_begun, exists (select 1 from pg_tables where schemaname = 'public') as is_used",
  );
  if (isUsed && !isBegun) throw new Error(`${dir} holds something else: remove it`);
  say(`${isBegun ? 'going on with' : 'making'} ${size} in ${dir}`);
  await client.query(
    'create schema if not exists bench; create table if not exists bench.step (name text primary key)',
  );
  await set(client, { ...FROM_THE_START, shared_buffers: RUNNING.shared_buffers });
  await client.end();
  await cluster.stop();
  cluster = await openCluster(dir);
  client = await connect(cluster.url);
  await load({ url: cluster.url, client, matters, parts: partsOf(size), dir, say });
  await client.end();
  await cluster.stop();
  cluster = await openCluster(dir);
  const check = await connect(cluster.url);
  const { rows: settings } = await check.query(
    "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'autovacuum')",
  );
  for (const { name, setting } of settings) if (setting !== 'on') throw new Error(`${name} is ${setting}`);
  await check.query('update bench.province set is_whole = true');
  await check.end();
  return { dir, cluster };
}

async function set(client, settings) {
  for (const [name, value] of Object.entries(settings)) await client.query(`alter system set ${name} = '${value}'`);
}

async function isMade(client, step) {
  return (await client.query('select 1 from bench.step where name = $1', [step])).rows.length > 0;
}

/** A step as a whole or not at all, and never twice. */
async function once(client, step, work) {
  if (await isMade(client, step)) return;
  await client.query('begin');
  await work(client);
  await client.query('insert into bench.step values ($1)', [step]);
  await client.query('commit');
}

/** What cannot be taken back, or needs more than one connection: begun anew where it did not come to its end. */
async function onceAtLeast(client, step, work) {
  if (await isMade(client, step)) return;
  await work();
  await client.query('insert into bench.step values ($1)', [step]);
}

async function load({ url, client, matters, parts, dir, say }) {
  const begun = performance.now();
  const timed = async (what, work) => {
    const start = performance.now();
    const result = await work();
    say(
      `${((performance.now() - begun) / 1000).toFixed(1).padStart(7)} s  ${what} (${((performance.now() - start) / 1000).toFixed(1)} s)`,
    );
    return result;
  };
  const { migrate } = require('../../dist/src/data-source.js');
  const { hashPassword } = require('../../dist/src/modules/identity/application/passwords.js');
  await set(client, LOADING);
  await client.query('select pg_reload_conf()');
  await timed('schema', () => migrate(url));
  const isLean = parts === 'lists and figures';
  const isSearch = parts === 'search';
  const second = await connect(url);
  // Triggers and foreign keys would look at every row alone; they are checked together at the end.
  for (const one of [client, second])
    await one.query(
      "set session_replication_role = replica; set work_mem = '512MB'; set jit = off; set timezone = 'Asia/Shanghai'",
    );
  await timed('organisations', () =>
    once(client, 'organisations', async () => {
      const until = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
      await prepare(client, { seed: SEED, matters, passwordHash: await hashPassword(PASSWORD), until, isLean });
    }),
  );
  const {
    rows: [{ until }],
  } = await client.query('select until::text as until from bench.province');
  await timed('lives', () =>
    once(client, 'lives', async () => {
      for (const statement of plan(matters, until)) await client.query(statement);
    }),
  );

  const { RULES_OF_CENTER } = require('../../dist/src/modules/worklist/application/standings.js');
  const statements = isSearch
    ? { dispute: rows.dispute, dispute_narrative: contents.dispute_narrative, party: contents.party }
    : { ...rows, ...(isLean ? {} : contents), ...traces(isLean), ...over(RULES_OF_CENTER, isLean) };
  const tables = Object.keys(statements);
  const loaded = [
    ...tables.map((table) => `public.${table}`),
    'public.worklist_entry',
    ...(isLean ? [] : ['app.matter_search']),
  ];
  const indexes = await setAside(client, 'indexes', loaded);

  // Two connections, each with every other range of every table.
  const ranges = [];
  const step = Math.min(RANGE, matters / 10);
  for (let from = 1; from <= matters; from += step) ranges.push([from, Math.min(from + step - 1, matters)]);
  const inTwo = async (jobs) => {
    const queue = [...jobs];
    await Promise.all(
      [client, second].map(async (one) => {
        for (let job = queue.shift(); job !== undefined; job = queue.shift()) await job(one);
      }),
    );
  };
  for (const table of tables) {
    await timed(table, () =>
      inTwo(
        ranges.map(
          (range) => (one) =>
            once(one, `${table} ${range[0]}`, () =>
              one.query(statements[table].replace(/\$1/g, range[0]).replace(/\$2/g, range[1])),
            ),
        ),
      ),
    );
  }
  await timed('counters', () => once(client, 'counters', () => client.query(COUNTERS)));
  if (!isLean) {
    await timed('search rows', async () => {
      await client.query('analyze dispute; analyze dispute_narrative; analyze party');
      await client.query('create index if not exists bench_party on party (dispute_id)');
      await inTwo(
        ranges.map(
          (range) => (one) =>
            once(one, `search ${range[0]}`, () =>
              one.query(`select count(app.index_matter(id)) from bench.m where i between ${range[0]} and ${range[1]}`),
            ),
        ),
      );
      await client.query('drop index bench_party');
    });
  }
  await timed(`${indexes.length} indexes`, () =>
    inTwo(
      indexes.map(
        ({ name, indexdef }) =>
          (one) =>
            once(one, name, () => one.query(indexdef)),
      ),
    ),
  );
  const further = {
    'vacuum analyze': () => client.query('vacuum analyze'),
    ...(isSearch
      ? { 'nothing to reckon': () => withProgram({ url, dir }, ({ clocks }) => nothingWaits(client, clocks)) }
      : {
          'lists of what is open': () => openLists({ url, dir, client, matters, inTwo }),
          'cases of figures': () => cases(inTwo, client, ranges),
          'their sums': () => sums(inTwo, client),
          'sums of some places as the program makes them': () => checkSums(client),
        }),
    checks: () => check(client, matters),
  };
  for (const [step, work] of Object.entries(further)) await timed(step, () => onceAtLeast(client, step, work));
  for (const name of Object.keys({ ...LOADING, ...FROM_THE_START })) await client.query(`alter system reset ${name}`);
  await set(client, RUNNING);
  await client.query('select pg_reload_conf()');
  await timed('vacuum, checkpoint', async () => {
    await client.query('vacuum analyze');
    await client.query('checkpoint');
  });
  await second.end();
}

/** The program's own parts on the province, nothing of it running by itself. */
async function withProgram({ url, dir }, work) {
  const { loadConfig } = require('../../dist/src/config/index.js');
  const { AppModule } = require('../../dist/src/app.module.js');
  const { UnitOfWork } = require('../../dist/src/platform/database/index.js');
  const { Calendars } = require('../../dist/src/modules/calendar/index.js');
  const { Standings } = require('../../dist/src/modules/worklist/application/standings.js');
  const { KeepClocks } = require('../../dist/src/modules/supervision/application/keep-clocks.js');
  const { CountClocks } = require('../../dist/src/modules/supervision/application/count-clocks.js');
  const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: dir, PUBLIC_URL: 'http://127.0.0.1:3000' });
  const app = await NestFactory.createApplicationContext(AppModule.forRoot({ config, ownerUrl: url }), {
    logger: ['fatal'],
  });
  try {
    const [unitOfWork, calendars, standings, clocks, counts] = [
      UnitOfWork,
      Calendars,
      Standings,
      KeepClocks,
      CountClocks,
    ].map((part) => app.get(part, { strict: false }));
    await work({ unitOfWork, calendars, standings, clocks, counts });
  } finally {
    await app.close();
  }
}

/** Lists, clocks, cases of figures and words count as reckoned: the program looks for nothing that is older than it. */
async function nothingWaits(client, clocks) {
  const { RULES_OF_CENTER } = require('../../dist/src/modules/worklist/application/standings.js');
  await once(client, 'lists filled', () =>
    client.query(
      `insert into worklist_fill (center_id, rules, filled_at) select c.id, ${RULES_OF_CENTER}, now() from center c`,
    ),
  );
  // No center has hours of its own: what one hangs on, all do.
  const { mark } = await clocks.next([]);
  await client.query(
    `insert into clock_filling (center_id, kept_by, begun_by) select id, $1, $1 from center
       on conflict (center_id) do update set kept_by = excluded.kept_by, begun_by = excluded.begun_by`,
    [mark],
  );
  if ((await clocks.next([])) !== null) throw new Error('Clocks of a center are missing');
  await client.query('update app.figure_build set is_done = true');
  await client.query('update app.search_rebuild set finished_at = now() where finished_at is null');
}

/** What is open waits for somebody until some day: reckoned by the program's own rules from the program's own traces. */
async function openLists({ url, dir, client, matters, inTwo }) {
  const { entriesOf } = require('../../dist/src/modules/worklist/application/entries.js');
  const { RULES_OF_CENTER } = require('../../dist/src/modules/worklist/application/standings.js');
  await withProgram({ url, dir }, async ({ unitOfWork: work, calendars, standings, clocks, counts }) => {
    const { rows: ids } = await client.query(
      'select id, center_id from bench.m where life not in (1, 3, 4, 5, 6, 7, 8) order by i',
    );
    const office = await work.readAsSystem('bench', (tx) => calendars.forCenter(tx, ids[0].center_id));
    const {
      rows: [{ rules }],
    } = await client.query(`select ${RULES_OF_CENTER} as rules from center c limit 1`);
    const plain = (value) => (value instanceof Date ? value.toISOString() : value);
    const snake = (row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), plain(value)]),
      );
    const fill = async (one, part) => {
      const { rows: found } = await one.query(
        `select trace || app.worklist_answers((trace->>'id')::uuid) || app.worklist_meetings((trace->>'id')::uuid) || app.worklist_reviews((trace->>'id')::uuid) as trace from app.worklist_traces($1) t(trace)`,
        [part],
      );
      const kept = found.map(({ trace }) => ({ trace, ...entriesOf(trace, office) }));
      await one.query(
        `insert into worklist_matter (dispute_id, center_id, is_open, step, holder, since, due_kind, due_on, due_at, warns_at, is_paused, waits, rules, kept_at)
           select dispute_id, center_id, is_open, step, holder, since, due_kind, due_on, due_at, warns_at, coalesce(is_paused, false), waits, $2, now()
             from jsonb_to_recordset($1) n(dispute_id uuid, center_id uuid, is_open boolean, step text, holder text, since timestamptz, due_kind text, due_on date,
                                           due_at timestamptz, warns_at timestamptz, is_paused boolean, waits jsonb)`,
        [
          JSON.stringify(
            kept.map(({ trace, isOpen, waits }) => ({
              dispute_id: trace.id,
              center_id: trace.centerId,
              is_open: isOpen,
              waits,
              ...snake(waits[0] ?? {}),
            })),
          ),
          rules,
        ],
      );
      await one.query(
        `insert into worklist_entry (center_id, handling_center_id, committee_id, handling_unit_id, is_sealed, dispute_id, tab, audience, line_id, phase, sort_at, step, holder, since, due_kind, due_on, due_at, warns_at, is_paused, excluded)
           select d.center_id, d.handling_center_id, d.committee_id, d.handling_unit_id, d.is_sealed, n.*
             from jsonb_to_recordset($1) n(dispute_id uuid, tab text, audience text, line_id uuid, phase smallint, sort_at timestamptz, step text, holder text, since timestamptz,
                                           due_kind text, due_on date, due_at timestamptz, warns_at timestamptz, is_paused boolean, excluded uuid[])
             join dispute d on d.id = n.dispute_id`,
        [
          JSON.stringify(
            kept.flatMap(({ trace, entries }) => entries.map((entry) => ({ dispute_id: trace.id, ...snake(entry) }))),
          ),
        ],
      );
    };
    const inParts = (all, size) =>
      Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
        all.slice(n * size, (n + 1) * size).map(({ id }) => id),
      );
    await inTwo(inParts(ids, 1000).map((part) => (one) => once(one, `lists ${part[0]}`, () => fill(one, part))));
    // Center by center, as the program does it: what a center reckons by is looked up once for each.
    const byCenter = [...ids].sort((a, b) => (a.center_id < b.center_id ? -1 : 1));
    const reckon = (part) =>
      work.runAsSystem('bench', async (tx) => {
        await tx.query("select set_config('statement_timeout', '0', true)");
        await clocks.keep(tx, part);
      });
    await inTwo(
      inParts(byCenter, 100).map((part) => (one) => onceAtLeast(one, `clocks ${part[0]}`, () => reckon(part))),
    );
    await counts.turn();
    await nothingWaits(client, clocks);
    // The program, asked to reckon some of them itself, must find nothing to change: all of what is open, and what is over in full provinces.
    const {
      rows: [{ is_lean: isLean }],
    } = await client.query('select is_lean from bench.province');
    const { rows: sample } = await client.query(
      `select id from bench.m where bench.h(i, 30) % $1 = 0 ${isLean ? 'and life not in (1, 3, 4, 5, 6, 7, 8)' : ''} limit 300`,
      [Math.max(1, Math.floor(matters / 300))],
    );
    const state = async () =>
      (
        await client.query(
          `select md5(string_agg(e::text, '|' order by e.dispute_id, e.tab, e.audience, e.line_id)) as entries, (select md5(string_agg((to_jsonb(w) - 'kept_at')::text, '|' order by w.dispute_id))
           from worklist_matter w where w.dispute_id = any ($1)) as matters from worklist_entry e where e.dispute_id = any ($1)`,
          [sample.map(({ id }) => id)],
        )
      ).rows[0];
    const before = await state();
    await work.runAsSystem('bench', (tx) =>
      standings.keep(
        tx,
        sample.map(({ id }) => id),
      ),
    );
    const after = await state();
    if (before.entries !== after.entries || before.matters !== after.matters)
      throw new Error('The program would have written other lists');
  });
}

/** Cases of figures, by the program's own definition, many at once. */
async function cases(inTwo, client, ranges) {
  const keptBy = await setAside(client, 'indexes of cases', ['app.figure_fact'], async () => {
    await client.query(`
      truncate app.figure_fact, app.figure_delta, app.figure_cell, app.figure_scope;
      alter table app.figure_fact drop constraint figure_fact_pkey`);
  });
  const {
    rows: [{ columns }],
  } = await client.query(
    "select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns from information_schema.columns where table_schema = 'app' and table_name = 'figure_fact'",
  );
  // Wider ranges than those of the tables: each reads its way through all that hangs on matters.
  const wide = [];
  for (let i = 0; i < ranges.length; i += 5) wide.push([ranges[i][0], ranges[Math.min(i + 4, ranges.length - 1)][1]]);
  await inTwo(
    wide.map(
      (range) => (one) =>
        once(one, `cases ${range[0]}`, () =>
          one.query(
            `insert into app.figure_fact (${columns}) select ${columns} from app.figure_rows_at(now())
              where dispute_id >= (select id from bench.m where i = ${range[0]}) and dispute_id <= (select id from bench.m where i = ${range[1]})`,
          ),
        ),
    ),
  );
  await inTwo(
    keptBy.map(
      ({ name, indexdef }) =>
        (one) =>
          once(one, name, () => one.query(indexdef)),
    ),
  );
  await once(client, 'key of cases', () => client.query(`alter table app.figure_fact add primary key (${FACT})`));
  await client.query('vacuum analyze app.figure_fact');
}

const FACT = 'dispute_id, figure, subject_id';
const CELL = 'scope_id, dim, basis, figure, month, key, verdict, note';
/** Columns that tell whom a case hangs on, and the dim of their sums. */
const HOLDERS = { committee_id: 6, mediator_id: 7, agency_id: 8, place_unit_id: 9, local_type_id: 10 };
/** The same by day. */
const HOLDERS_BY_DAY = { committee_id: 15, mediator_id: 16, agency_id: 17, place_unit_id: 18, local_type_id: 19 };
const BASES = [
  [1, 'period_at'],
  [2, 'cohort_at'],
];

/**
 * Sums of all places at once: of each center alone, of the smallest place that holds others with what is below it, and the larger of
 * those.
 */
async function sums(inTwo, client) {
  const isMany = (many) =>
    `(select count(*) from (select 1 from app.figure_fact f where f.center_id = p.center_id limit ${many}) f) = ${many}`;
  await client.query(`
    truncate app.figure_cell, app.figure_scope;
    alter table app.figure_cell drop constraint if exists figure_cell_pkey;
    drop table if exists bench.cell, bench.place, bench.holder;
    create unlogged table bench.place as
      with below as (select a.id, count(*) as n from center c cross join unnest(c.ancestor_center_ids) a(id) group by 1)
      select c.id as center_id, o.id as scope_id, d.id as day_id from center c
        left join lateral (select w.id from unnest(c.id || c.ancestor_center_ids) with ordinality w(id, i) join below b on b.id = w.id order by w.i limit 1) o on true
        left join lateral (select w.id from unnest(c.id || c.ancestor_center_ids) with ordinality w(id, i) join below b on b.id = w.id and b.n >= app.many_centers()
                            order by w.i limit 1) d on true;
    create unlogged table bench.cell as select ${CELL}, n, weight, daily from app.figure_cell limit 0;
    insert into app.figure_scope (scope_id, is_subtree, built_at, is_by_day, is_by_holder, is_by_kind_and_day)
      select center_id, false, now(), false, ${isMany('app.many_cases()')}, ${isMany('app.very_many_cases() / 4')} from bench.place p
      union all select distinct scope_id, true, now(), scope_id in (select day_id from bench.place), false, false from bench.place where scope_id is not null;
    create unlogged table bench.holder as
      select c.id as scope_id, s.scope_id as holder_id, s.is_by_day from center c join app.figure_scope s on s.is_subtree and s.scope_id = any (c.id || c.ancestor_center_ids);
    analyze bench.place; analyze bench.holder`);
  const added = 'count(*), sum(f.weight), sum(f.daily)';
  const spanOf = (at, span) => `date_trunc('${span}', f.${at} at time zone 'Asia/Shanghai')::date`;
  const facts = (at) =>
    `(select f.*, ${spanOf(at, 'month')} as month, coalesce(f.note, 0::smallint) as noted from app.figure_fact f where f.${at} is not null) f`;
  await inTwo(
    BASES.map(([basis, at]) => async (one) => {
      const byHolder = (span, among, dims, all) => {
        const columns = Object.keys(dims);
        const sets = [...(all === undefined ? [] : ['()']), ...columns.map((column) => `(f.${column})`)].join(', ');
        return one.query(`
        insert into app.figure_cell (${CELL}, n, weight, daily)
          select f.center_id, case ${columns.map((column) => `when grouping(f.${column}) = 0 then ${dims[column]}`).join(' ')}${all === undefined ? '' : ` else ${all}`} end, ${basis}, f.figure,
                 ${spanOf(at, span)}, coalesce(coalesce(${columns.map((column) => `f.${column}`).join(', ')})::text, ''), f.verdict, f.noted, ${added}
            from ${facts(at)} join app.figure_scope s on s.scope_id = f.center_id and ${among}
           group by f.center_id, f.figure, 5, f.verdict, f.noted, grouping sets (${sets})`);
      };
      await one.query(`
        insert into app.figure_cell (${CELL}, n, weight, daily)
          select f.center_id, 0, ${basis}, f.figure, f.month, '', f.verdict, f.noted, ${added} from ${facts(at)} group by 1, 4, 5, 7, 8`);
      await one.query(`
        insert into bench.cell (${CELL}, n, weight, daily)
          select p.scope_id, case when grouping(f.dispute_type) = 0 then 2 when grouping(f.channel) = 0 then 3 when grouping(f.level) = 0 then 4 else 1 end, ${basis},
                 f.figure, f.month, coalesce(f.dispute_type, f.channel, f.level::text, ''), f.verdict, f.noted, ${added}
            from ${facts(at)} join bench.place p on p.center_id = f.center_id and p.scope_id is not null
           group by p.scope_id, f.figure, f.month, f.verdict, f.noted, grouping sets ((), (f.dispute_type), (f.channel), (f.level))`);
      await byHolder('month', 's.is_by_holder', HOLDERS);
      await byHolder('day', 'not s.is_subtree and s.is_by_kind_and_day', HOLDERS_BY_DAY, 14);
      await one.query(`
        insert into bench.cell (${CELL}, n, weight, daily)
          select p.day_id, 5, ${basis}, f.figure, ${spanOf(at, 'day')}, '', f.verdict, f.noted, ${added}
            from ${facts(at)} join bench.place p on p.center_id = f.center_id and p.day_id is not null group by 1, 4, 5, 7, 8`);
    }),
  );
  await client.query('analyze bench.cell');
  await client.query(`
    insert into app.figure_cell (${CELL}, n, weight, daily)
      select s.holder_id, b.dim, b.basis, b.figure, b.month, b.key, b.verdict, b.note, sum(b.n), sum(b.weight), sum(b.daily)
        from bench.cell b join bench.holder s on s.scope_id = b.scope_id
       where b.dim < 5 or s.is_by_day group by 1, 2, 3, 4, 5, 6, 7, 8`);
  await sumsByKindAndDay(inTwo, client, facts);
  await client.query(`
    alter table app.figure_cell add primary key (${CELL}) include (n, weight, daily);
    drop table bench.cell, bench.place, bench.holder;
    analyze app.figure_cell`);
}

/** Very few places have these; the larger hold the smaller. */
async function sumsByKindAndDay(inTwo, client, facts) {
  await client.query(`
    update app.figure_scope s set is_by_kind_and_day = true
      from (select scope_id, sum(n) as n from app.figure_cell where dim = 1 and basis = 1 group by 1) l
     where s.is_subtree and s.scope_id = l.scope_id and l.n >= app.very_many_cases();
    truncate bench.cell;
    create unlogged table bench.kind_place as
      select c.id as center_id, o.scope_id from center c cross join lateral (
        select s.scope_id from unnest(c.id || c.ancestor_center_ids) with ordinality w(id, i) join app.figure_scope s on s.scope_id = w.id and s.is_subtree and s.is_by_kind_and_day
         order by w.i limit 1) o;
    analyze bench.kind_place; analyze app.figure_scope`);
  const { rowCount } = await client.query('select 1 from bench.kind_place limit 1');
  if (rowCount > 0) {
    await inTwo(
      BASES.map(
        ([basis, at]) =>
          (one) =>
            one.query(`
        insert into bench.cell (${CELL}, n, weight, daily)
          select p.scope_id, case when grouping(f.dispute_type) = 0 then 11 when grouping(f.channel) = 0 then 12 else 13 end, ${basis}, f.figure,
                 (f.${at} at time zone 'Asia/Shanghai')::date, coalesce(f.dispute_type, f.channel, f.level::text, ''), f.verdict, f.noted, count(*), sum(f.weight), sum(f.daily)
            from ${facts(at)} join bench.kind_place p on p.center_id = f.center_id
           group by p.scope_id, f.figure, 5, f.verdict, f.noted, grouping sets ((f.dispute_type), (f.channel), (f.level))`),
      ),
    );
    await client.query(`
      insert into app.figure_cell (${CELL}, n, weight, daily)
        select k.scope_id, b.dim, b.basis, b.figure, b.month, b.key, b.verdict, b.note, sum(b.n), sum(b.weight), sum(b.daily)
          from bench.cell b join center c on c.id = b.scope_id
          join app.figure_scope k on k.is_subtree and k.is_by_kind_and_day and k.scope_id = any (c.id || c.ancestor_center_ids)
         group by 1, 2, 3, 4, 5, 6, 7, 8`);
  }
  await client.query('drop table bench.kind_place');
}

/** The program's own function, which makes them place by place, must find nothing to mend. */
async function checkSums(client) {
  const { rows: probes } = await client.query(
    `select distinct on (b.level, s.is_subtree) s.scope_id, s.is_subtree from app.figure_scope s join bench.center b on b.id = s.scope_id
      where not (s.is_subtree and b.level = 'city') order by b.level, s.is_subtree, not s.is_by_holder, bench.h(b.c, 40)`,
  );
  for (const { scope_id: id, is_subtree: isSubtree } of probes) {
    const {
      rows: [{ wrong }],
    } = await client.query('select app.mend_figures($1, $2, now()) as wrong', [id, isSubtree]);
    if (wrong > 0) throw new Error(`The program would have summed ${id} otherwise: ${wrong} cells`);
  }
}

/** Takes the indexes of tables away, but those of their keys, and says how they are made again. */
async function setAside(client, step, tables, more = () => undefined) {
  await once(client, step, async () => {
    await client.query('create table if not exists bench.index (step text, name text, indexdef text)');
    for (const { name, indexdef } of await indexesOf(client, tables)) {
      await client.query('insert into bench.index values ($1, $2, $3)', [step, name, indexdef]);
      await client.query(`drop index ${name}`);
    }
    await more();
  });
  return (await client.query('select name, indexdef from bench.index where step = $1', [step])).rows;
}

async function indexesOf(client, tables) {
  const { rows: found } = await client.query(
    `select i.indexdef, format('%I.%I', i.schemaname, i.indexname) as name from pg_indexes i
      where i.schemaname || '.' || i.tablename = any ($1) and not exists (select 1 from pg_constraint c where c.conindid = format('%I.%I', i.schemaname, i.indexname)::regclass)`,
    [tables],
  );
  return found;
}

/** Every row refers to a row: all of them, of many a hundredth. */
async function check(client, matters) {
  const sample = matters > 1_000_000 ? 'tablesample system (1)' : '';
  const { rows: keys } = await client.query(
    `select c.conname, c.conrelid::regclass::text as source, c.confrelid::regclass::text as target,
            (select array_agg(quote_ident(a.attname) order by k.n) from unnest(c.conkey) with ordinality k(num, n) join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.num) as own,
            (select array_agg(quote_ident(a.attname) order by k.n) from unnest(c.confkey) with ordinality k(num, n) join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.num) as other
       from pg_constraint c where c.contype = 'f'`,
  );
  for (const { conname, source, target, own, other } of keys) {
    const {
      rows: [{ lost }],
    } = await client.query(
      `select count(*)::int as lost from ${source} s ${sample} where ${own.map((c) => `s.${c} is not null`).join(' and ')}
          and not exists (select 1 from ${target} t where ${own.map((c, i) => `t.${other[i]} = s.${c}`).join(' and ')})`,
    );
    if (lost > 0) throw new Error(`${conname}: ${lost} rows of ${source} refer to nothing in ${target}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!existsSync('dist/src/main.js')) throw new Error('Build first: npm run build');
  const { values } = parseArgs({ options: { size: { type: 'string', default: '100k' } } });
  const { cluster } = await province(values.size);
  await cluster.stop();
}
