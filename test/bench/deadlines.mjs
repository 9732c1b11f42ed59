// 100,000 open clocks of whistles, and the deadlines of a missing year:  npm run bench
// The compiled program over an embedded PostgreSQL of its own, at a fixed instant. A desk works all the while on matters with such
// clocks (locks the matter, moves a clock, writes its line); what it waits is measured with the sweep and without.
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { report } from './report.mjs';

const require = createRequire(import.meta.url);
const MATTERS = 25_000;
const CLOCKS = ['sign', 'contact', 'arrive', 'feedback'];
const LATE = 2000;
/** Matters of a missing year: each with its clocks and the two windows for objections. */
const OF_YEAR = 2000;
/** Thursday morning, while offices are open. */
const NOW = new Date('2026-10-15T10:00:00+08:00');
const LATE_WHISTLES = readFileSync('test/support/late-whistles.sql', 'utf8');

const dataDir = mkdtempSync(join(tmpdir(), 'zongzhi-deadlines-'));
chmodSync(dataDir, 0o711);
const { loadConfig } = require('../../dist/src/config/index.js');
const { openDatabase } = require('../../dist/src/open-database.js');
const { migrate } = require('../../dist/src/data-source.js');
const { AppModule } = require('../../dist/src/app.module.js');
const { ClimbLadder } = require('../../dist/src/modules/supervision/index.js');
const { RecomputeDeadlines } = require('../../dist/src/modules/calendar/application/recompute-deadlines.js');
const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, PUBLIC_URL: 'http://127.0.0.1:3000' });
const database = await openDatabase(config);
const owner = new pg.Client({ connectionString: database.url });

const at = (p, values) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))];
const ms = (value) => `${value.toFixed(1)} ms`;

/** What an agency's act does to the tables, on one matter after another, until told to stop. */
async function desk(client, tasks, isOver) {
  const waits = [];
  for (let i = 0; !isOver(); i += 1) {
    const { dispute_id: matter, id } = tasks[(i * 7919) % tasks.length];
    const start = performance.now();
    await client.query('begin');
    await client.query('select 1 from dispute where id = $1 for update', [matter]);
    await client.query(
      "insert into dispute_event (id, dispute_id, at, act, actor_name, details) values (gen_random_uuid(), $1, $2, 'summons-tasks.contact', '张三', '{}')",
      [matter, NOW],
    );
    await client.query("update summons_due set met_at = $2 where task_id = $1 and kind = 'contact'", [id, NOW]);
    await client.query('commit');
    waits.push(performance.now() - start);
    await delay(5);
  }
  return waits;
}

