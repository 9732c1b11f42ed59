import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config';
import { UnitOfWork } from '../../../platform/database';
import { LOGGER, type Logger } from '../../../platform/logging';
import { RULES_VERSION, Standings } from './standings';

const BATCH = 50;

/** Makes the lists of matters that have none yet, or whose lists were made by older rules: after an upgrade, once. */
@Injectable()
export class FillWorklist implements OnApplicationBootstrap, OnApplicationShutdown {
  private isStopped = false;
  private running: Promise<void> | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly standings: Standings,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    // Tests fill by calling fill(), so that nothing happens behind their back.
    if (this.config.mode === 'test') return;
    this.running = this.fill().then(
      () => undefined,
      (error: unknown) => {
        this.logger.warn({ err: error }, 'worklist: filling stopped, it goes on at the next start');
      },
    );
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.running;
  }

  /** Fills in batches, each in a transaction of its own; returns how many matters were made anew. */
  async fill(): Promise<number> {
    let filled = 0;
    while (!this.isStopped) {
      const ids = await this.unitOfWork.runAsSystem('worklist', async (tx) => {
        const rows = await tx.query<{ id: string }>(
          `select d.id from dispute d left join worklist_matter w on w.dispute_id = d.id
            where w.dispute_id is null or w.rules <> $1 limit $2`,
          [RULES_VERSION, BATCH],
        );
        const found = rows.map((r) => r.id);
        await this.standings.keep(tx, found);
        return found;
      });
      filled += ids.length;
      if (ids.length < BATCH) break;
    }
    return filled;
  }
}
