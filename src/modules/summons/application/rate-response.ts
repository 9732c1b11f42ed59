import { Injectable } from '@nestjs/common';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { byRule } from '../domain/clocks';
import type { Satisfaction } from '../domain/dictionaries';
import { APPEAL_WINDOW } from '../domain/terms';
import { SummonsRating, SummonsTask } from '../persistence/summons.entity';
import { weightsInForce } from './keep-score-weights';
import { accessEnd } from './sign-summons';
import { SummonsLedger, taskAnswer } from './summons-ledger';

@Injectable()
export class RateResponse {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
  ) {}

  /** The center's points for the effect; how prompt the agency was follows from its clocks. */
  async byCenter(taskId: string, rating: { readonly effect: number; readonly remark?: string }) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForCenter(tx, taskId, 'rate');
      const { summons, task } = locked;
      const state = await this.ledger.nextState(tx, locked, 'rate');
      await tx.insert(SummonsRating, {
        id: uuidv7(),
        disputeId: task.disputeId,
        taskId,
        rater: 'center',
        effect: rating.effect,
        remark: rating.remark ?? null,
        ratedBy: tx.actor.accountId ?? '',
        ratedAt: tx.now,
      });
      const office = await this.ledger.office(tx, summons.centerId);
      const rules = await this.ledger.rules(tx, summons.centerId);
      await tx.update(SummonsTask, taskId, {
        state,
        scoreWeightsId: (await weightsInForce(tx, summons.centerId)).id,
        appealEndsAt: byRule(rules.at(APPEAL_WINDOW, tx.now), tx.now, office).originalDueAt,
        // However late the rating: the agency reads its score as long as it may appeal against it, and longer.
        agencyAccessEndsAt: accessEnd(tx.now),
      });
      await this.ledger.record(
        tx,
        summons,
        { act: 'summons-tasks.rate', fromState: task.state, toState: state, details: { effect: rating.effect } },
        task,
      );
      tx.send({ topic: 'summons-tasks.rated', payload: { taskId } });
      return taskAnswer(task, state);
    });
  }

  /** What the party said of the agency, apart from the center's own points. */
  async byParty(taskId: string, satisfaction: Satisfaction) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForCenter(tx, taskId, 'rate-by-party');
      const { summons, task } = locked;
      const state = await this.ledger.nextState(tx, locked, 'rate-by-party');
      await tx.insert(SummonsRating, {
        id: uuidv7(),
        disputeId: task.disputeId,
        taskId,
        rater: 'party',
        satisfaction,
        ratedBy: tx.actor.accountId ?? '',
        ratedAt: tx.now,
      });
      await tx.update(SummonsTask, taskId, { state });
      await this.ledger.record(
        tx,
        summons,
        { act: 'summons-tasks.rate-by-party', fromState: state, toState: state, details: { satisfaction } },
        task,
      );
      return taskAnswer(task, state);
    });
  }
}
