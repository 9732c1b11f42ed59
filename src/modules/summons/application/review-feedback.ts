import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { SummonsFeedback, SummonsTask } from '../persistence/summons.entity';
import { SummonsLedger, taskAnswer } from './summons-ledger';

@Injectable()
export class ReviewFeedback {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
  ) {}

  /** The center accepts the feedback. */
  async confirm(taskId: string, opinion?: string) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForCenter(tx, taskId, 'confirm');
      const { summons, task } = locked;
      const state = await this.ledger.nextState(tx, locked, 'confirm');
      await tx.update(SummonsTask, taskId, { state, confirmedBy: tx.actor.accountId, confirmedAt: tx.now });
      await this.ledger.record(
        tx,
        summons,
        { act: 'summons-tasks.confirm', fromState: task.state, toState: state, opinion: opinion ?? null },
        task,
      );
      tx.send({ topic: 'summons-tasks.confirmed', payload: { taskId } });
      return taskAnswer(task, state);
    });
  }

  /** The center sends the feedback back with a reason; a clock of its own runs for the next one. */
  async return(taskId: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForCenter(tx, taskId, 'return');
      const { summons, task } = locked;
      const state = await this.ledger.nextState(tx, locked, 'return');
      const feedback = await tx.one<{ id: string; round: number }>(
        'select id, round from summons_feedback where task_id = $1 order by round desc limit 1',
        [taskId],
      );
      await tx.update(SummonsFeedback, feedback.id, {
        returnedBy: tx.actor.accountId,
        returnedAt: tx.now,
        returnReason: reason,
      });
      await tx.update(SummonsTask, taskId, { state, agencyAccessEndsAt: null });
      await this.ledger.startResubmission(tx, summons, task, feedback.round + 1);
      await this.ledger.record(
        tx,
        summons,
        {
          act: 'summons-tasks.return',
          fromState: task.state,
          toState: state,
          opinion: reason,
          details: { round: feedback.round },
        },
        task,
      );
      tx.send({ topic: 'summons-tasks.returned', payload: { taskId, round: feedback.round } });
      return taskAnswer(task, state);
    });
  }
}
