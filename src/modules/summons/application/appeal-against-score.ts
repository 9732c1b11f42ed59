import { Injectable } from '@nestjs/common';
import { notFound, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { byRule } from '../domain/clocks';
import type { AppealGround, ExcusablePart } from '../domain/dictionaries';
import { APPEAL_RULING } from '../domain/terms';
import { SummonsAppeal, SummonsTask } from '../persistence/summons.entity';
import { accessEnd } from './sign-summons';
import { SummonsLedger, taskAnswer } from './summons-ledger';

export interface Granting {
  readonly reason: string;
  readonly effect?: number;
  readonly excused?: readonly ExcusablePart[];
}

/** 考核申诉: the agency's word against its score, and the answer of one who did not rate. */
@Injectable()
export class AppealAgainstScore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
  ) {}

  /** The agency appeals once, with a listed ground and reasons. The rating stands until the ruling. */
  async lodge(taskId: string, appeal: { readonly ground: AppealGround; readonly reason: string }) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForAgency(tx, taskId, 'appeal');
      const { summons, task } = locked;
      const state = await this.ledger.nextState(tx, locked, 'appeal');
      const office = await this.ledger.office(tx, summons.centerId);
      const rules = await this.ledger.rules(tx, summons.centerId);
      await tx.insert(SummonsAppeal, {
        id: uuidv7(),
        disputeId: task.disputeId,
        taskId,
        ground: appeal.ground,
        reason: appeal.reason,
        lodgedBy: tx.actor.accountId ?? '',
        lodgedAt: tx.now,
        dueAt: byRule(rules.at(APPEAL_RULING, tx.now), tx.now, office).originalDueAt,
      });
      await tx.update(SummonsTask, taskId, { state });
      await this.ledger.record(
        tx,
        summons,
        {
          act: 'summons-tasks.appeal',
          fromState: state,
          toState: state,
          opinion: appeal.reason,
          details: { ground: appeal.ground },
        },
        task,
      );
      tx.send({ topic: 'summons-tasks.appealed', payload: { taskId } });
      return taskAnswer(task, state);
    });
  }

  /** The appeal stands: other points for the effect, or parts of the score left out. The rating itself stays as it was given. */
  async grant(taskId: string, { reason, effect, excused = [] }: Granting) {
    return this.rule(taskId, 'grant-appeal', {
      outcome: 'granted',
      rulingReason: reason,
      excused: [...new Set(excused)],
      ...(effect === undefined ? {} : { effect }),
    });
  }

  /** The appeal falls; the score stays. */
  async dismiss(taskId: string, reason: string) {
    return this.rule(taskId, 'dismiss-appeal', { outcome: 'dismissed', rulingReason: reason });
  }

  private async rule(
    taskId: string,
    act: 'grant-appeal' | 'dismiss-appeal',
    ruling: Partial<SummonsAppeal> & { readonly rulingReason: string },
  ) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForCenter(tx, taskId, act);
      const { summons, task } = locked;
      const state = await this.ledger.nextState(tx, locked, act);
      if (act === 'grant-appeal' && ruling.effect === undefined && ruling.excused?.length === 0) {
        throw ruleViolation(
          'summons-tasks.appeal-changes-nothing',
          '申诉成立的，请改定实效得分，或选择不计入得分的评分项。',
          '/effect',
        );
      }
      await tx.update(SummonsAppeal, await this.openAppeal(tx, taskId), {
        ...ruling,
        ruledBy: tx.actor.accountId,
        ruledAt: tx.now,
      });
      await tx.update(SummonsTask, taskId, { state, agencyAccessEndsAt: accessEnd(tx.now) });
      const { rulingReason, effect, excused } = ruling;
      await this.ledger.record(
        tx,
        summons,
        {
          act: `summons-tasks.${act}`,
          fromState: state,
          toState: state,
          opinion: rulingReason,
          details: {
            ...(effect === undefined ? {} : { effect }),
            ...(excused === undefined ? {} : { excused }),
          },
        },
        task,
      );
      tx.send({ topic: 'summons-tasks.appeal-ruled', payload: { taskId } });
      return taskAnswer(task, state);
    });
  }

  private async openAppeal(tx: Tx, taskId: string): Promise<string> {
    const [appeal] = await tx.query<{ id: string }>(
      'select id from summons_appeal where task_id = $1 and outcome is null',
      [taskId],
    );
    if (!appeal) throw notFound();
    return appeal.id;
  }
}
