import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Chores } from '../../../platform/chores';
import { UnitOfWork } from '../../../platform/database';
import { MatterHooks } from '../../disputes';

const BATCH = 200;
const MINUTE = 60_000;

/** Keeps what can be found of a matter as it is after every act upon it, and after the form of texts has changed. */
@Injectable()
export class KeepSearchWords implements OnModuleInit {
  constructor(
    private readonly hooks: MatterHooks,
    private readonly unitOfWork: UnitOfWork,
    private readonly chores: Chores,
  ) {
    chores.add({ name: 'rebuild-search', everyMs: MINUTE, isShared: true, work: () => this.rebuild() });
  }

  onModuleInit(): void {
    this.hooks.onHappening((tx, disputeId) => {
      tx.atEnd(`search:${disputeId}`, async () => {
        await tx.query('select app.index_matter($1)', [disputeId]);
      });
    });
  }

  /** Goes on where a former turn ended, by ranges of ids; returns how many matters were made anew. */
  async rebuild(batch = BATCH): Promise<number> {
    let made = 0;
    while (!this.chores.isStopped) {
      const { count } = await this.unitOfWork.runAsSystem('search', (tx) =>
        tx.one<{ count: number }>('select app.rebuild_search($1) as count', [batch]),
      );
      made += count;
      if (count < batch) break;
    }
    return made;
  }
}
