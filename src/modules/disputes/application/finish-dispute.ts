import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { FollowUpVisit } from '../persistence/course.entity';
import { Dispute } from '../persistence/dispute.entity';
import { type MatterStanding, Matters } from './matters';

export interface FollowUpCommand {
  readonly mode: string;
  readonly isReached: boolean;
  readonly isPerformed?: boolean;
  readonly isSolved?: boolean;
  readonly satisfaction?: string;
  readonly situation: string;
}

/** What follows a closing: the visit, then the archive. */
@Injectable()
export class FinishDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /** Records a follow-up (回访) by one who did not handle the matter. A call that nobody answered leaves the state alone. */
  async followUp(disputeId: string, command: FollowUpCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.follow-up');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const { mode, isReached, isPerformed, isSolved, satisfaction, situation } = command;
      const reachedState = isReached || dispute.state === 'followed-up' ? 'followed-up' : 'closed';
      const state = this.matters.next(matter, 'follow-up', tx.now, reachedState);
      if (!isReached && (isPerformed !== undefined || isSolved !== undefined || satisfaction !== undefined)) {
        throw ruleViolation('disputes.visit-not-reached', '没有联系上的回访不填写履行、解决和满意情况。', '/isReached');
      }
      const id = uuidv7();
      await tx.insert(FollowUpVisit, {
        id,
        disputeId,
        mode,
        isReached,
        isPerformed: isPerformed ?? null,
        isSolved: isSolved ?? null,
        satisfaction: satisfaction ?? null,
        situation,
        visitedBy: tx.actor.accountId ?? '',
        visitedAt: tx.now,
      });
      await tx.update(Dispute, disputeId, { state, updatedAt: tx.now });
      await this.matters.record(tx, dispute, {
        act: 'disputes.follow-up',
        fromState: dispute.state,
        toState: state,
        opinion: situation,
        details: { mode, isReached, satisfaction: satisfaction ?? null },
        objectType: 'follow-up-visit',
        objectId: id,
      });
      return this.matters.answer(tx, disputeId);
    });
  }

  async archive(disputeId: string, command: { readonly opinion?: string }): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.archive');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.next(matter, 'archive', tx.now);
      await tx.update(Dispute, disputeId, { state, updatedAt: tx.now });
      await this.matters.record(tx, dispute, {
        act: 'disputes.archive',
        fromState: dispute.state,
        toState: state,
        opinion: command.opinion ?? null,
        details: { volume: dispute.volume },
      });
      return this.matters.answer(tx, disputeId);
    });
  }
}
