import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { SummonsTask } from '../persistence/summons.entity';
import { SummonsLedger, taskAnswer } from './summons-ledger';

@Injectable()
export class CloseTask {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
  ) {}

  /** Settles one agency's task; with the last one the whistle is closed. */
  async execute(taskId: string) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForCenter(tx, taskId, 'close');
      const { summons, task } = locked;
      const state = await this.ledger.nextState(tx, locked, 'close');
      await tx.update(SummonsTask, taskId, { state, closedAt: tx.now });
      await this.ledger.record(
        tx,
        summons,
        { act: 'summons-tasks.close', fromState: task.state, toState: state },
        task,
      );
      await this.ledger.finishIfSettled(tx, summons);
      return taskAnswer(task, state);
    });
  }
}
