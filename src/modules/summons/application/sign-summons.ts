import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { SummonsTask } from '../persistence/summons.entity';
import { AGENCY_ACCESS_DAYS } from '../domain/terms';
import { SummonsLedger, taskAnswer } from './summons-ledger';

const MS_PER_DAY = 86_400_000;

/** Until when an agency still reads what it has answered. */
export function accessEnd(now: Date): Date {
  return new Date(now.getTime() + AGENCY_ACCESS_DAYS * MS_PER_DAY);
}

@Injectable()
export class SignSummons {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
  ) {}

  /** The agency signs for the whistle; one that is only notified is done with it. */
  async execute(taskId: string) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForAgency(tx, taskId, 'sign');
      const { summons, task } = locked;
      const isNotified = task.role === 'notify';
      const state = await this.ledger.nextState(tx, locked, 'sign', { to: isNotified ? 'closed' : 'signed' });
      await tx.update(SummonsTask, taskId, {
        state,
        signedBy: tx.actor.accountId,
        signedAt: tx.now,
        ...(isNotified ? { closedAt: tx.now, agencyAccessEndsAt: accessEnd(tx.now) } : {}),
      });
      await this.ledger.meet(tx, taskId, ['sign']);
      await this.ledger.record(tx, summons, { act: 'summons-tasks.sign', fromState: task.state, toState: state }, task);
      if (isNotified) await this.ledger.finishIfSettled(tx, summons);
      tx.send({ topic: 'summons-tasks.signed', payload: { taskId } });
      return taskAnswer(task, state);
    });
  }
}
