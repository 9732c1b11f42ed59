import { RecurringWork } from './recurring-work';

/** Matters, each with three deadlines: the clock, the window for objections and its hard stop. */
const RECKONED = 750;
const DEADLINES = 3;
/** A year whose holidays nobody has loaded, however late the test runs; its clocks run over New Year. */
const YEAR = 2131;
/** Where a clock stands otherwise than changed once and logged once: each row is a fault. */
const FAULTS: Readonly<Record<string, string>> = {
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

describe('a recomputation of deadlines survives kill -9 and is gone on with by two instances', () => {
  let work: RecurringWork;
  beforeAll(() => {
    work = new RecurringWork();
  });
  afterAll(() => work.close());
  /** All clocks start before New Year's Day, which turns out to be off with the four days after it. */
  async function seedOverNewYear(): Promise<void> {
    await work.whistles(RECKONED, YEAR, ['sign'], 'working-day', `${YEAR}-01-01T20:00:00+08:00`, 0, '35 hours');
    await work.withOwner(async (owner) => {
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

  it('kill -9 in the middle of a recomputation; two instances go on from there, each deadline is changed and logged once', async () => {
    let program = await work.open();
    await seedOverNewYear();
    await work.until(
      async () => (await work.count('recomputed_deadline')) > 0.2 * RECKONED,
      'a part of the recomputation',
    );
    await program.kill('SIGKILL');
    program = await work.start();
    const done = await work.count('recomputed_deadline');
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(RECKONED * DEADLINES);
    const other = await work.start();
    const isOpen = async (): Promise<boolean> => (await work.count('recomputation where finished_at is null')) > 0;
    await work.until(async () => !(await isOpen()), 'the end of the recomputation');
    expect(await work.faults(FAULTS)).toEqual([]);
    const ended = await Promise.all([other.kill('SIGTERM'), program.kill('SIGTERM')]);
    expect(ended.map((e) => e.code)).toEqual([0, 0]);
  }, 420_000);
});
