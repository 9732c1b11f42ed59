import { setTimeout as delay } from 'node:timers/promises';
import { RecurringWork } from './recurring-work';

const CLOCKS = 1200;

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

/** Killed in the middle of a climb of many late clocks, and with two instances running; their terms run on the clock, so that it does not matter when the test runs. */
describe('the ladder survives kill -9 and is climbed once by two instances', () => {
  let work: RecurringWork;
  beforeAll(() => {
    work = new RecurringWork();
  });
  afterAll(() => work.close());
  const seed = (year: number): Promise<void> =>
    work.whistles(CLOCKS, year, ['sign'], 'real-hour', new Date(Date.now() - 4 * 3_600_000), 0.1, '24 hours');

  it('kill -9 in the middle of a climb, twice; two instances finish it; no step is lost and none is taken twice', async () => {
    let program = await work.open();
    await seed(2001);
    for (const share of [0.1, 0.4]) {
      await work.until(async () => (await work.count('supervision')) > share * CLOCKS, `${share} of the climb`);
      // The embedded database goes down with the program that started it.
      await program.kill('SIGKILL');
      program = await work.start();
      expect(await work.count('supervision')).toBeLessThan(CLOCKS);
    }
    const other = await work.start();
    await work.until(async () => (await work.count('supervision')) >= CLOCKS, 'the end of the climb');
    expect(await work.faults(FAULTS)).toEqual([]);
    // More work for both, and two more turns to do something twice.
    await seed(2002);
    await work.until(async () => (await work.count('supervision')) >= 2 * CLOCKS, 'the end of the second climb');
    await delay(25_000);
    expect(await work.faults(FAULTS)).toEqual([]);
    expect(await work.count('supervision')).toBe(2 * CLOCKS);
    const ended = await Promise.all([other.kill('SIGTERM'), program.kill('SIGTERM')]);
    expect(ended.map((e) => e.code)).toEqual([0, 0]);
    // After each kill the turn of the interval is lost with it: the next one comes within twenty seconds.
  }, 600_000);
});
