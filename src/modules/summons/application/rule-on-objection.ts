import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import { UnitOfWork } from '../../../platform/database';
import { SummonsTask } from '../persistence/summons.entity';
import { accessEnd } from './sign-summons';
import { SummonsLedger, taskAnswer } from './summons-ledger';

@Injectable()
export class RuleOnObjection {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
  ) {}

  /** The objection stands: the agency is out, and another may take its place with clocks of its own. */
  async uphold(taskId: string, ruling: { readonly reason: string; readonly replacementAgencyId?: string }) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForCenter(tx, taskId, 'uphold');
      const { summons, task, matter } = locked;
      const state = await this.ledger.nextState(tx, locked, 'uphold');
      const { openFellows } = await this.ledger.taskSnapshot(tx, locked);
      if (task.role === 'lead' && openFellows > 0 && ruling.replacementAgencyId === undefined) {
        throw ruleViolation(
          'summons-tasks.replacement-needed',
          '主办部门异议成立后须另定主办。请选择接替的部门。',
          '/replacementAgencyId',
        );
      }
      const ruled = { ruledBy: tx.actor.accountId, ruledAt: tx.now, rulingReason: ruling.reason };
      await tx.update(SummonsTask, taskId, { state, ...ruled, agencyAccessEndsAt: accessEnd(tx.now) });
      await this.ledger.meet(tx, taskId, ['ruling']);
      await this.ledger.stop(tx, taskId);
      if (ruling.replacementAgencyId !== undefined) {
        const agencyId = ruling.replacementAgencyId;
        const present = await tx.query('select 1 from summons_task where summons_id = $1 and agency_id = $2', [
          summons.id,
          agencyId,
        ]);
        if (present.length > 0) {
          throw ruleViolation(
            'summons.agency-twice',
            '该部门已在本吹哨单上，请选择其他部门接替。',
            '/replacementAgencyId',
          );
        }
        await this.ledger.checkAgencies(tx, [matter.dispute.centerId, matter.dispute.handlingCenterId], [agencyId]);
        const successor = await this.ledger.addTask(tx, summons, { agencyId, role: task.role });
        await this.ledger.issueTask(tx, summons, successor, await this.ledger.office(tx, summons.centerId));
        await tx.update(SummonsTask, taskId, { replacedByTaskId: successor.id });
        await this.ledger.record(
          tx,
          summons,
          {
            act: 'summons.add-agency',
            fromState: null,
            toState: 'issued',
            details: { role: task.role, replaces: taskId },
          },
          successor,
        );
        tx.send({ topic: 'summons.issued', payload: { summonsId: summons.id, taskIds: [successor.id] } });
      }
      await this.ledger.record(
        tx,
        summons,
        { act: 'summons-tasks.uphold', fromState: task.state, toState: state, opinion: ruling.reason },
        task,
      );
      await this.ledger.finishIfSettled(tx, summons);
      tx.send({ topic: 'summons-tasks.upheld', payload: { taskId } });
      return taskAnswer(task, state);
    });
  }

  /** The objection falls: the agency is designated and cannot return the whistle again; its clocks go on. */
  async overrule(taskId: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForCenter(tx, taskId, 'overrule');
      const { summons, task } = locked;
      const state = await this.ledger.nextState(tx, locked, 'overrule');
      await tx.update(SummonsTask, taskId, {
        state,
        ruledBy: tx.actor.accountId,
        ruledAt: tx.now,
        rulingReason: reason,
      });
      await this.ledger.meet(tx, taskId, ['ruling']);
      await this.ledger.resume(tx, locked);
      await this.ledger.record(
        tx,
        summons,
        { act: 'summons-tasks.overrule', fromState: task.state, toState: state, opinion: reason },
        task,
      );
      tx.send({ topic: 'summons-tasks.overruled', payload: { taskId } });
      return taskAnswer(task, state);
    });
  }
}
