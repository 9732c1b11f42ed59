import PgBoss from 'pg-boss';
import type { Logger } from '../logging';

/** Work that comes again and again, and in each interval once, however many instances of the program run. */
export interface Recurring {
  readonly name: string;
  readonly everyMs: number;
  readonly work: () => Promise<unknown>;
}

/** Tables of pg-boss, beside our own and made by itself. */
const SCHEMA = 'jobs';
/** How long a stop waits for a turn under way. */
const STOP_MS = 10_000;
/** A turn that has not ended by then is given up, e.g. after a kill. Turns in earnest end long before. */
const TURN_SECONDS = 3600;

/** The length of an interval, s. */
function secondsBetween({ everyMs }: Pick<Recurring, 'everyMs'>): number {
  return Math.max(1, Math.round(everyMs / 1000));
}

/**
 * Shares recurring work among all instances on one database. Every instance asks for a turn in each interval; pg-boss keeps
 * one job per interval (its unique index on the slot) and hands it to one worker. That says who works, not what was
 * done: a worker may be killed between its work and its word, so the work itself must leave unique rows.
 */
export class Jobs {
  private boss: PgBoss | null = null;
  private readonly beats: NodeJS.Timeout[] = [];

  /** `ownerUrl` is the database's owner, since queues are tables. */
  constructor(
    private readonly ownerUrl: string,
    private readonly logger: Logger,
  ) {}

  async start(all: readonly Recurring[]): Promise<void> {
    const boss = new PgBoss({
      connectionString: this.ownerUrl,
      schema: SCHEMA,
      application_name: 'zongzhi-jobs',
      max: 2,
      // Slots serve instead of cron: nothing here belongs to an hour of the day.
      schedule: false,
      // A slot is held by its finished job, which must therefore outlive the longest interval.
      archiveCompletedAfterSeconds: Math.max(3600, ...all.map(secondsBetween)),
      deleteAfterDays: 2,
    });
    // A database that is away is told of by every look for work; the next look may find it again.
    boss.on('error', (error) => {
      this.logger.warn({ err: error }, 'jobs: the queue could not be asked');
    });
    await boss.start();
    this.boss = boss;
    for (const { name, everyMs, work } of all) {
      const seconds = secondsBetween({ everyMs });
      await boss.createQueue(name, { name, policy: 'short', retryLimit: 2, expireInSeconds: TURN_SECONDS });
      await boss.work(name, { pollingIntervalSeconds: Math.min(30, Math.max(0.5, seconds / 10)) }, work);
      const ask = (): void => {
        boss.send(name, {}, { singletonSeconds: seconds }).catch((error: unknown) => {
          this.logger.warn(
            { err: error, job: name },
            'jobs: a turn could not be asked for, the next interval asks again',
          );
        });
      };
      ask();
      const beat = setInterval(ask, seconds * 1000);
      beat.unref();
      this.beats.push(beat);
    }
  }

  /** Takes no more turns and waits for those under way. */
  async stop(): Promise<void> {
    for (const beat of this.beats.splice(0)) clearInterval(beat);
    await this.boss?.stop({ graceful: true, timeout: STOP_MS });
    this.boss = null;
  }
}