try {
  await migrate(database.url);
  await owner.connect();
  await owner.query("select set_config('app.principal', 'system', false)");
  const [center, agency, account] = [randomUUID(), randomUUID(), randomUUID()];
  const unit = randomUUID();
  await owner.query("insert into org_unit (id, kind) values ($1, 'district')", [unit]);
  await owner.query("insert into center (id, unit_id, name, code) values ($1, $2, '新城区综治中心', '新城')", [
    center,
    unit,
  ]);
  await owner.query("insert into agency (id, center_id, name, residency) values ($1, $2, '住建局', 'resident')", [
    agency,
    center,
  ]);
  await owner.query("insert into account (id, login_name, display_name) values ($1, 'zhang', '张三')", [account]);
  // From tomorrow on, over two weeks.
  const spread = (13 * 86_400) / MATTERS;
  const first = new Date(NOW.getTime() + 86_400_000);
  const seed = (matters, year, kinds, from, step) =>
    owner.query(LATE_WHISTLES, [center, agency, account, matters, year, kinds, 'working-day', from, step, '5 days']);
  await seed(MATTERS, 2001, CLOCKS, first, spread);
  await owner.query('vacuum analyze');
  const app = await NestFactory.createApplicationContext(
    AppModule.forRoot({ config, ownerUrl: database.url, clock: { at: () => NOW } }),
    { logger: ['fatal'] },
  );
  const ladder = app.get(ClimbLadder, { strict: false });
  const writer = new pg.Client({ connectionString: database.url });
  // What fails is told by itself, not by the database that is stopped then.
  writer.on('error', () => undefined);
  await writer.connect();
  let { rows: tasks } = await owner.query('select id, dispute_id from summons_task');

  let isOver = false;
  const quiet = desk(writer, tasks, () => isOver);
  await delay(3000);
  isOver = true;
  const before = await quiet;

  const timed = async (work) => {
    isOver = false;
    const working = desk(writer, tasks, () => isOver);
    const [start, used] = [performance.now(), process.cpuUsage()];
    const result = await work();
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(used);
    isOver = true;
    return { result, seconds, cpu: (user + system) / 1e6, waits: await working };
  };
  // As after the loading of a year's holidays: every clock is reckoned anew, some steps are due by it.
  const { rows: open } = await owner.query(
    'select count(*)::int as n from summons_due where met_at is null and stopped_at is null',
  );
  const whole = await timed(() => ladder.turn());
  const { rows: left } = await owner.query(
    'select count(*)::int as n from summons_due where met_at is null and next_step_at is null',
  );
  if (left[0].n > 0) throw new Error(`${left[0].n} clocks were not reckoned`);
  const idle = await timed(() => ladder.turn());
  // A stop of days: thousands of clocks ran out meanwhile.
  await seed(LATE, 2002, ['sign'], new Date('2026-10-12T09:00:00+08:00'), 30);
  const late = await timed(() => ladder.turn());
  // The clocks of a year whose holidays nobody had loaded, and then they are.
  await owner.query('update summons_due set stopped_at = $1 where met_at is null', [NOW]);
  await seed(OF_YEAR, 2003, CLOCKS, new Date('2027-01-05T10:00:00+08:00'), (MATTERS * 60) / OF_YEAR);
  await owner.query('vacuum analyze');
  ({ rows: tasks } = await owner.query(
    'select t.id, t.dispute_id from summons_task t join summons s on s.id = t.summons_id where s.number_year = 2003',
  ));
  const off = Array.from({ length: 8 }, (_, i) => ({
    on: `2027-02-${String(i + 5).padStart(2, '0')}`,
    holiday: '春节',
  }));
  await owner.query(
    `with notice as (insert into working_day_notice (id, year, version, source, published_on, days, origin, state, loaded_by_name,
                                                     loaded_at, reviewed_by_name, reviewed_at)
       values (gen_random_uuid(), 2027, '2027-1', '通知', $1::timestamptz, $2, 'typed', 'in-force', '甲', $1::timestamptz, '乙',
               $1::timestamptz) returning id)
     insert into recomputation (id, notice_id, reason, from_day, to_day, begun_at)
       select gen_random_uuid(), id, '2027年放假安排启用', '2026-12-17', '2027-12-31', $1::timestamptz from notice`,
    [NOW, JSON.stringify({ offDays: off, makeUpWorkDays: [] })],
  );
  const recompute = app.get(RecomputeDeadlines, { strict: false });
  const anew = await timed(async () => {
    // A turn of the program itself may take the run up in between: then it is that turn's to end.
    for (let open = 1; open > 0;) {
      await recompute.work();
      open = (await owner.query('select 1 from recomputation where finished_at is null')).rows.length;
      if (open > 0) await delay(20);
    }
  });
  const { rows: kept } = await owner.query(
    'select count(*)::int as n, count(distinct (kind, subject_id))::int as once from recomputed_deadline',
  );
  if (kept[0].n !== kept[0].once) throw new Error(`${kept[0].n} lines of ${kept[0].once} deadlines`);
  await app.close();
  await writer.end();
  await report(
    'deadlines',
    'Deadlines',
    [],
    `${open[0].n} open clocks of whistles, each with a ladder of five steps. A desk works on their matters all the while.

| | measured | wanted |
|---|---|---|
| every clock reckoned anew and what is due taken (${whole.result} steps) | ${whole.seconds.toFixed(1)} s | < 10 s |
| of it processor time of the program, the desk's included | ${whole.cpu.toFixed(1)} s | |
| a turn that finds nothing due | ${ms(idle.seconds * 1000)} | |
| ${LATE} late clocks after a stop: ${late.result} steps with 督办单, lines, audit and messages | ${late.seconds.toFixed(1)} s, ${Math.round(LATE / late.seconds)} clocks a second | |
| ${kept[0].n} deadlines of a missing year, on ${OF_YEAR} matters, reckoned anew when it is loaded: each with line, audit, message, lists, clocks and figures of its matter, logged once | ${anew.seconds.toFixed(0)} s, ${Math.round(kept[0].n / anew.seconds)} deadlines a second | |

| an act of the desk | median | of 100 the longest but one | longest |
|---|---|---|---|
| nobody sweeps | ${ms(at(0.5, before))} | ${ms(at(0.99, before))} | ${ms(at(1, before))} |
| while all are reckoned | ${ms(at(0.5, whole.waits))} | ${ms(at(0.99, whole.waits))} | ${ms(at(1, whole.waits))} |
| while a year is reckoned anew | ${ms(at(0.5, anew.waits))} | ${ms(at(0.99, anew.waits))} | ${ms(at(1, anew.waits))} |
| while late ones climb | ${ms(at(0.5, late.waits))} | ${ms(at(0.99, late.waits))} | ${ms(at(1, late.waits))} |`,
  );
} finally {
  await owner.end().catch(() => undefined);
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
