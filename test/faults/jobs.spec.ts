import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { BuiltProgram, type Program } from '../support/built-program';
import { World } from '../support/world';

const CLOCKS = 1200;
const LATE_WHISTLES = readFileSync(join(__dirname, '../support/late-whistles.sql'), 'utf8');

/** Where they hang. */
const PLACES = `select c.id as center, (select g.id from agency g where g.center_id = c.id limit 1) as agency,
                (select a.id from account a limit 1) as account
           from center c where exists (select 1 from agency g where g.center_id = c.id) limit 1`;

/** Things that would be there without what belongs to them, or twice: each row is a fault. */
const FAULTS: Readonly<Record<string, string>> = {
  'a step that was lost': `select u.id from summons_due u
      where (select count(*) from summons_ladder_step l where l.due_id = u.id) <> 5`,
  'a step taken other than once': `select u.id from summons_due u
      where (select count(*) from summons_ladder_step l where l.due_id = u.id and l.outcome = 'taken') <> 1`,
  'a step without what it issued, or twice issued': `select l.id from summons_ladder_step l where l.outcome = 'taken'
      and (select count(*) from supervision s where s.due_id = l.due_id) <> 1`,
  'something issued without its line, or with two': `select s.id from supervision s
      where (select count(*) from dispute_event e where e.dispute_id = s.dispute_id and e.act = 'supervisions.report-up') <> 1`,
  'something issued without its audit entry, or with two': `select s.id from supervision s
      where (select count(*) from audit_entry a where a.object_id = s.id) <> 1`,
  'something issued without its message, or with two': `select s.id from supervision s
      where (select count(*) from outbox_message o where o.topic = 'ladder.report' and o.payload ->> 'supervisionId' = s.id::text) <> 1`,
};

/** Matters, each with three deadlines: the clock, the window for objections and its hard stop. */
const RECKONED = 250;
const DEADLINES = 3;
/** A year whose holidays nobody has loaded, however late the test runs; its clocks run over New Year. */
const YEAR = 2131;
/** Where a clock stands otherwise than changed once and logged once: each row is a fault. */
const RECKONING_FAULTS: Readonly<Record<string, string>> = {
  'a clock left as it was': `select id from summons_due where current_due_at = '${YEAR}-01-01T20:00:00+08:00'`,
  'clocks of one start that fall due on several instants': `select 1 from summons_due where starts_at >= '${YEAR - 1}-12-31'
      having count(distinct current_due_at) <> 1`,
  'a deadline logged other than once': `select u.id from summons_due u where u.starts_at >= '${YEAR - 1}-12-31'
      and (select count(*) from recomputed_deadline r where r.dispute_id = u.dispute_id) <> ${DEADLINES}`,
  'a line missing, or twice': `select u.id from summons_due u where u.starts_at >= '${YEAR - 1}-12-31'
      and (select count(*) from dispute_event e where e.dispute_id = u.dispute_id and e.act = 'calendars.recompute') <> ${DEADLINES}`,
  // One of the clock, one of the two windows together.
  'a message missing, or twice': `select u.id from summons_due u where u.starts_at >= '${YEAR - 1}-12-31'
      and (select count(*) from outbox_message o where o.topic = 'deadlines.task-moved' and o.payload ->> 'taskId' = u.task_id::text) <> 2`,
  'a run that counted otherwise, or ended other than once': `select r.id from recomputation r
      where r.moved <> ${RECKONED * DEADLINES} or r.finished_at is null
         or (select count(*) from audit_entry a where a.object_id = r.id and a.act = 'calendars.recompute') <> 1`,
};

/**
 * The built program with its embedded PostgreSQL and its queue, in real time: killed in the middle of a climb of many
 * of late clocks, and with two instances running. Their terms run on the clock, so that it does not matter when the test runs.
 */
