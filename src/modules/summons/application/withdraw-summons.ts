import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { summonsLifecycle } from '../domain/summons-lifecycle';
import { Summons, SummonsTask } from '../persistence/summons.entity';
import { type LockedTask, SummonsLedger, taskAnswer } from './summons-ledger';

@Injectable()
export class WithdrawSummons {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
  ) {}

  /** Withdraws the whole whistle; once an agency has signed, with a reason. Agencies lose sight of it at once. */
  async execute(summonsId: string, reason?: string) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockSummons(tx, summonsId, 'summons.withdraw');
      const { summons } = locked;
      const state = summonsLifecycle.next('withdraw', await this.ledger.snapshotOf(tx, locked), tx.now);
      const tasks = await tx.query<{ id: string }>(
        "select id from summons_task where summons_id = $1 and state not in ('upheld', 'closed', 'withdrawn') order by id",
        [summonsId],
      );
      for (const { id } of tasks) {
        const task = await tx.lock(SummonsTask, id);
        const to = await this.ledger.nextState(tx, { summons, task }, 'withdraw-with-summons', {
          hasReason: reason !== undefined,
        });
        await this.end(tx, { summons, task }, to, reason);
      }
      await tx.update(Summons, summonsId, {
        state,
        withdrawnBy: tx.actor.accountId,
        withdrawnAt: tx.now,
        withdrawalReason: reason ?? null,
      });
      await this.ledger.record(tx, summons, {
        act: 'summons.withdraw',
        fromState: summons.state,
        toState: state,
        opinion: reason ?? null,
        details: { taskIds: tasks.map((t) => t.id) },
      });
      tx.send({ topic: 'summons.withdrawn', payload: { summonsId, taskIds: tasks.map((t) => t.id) } });
      return {
        id: summonsId,
        state,
        stateName: summonsLifecycle.table.states[state],
        number: summons.number,
        version: summons.version + 1,
      };
    });
  }

  /** Withdraws the whistle from one agency, the others go on. */
  async executeForTask(taskId: string, reason?: string) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForCenter(tx, taskId, 'withdraw');
      const { summons, task } = locked;
      const to = await this.ledger.nextState(tx, locked, 'withdraw', { hasReason: reason !== undefined });
      await this.end(tx, locked, to, reason);
      await this.ledger.record(
        tx,
        summons,
        { act: 'summons-tasks.withdraw', fromState: task.state, toState: to, opinion: reason ?? null },
        task,
      );
      await this.ledger.finishIfSettled(tx, summons);
      tx.send({ topic: 'summons-tasks.withdrawn', payload: { taskId } });
      return taskAnswer(task, to);
    });
  }

  private async end(tx: Tx, { task }: LockedTask, state: SummonsTask['state'], reason?: string): Promise<void> {
    await tx.update(SummonsTask, task.id, {
      state,
      withdrawnAt: tx.now,
      withdrawalReason: reason ?? null,
      agencyAccessEndsAt: tx.now,
    });
    await this.ledger.stop(tx, task.id);
  }
}
