import { Injectable } from '@nestjs/common';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import type { ContactMethod } from '../domain/dictionaries';
import { SummonsContact, SummonsTask } from '../persistence/summons.entity';
import { SummonsLedger, taskAnswer } from './summons-ledger';

@Injectable()
export class RecordContact {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
  ) {}

  /** The agency records that it got in touch; the first time stops the clock of contact. */
  async execute(taskId: string, contact: { readonly method: ContactMethod; readonly note: string }) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForAgency(tx, taskId, 'contact');
      const { summons, task } = locked;
      const state = await this.ledger.nextState(tx, locked, 'contact');
      await tx.insert(SummonsContact, {
        id: uuidv7(),
        disputeId: task.disputeId,
        taskId,
        method: contact.method,
        note: contact.note,
        contactedBy: tx.actor.accountId ?? '',
        contactedAt: tx.now,
      });
      // A change of the task, so that whoever read it before is told.
      await tx.update(SummonsTask, taskId, { state });
      await this.ledger.meet(tx, taskId, ['contact']);
      await this.ledger.record(
        tx,
        summons,
        { act: 'summons-tasks.contact', fromState: state, toState: state, details: { method: contact.method } },
        task,
      );
      return taskAnswer(task, state);
    });
  }
}
