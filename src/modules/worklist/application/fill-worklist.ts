import { Injectable } from '@nestjs/common';
import { Chores } from '../../../platform/chores';
import { UnitOfWork } from '../../../platform/database';
import { RULES_VERSION, Standings } from './standings';

const BATCH = 50;

/** Makes the lists of matters that have none yet, or whose lists were made by older rules: after an upgrade, once. */
@Injectable()
export class FillWorklist {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly standings: Standings,
    private readonly chores: Chores,
  ) {
    chores.add({ name: 'fill-worklist', work: () => this.fill() });
  }

  /** Fills in batches, each in a transaction of its own; returns how many matters were made anew. */
  async fill(): Promise<number> {
    let filled = 0;
    while (!this.chores.isStopped) {
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
