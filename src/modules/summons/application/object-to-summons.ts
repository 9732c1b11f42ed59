import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { OBJECTION_GROUNDS, type ObjectionGround } from '../domain/dictionaries';
import { SummonsTask } from '../persistence/summons.entity';
import { SummonsLedger, taskAnswer } from './summons-ledger';

@Injectable()
export class ObjectToSummons {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
  ) {}

  /** The agency objects with a listed ground and reasons; its clocks stand until the center rules, which has a clock of its own. Objecting counts as signing. */
  async execute(taskId: string, objection: { readonly ground: ObjectionGround; readonly reason: string }) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForAgency(tx, taskId, 'object');
      const { summons, task } = locked;
      const state = await this.ledger.nextState(tx, locked, 'object');
      await tx.update(SummonsTask, taskId, {
        state,
        signedBy: task.signedBy ?? tx.actor.accountId,
        signedAt: task.signedAt ?? tx.now,
        objectedBy: tx.actor.accountId,
        objectedAt: tx.now,
        objectionGround: objection.ground,
        objectionReason: objection.reason,
      });
      await this.ledger.meet(tx, taskId, ['sign']);
      await this.ledger.pause(tx, taskId, `部门提出异议（${OBJECTION_GROUNDS[objection.ground]}）`);
      await this.ledger.startRuling(tx, summons, task);
      await this.ledger.record(
        tx,
        summons,
        {
          act: 'summons-tasks.object',
          fromState: task.state,
          toState: state,
          opinion: objection.reason,
          details: { ground: objection.ground },
        },
        task,
      );
      tx.send({ topic: 'summons-tasks.objected', payload: { taskId } });
      return taskAnswer(task, state);
    });
  }
}