describe('recurring work survives kill -9 and is done once by two instances', () => {
  let built: BuiltProgram;
  beforeAll(() => {
    built = new BuiltProgram();
  });
  afterAll(() => built.remove());

  const start = async (port: string): Promise<Program> => {
    const program = built.start({ PORT: port });
    await program.listening();
    return program;
  };
  async function withOwner<T>(work: (owner: Client) => Promise<T>): Promise<T> {
    const owner = new Client({ connectionString: built.databaseUrl() });
    owner.on('error', () => undefined);
    await owner.connect();
    try {
      return await work(owner);
    } finally {
      await owner.end();
    }
  }
  const count = (table: string): Promise<number> =>
    withOwner(async (owner) =>
      Number((await owner.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n),
    );
  async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
    const deadline = performance.now() + 150_000;
    while (!(await condition())) {
      if (performance.now() > deadline) throw new Error(`Never happened: ${what}`);
      await delay(20);
    }
  }
  /** All clocks start before New Year's Day, which turns out to be off with the four days after it. */
  async function seedOverNewYear(): Promise<void> {
    await withOwner(async (owner) => {
      const { rows } = await owner.query<{ center: string; agency: string; account: string }>(PLACES);
      const { center, agency, account } = rows[0] ?? {};
      const due = `${YEAR}-01-01T20:00:00+08:00`;
      const clocks = [['sign'], 'working-day', due, 0, '35 hours'];
      await owner.query(LATE_WHISTLES, [center, agency, account, RECKONED, YEAR, ...clocks]);
      const offDays = [1, 2, 3, 4, 5].map((day) => ({ on: `${YEAR}-01-0${day}`, holiday: '元旦' }));
      const days = JSON.stringify({ offDays, makeUpWorkDays: [] });
      await owner.query(
        `with notice as (insert into working_day_notice (id, year, version, source, published_on, days, origin, state, loaded_by_name,
                                                         loaded_at, reviewed_by_name, reviewed_at)
           values (gen_random_uuid(), $1::integer, $1::integer || '-1', '通知', now(), $2, 'typed', 'in-force', '甲', now(), '乙', now()) returning id)
         insert into recomputation (id, notice_id, reason, from_day, to_day, begun_at)
           select gen_random_uuid(), id, '放假安排启用', make_date($1::integer - 1, 12, 17), make_date($1::integer, 12, 31), now() from notice`,
        [YEAR, days],
      );
    });
  }
  async function seed(year: number): Promise<void> {
    await withOwner(async (owner) => {
      const { rows } = await owner.query<{ center: string; agency: string; account: string }>(PLACES);
      const { center, agency, account } = rows[0] ?? {};
      const fourHoursAgo = new Date(Date.now() - 4 * 3_600_000);
      await owner.query(LATE_WHISTLES, [
        center,
        agency,
        account,
        CLOCKS,
        year,
        ['sign'],
        'real-hour',
        fourHoursAgo,
        0.1,
        '24 hours',
      ]);
    });
  }
  const faults = (questions = FAULTS): Promise<string[]> =>
    withOwner(async (owner) => {
      const found: string[] = [];
      for (const [what, question] of Object.entries(questions)) {
        const { rowCount } = await owner.query(question);
        if (rowCount !== 0) found.push(`${what}: ${rowCount}`);
      }
      return found;
    });

  it('kill -9 in the middle of a climb, twice; two instances finish it; no step is lost and none is taken twice', async () => {
    let program = await start('0');
    await withOwner((owner) => World.create(owner));
    await program.kill('SIGTERM');
    program = await start('0');
    await seed(2001);
    for (const share of [0.1, 0.4]) {
      await until(async () => (await count('supervision')) > share * CLOCKS, `${share} of the climb`);
      // The embedded database goes down with the program that started it.
      await program.kill('SIGKILL');
      program = await start('0');
      expect(await count('supervision')).toBeLessThan(CLOCKS);
    }
    const other = await start('0');
    await until(async () => (await count('supervision')) >= CLOCKS, 'the end of the climb');
    expect(await faults()).toEqual([]);
    // More work for both, and two more turns to do something twice.
    await seed(2002);
    await until(async () => (await count('supervision')) >= 2 * CLOCKS, 'the end of the second climb');
    await delay(25_000);
    expect(await faults()).toEqual([]);
    expect(await count('supervision')).toBe(2 * CLOCKS);
    const ended = await Promise.all([other.kill('SIGTERM'), program.kill('SIGTERM')]);
    expect(ended.map((e) => e.code)).toEqual([0, 0]);
    // After each kill the turn of the interval is lost with it: the next one comes within twenty seconds.
  }, 360_000);

  it('kill -9 in the middle of a recomputation; two instances go on from there, each deadline is changed and logged once', async () => {
    let program = await start('0');
    if ((await count('center')) === 0) await withOwner((owner) => World.create(owner));
    await seedOverNewYear();
    await until(async () => (await count('recomputed_deadline')) > 0.2 * RECKONED, 'a part of the recomputation');
    await program.kill('SIGKILL');
    program = await start('0');
    const done = await count('recomputed_deadline');
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(RECKONED * DEADLINES);
    const other = await start('0');
    const isOpen = async (): Promise<boolean> => (await count('recomputation where finished_at is null')) > 0;
    await until(async () => !(await isOpen()), 'the end of the recomputation');
    expect(await faults(RECKONING_FAULTS)).toEqual([]);
    const ended = await Promise.all([other.kill('SIGTERM'), program.kill('SIGTERM')]);
    expect(ended.map((e) => e.code)).toEqual([0, 0]);
  }, 420_000);
});
