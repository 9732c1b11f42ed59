import { Client } from 'pg';
import { migrate } from '../../src/data-source';
import { Jobs } from '../../src/platform/jobs';
import type { Logger } from '../../src/platform/logging';
import { type TestDatabase, createTestDatabase } from '../support/database';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Several instances of the program on one database, each with a queue of its own over the same tables. */
describe('recurring work that instances share (real PostgreSQL, pg-boss)', () => {
  let database: TestDatabase;
  let owner: Client;
  const faults: unknown[] = [];
  const logger = { warn: (details: unknown) => faults.push(details) } as unknown as Logger;
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.adminUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  it('is done once in each interval, by whichever instance is there, and goes on when one stops', async () => {
    const turns: string[] = [];
    const begin = async (by: string): Promise<Jobs> => {
      const jobs = new Jobs(database.ownerUrl, logger);
      const work = (): Promise<unknown> => Promise.resolve(turns.push(by));
      await jobs.start([{ name: 'sweep', everyMs: 2000, work }]);
      return jobs;
    };
    const [first, ...others] = await Promise.all([begin('a'), begin('b'), begin('c')]);
    await pause(5000);
    await first.stop();
    const before = turns.length;
    await pause(4500);
    await Promise.all(others.map((one) => one.stop()));
    expect(before).toBeGreaterThanOrEqual(2);
    expect(turns.length - before).toBeGreaterThanOrEqual(2);
    const { rows } = await owner.query<{ turns: number; slots: number }>(
      "select count(*)::int as turns, count(distinct singleton_on)::int as slots from jobs.job where name = 'sweep' and state = 'completed'",
    );
    expect(rows).toEqual([{ turns: turns.length, slots: turns.length }]);
    expect(faults).toEqual([]);
    const after = turns.length;
    await pause(2500);
    expect(turns.length).toBe(after);
  });

  it('waits at the end for the turn under way', async () => {
    const jobs = new Jobs(database.ownerUrl, logger);
    const steps: string[] = [];
    let begun = (): void => undefined;
    const isBegun = new Promise<void>((resolve) => (begun = resolve));
    await jobs.start([
      {
        name: 'slow',
        everyMs: 60_000,
        work: async () => {
          begun();
          await pause(800);
          steps.push('done');
        },
      },
    ]);
    await isBegun;
    await jobs.stop();
    expect(steps).toEqual(['done']);
  });
});

describe('an upgrade beside another instance', () => {
  it('waits for the one that is at it, however long that takes', async () => {
    const database = await createTestDatabase();
    const other = new Client({ connectionString: database.adminUrl });
    await other.connect();
    await other.query('select pg_advisory_lock(727001)');
    const upgrade = migrate(database.ownerUrl);
    // Longer than any request may take.
    await pause(16_000);
    await other.end();
    await expect(upgrade).resolves.toBeUndefined();
    await database.drop();
  });
});
