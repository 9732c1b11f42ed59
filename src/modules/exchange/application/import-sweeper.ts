import { Injectable } from '@nestjs/common';
import { Chores } from '../../../platform/chores';
import { UnitOfWork } from '../../../platform/database';

const KEPT_DAYS = 30;
const EVERY_MS = 3_600_000;

/** Removes uploads after their time: what was refused and never mended is not kept longer than needed (个人信息保护法第十九条). */
@Injectable()
export class ImportSweeper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    chores: Chores,
  ) {
    chores.add({ name: 'forget-imports', everyMs: EVERY_MS, isShared: true, work: () => this.sweep() });
  }

  /** Returns how many uploads went. */
  async sweep(): Promise<number> {
    return this.unitOfWork.runAsSystem('forget-imports', async (tx) => {
      const gone = await tx.query('delete from import_job where checked_at < $1 returning 1', [
        new Date(tx.now.getTime() - KEPT_DAYS * 86_400_000),
      ]);
      return gone.length;
    });
  }
}
