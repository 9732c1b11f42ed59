import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../../config';
import { Jobs, type Recurring } from '../jobs';
import { LOGGER, type Logger } from '../logging';

interface Chore {
  /** What the log calls it. */
  readonly name: string;
  /** Milliseconds between the end of one turn and the next; none for what is done once after a start. */
  readonly everyMs?: number;
  /** One instance of the program does it in each interval, not all of them. */
  readonly isShared?: boolean;
  readonly work: () => Promise<unknown>;
}

/**
 * What the program does by itself beside answering requests. A chore that fails is tried again at its next turn; one
 * that is running when the program ends is waited for. Tests call the work themselves, so that nothing happens behind
 * their back.
 */
@Injectable()
export class Chores implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly chores: Chore[] = [];
  private readonly timers = new Map<Chore, NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly jobs: Jobs,
  ) {}

  /** Long work in batches asks this between them. */
  get isStopped(): boolean {
    return this.stopped;
  }

  /** Takes a chore on; its first turn comes one interval after the start, or at once if it is shared or has no interval. */
  add(chore: Chore): void {
    this.chores.push(chore);
  }

  /** Begins what something has just asked for and nobody waits for, except the end of the program. */
  begin(chore: Chore): void {
    void this.turn(chore);
  }

  /** Waits for what is under way: for tests. */
  async settled(): Promise<void> {
    await Promise.all(this.running);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.mode === 'test') return;
    const shared: Recurring[] = [];
    for (const chore of this.chores) {
      const { name, everyMs, isShared = false } = chore;
      if (everyMs === undefined) void this.turn(chore);
      else if (isShared) shared.push({ name, everyMs, work: () => this.turn(chore) });
      else this.schedule(chore, everyMs);
    }
    await this.jobs.start(shared);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await this.jobs.stop();
    await this.settled();
  }

  private schedule(chore: Chore, everyMs: number): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      void this.turn(chore).then(() => {
        this.schedule(chore, everyMs);
      });
    }, everyMs);
    timer.unref();
    this.timers.set(chore, timer);
  }

  private async turn({ name, work }: Chore): Promise<void> {
    const done = work().then(
      () => undefined,
      (error: unknown) => {
        this.logger.error({ err: error, chore: name }, 'a chore failed, it is tried again at its next turn');
      },
    );
    this.running.add(done);
    await done;
    this.running.delete(done);
  }
}
