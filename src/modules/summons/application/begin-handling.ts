import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { SummonsTask } from '../persistence/summons.entity';
import { SummonsLedger, taskAnswer } from './summons-ledger';

@Injectable()
export class BeginHandling {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
  ) {}

  /** The agency sets to work; where attendance is required, only after it has signed in. */
  async execute(taskId: string) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForAgency(tx, taskId, 'begin-handling');
      const { summons, task } = locked;
      const state = await this.ledger.nextState(tx, locked, 'begin-handling');
      await tx.update(SummonsTask, taskId, { state, handlingStartedAt: tx.now });
      await this.ledger.record(
        tx,
        summons,
        { act: 'summons-tasks.begin-handling', fromState: task.state, toState: state },
        task,
      );
      return taskAnswer(task, state);
    });
  }
}
