import { Injectable } from '@nestjs/common';
import { Chores } from '../../../platform/chores';
import { UnitOfWork } from '../../../platform/database';
import { KEPT_DAYS } from '../domain/draft-rules';

const EVERY_MS = 3_600_000;

/** Removes drafts that nobody went on with: what was never handed in is not kept longer than needed (个人信息保护法第十九条). */
@Injectable()
export class DraftSweeper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    chores: Chores,
  ) {
    chores.add({ name: 'forget-drafts', everyMs: EVERY_MS, isShared: true, work: () => this.sweep() });
  }

  /** Returns how many drafts went. */
  async sweep(): Promise<number> {
    return this.unitOfWork.runAsSystem('forget-drafts', async (tx) => {
      const gone = await tx.query('delete from draft where saved_at < $1 returning 1', [
        new Date(tx.now.getTime() - KEPT_DAYS * 86_400_000),
      ]);
      return gone.length;
    });
  }
}
