import { Injectable } from '@nestjs/common';
import { Chores } from '../chores';
import { UnitOfWork } from './unit-of-work';

/** How long a repetition of an Idempotency-Key gets the first answer. */
const KEPT_HOURS = 48;
const EVERY_MS = 600_000;
/** Rows per statement, so that no sweep holds its locks for long. */
const BATCH = 5_000;

/** Removes the answers kept for repetitions once nobody asks for them any more. */
@Injectable()
export class AnswerSweeper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    chores: Chores,
  ) {
    chores.add({ name: 'forget-answers', everyMs: EVERY_MS, isShared: true, work: () => this.sweep() });
  }

  /** Removes what has had its time; returns how many answers went. */
  async sweep(): Promise<number> {
    let total = 0;
    for (let gone = await this.batch(); gone > 0; gone = await this.batch()) total += gone;
    return total;
  }

  private async batch(): Promise<number> {
    return this.unitOfWork.runAsSystem('forget-answers', async (tx) => {
      const gone = await tx.query(
        `delete from idempotency_record where (principal, key) in
           (select principal, key from idempotency_record where created_at < $1 order by created_at limit ${BATCH}) returning 1`,
        [new Date(tx.now.getTime() - KEPT_HOURS * 3_600_000)],
      );
      return gone.length;
    });
  }
}
