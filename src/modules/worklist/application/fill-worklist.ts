import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Chores } from '../../../platform/chores';
import { OutboxDispatcher, UnitOfWork } from '../../../platform/database';
import { WARNING_CHANGED } from '../../organizations';
import { RULES_OF_CENTER, Standings } from './standings';

const BATCH = 50;

/**
 * Makes the lists of matters that have none yet, or whose lists were made by other rules: once after an upgrade, and when a
 * center warns at another time than before.
 */
@Injectable()
export class FillWorklist implements OnModuleInit {
  private filling: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly standings: Standings,
    private readonly outbox: OutboxDispatcher,
    private readonly chores: Chores,
  ) {
    chores.add({ name: 'fill-worklist', work: () => this.fillNext() });
  }

  onModuleInit(): void {
    // Other messages do not wait until all matters of a center are through.
    this.outbox.handle(WARNING_CHANGED, () => {
      this.chores.begin({ name: 'refill-worklist', work: () => this.fillNext() });
      return Promise.resolve();
    });
  }

  /** One after the other: two that fill at once would wait for each other's rows. */
  private fillNext(): Promise<unknown> {
    this.filling = this.filling.catch(() => undefined).then(() => this.fill());
    return this.filling;
  }

  /** Fills in batches, each in a transaction of its own; returns how many matters were made anew. */
  async fill(): Promise<number> {
    let filled = 0;
    while (!this.chores.isStopped) {
      const ids = await this.unitOfWork.runAsSystem('worklist', async (tx) => {
        const rows = await tx.query<{ id: string }>(
          `select d.id from dispute d join center c on c.id = d.center_id
             left join worklist_matter w on w.dispute_id = d.id
            where w.dispute_id is null or w.rules <> ${RULES_OF_CENTER} limit $1`,
          [BATCH],
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
