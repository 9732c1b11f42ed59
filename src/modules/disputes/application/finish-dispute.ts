import { Injectable } from '@nestjs/common';
import { legalDateFromInstant, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import type { ReplyMethod } from '../domain/dictionaries';
import { FollowUpVisit, UpstreamReply } from '../persistence/course.entity';
import { Dispute } from '../persistence/dispute.entity';
import { type MatterStanding, Matters } from './matters';

export interface FollowUpCommand {
  readonly mode: string;
  readonly isReached: boolean;
  readonly isPerformed?: boolean;
  readonly isSolved?: boolean;
  readonly satisfaction?: string;
  readonly deniesDispute?: boolean;
  readonly situation: string;
  /** Day on which to visit again. */
  readonly nextOn?: string;
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
      const reachedState = command.isReached && dispute.state === 'closed' ? 'followed-up' : dispute.state;
      const state = this.matters.next(matter, 'follow-up', tx.now, reachedState);
      await this.keep(tx, dispute, command, { act: 'disputes.follow-up', state, isCallBack: false });
      return this.matters.answer(tx, disputeId);
    });
  }

  /**
   * A random call-back (抽查回访) by one who neither handled nor visited: it asks whether the record is true, and moves nothing.
   */
  async callBack(disputeId: string, command: FollowUpCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.call-back');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.next(matter, 'call-back', tx.now);
      const earlier = await tx.query('select 1 from follow_up_visit where dispute_id = $1 and visited_by = $2', [
        disputeId,
        tx.actor.accountId,
      ]);
      if (earlier.length > 0)
        throw ruleViolation('disputes.visited-before', '您回访过这件事，抽查请由其他人进行。', '/mode');
      await this.keep(tx, dispute, command, { act: 'disputes.call-back', state, isCallBack: true });
      return this.matters.answer(tx, disputeId);
    });
  }

  private async keep(
    tx: Tx,
    dispute: Dispute,
    { mode, isReached, isPerformed, isSolved, satisfaction, deniesDispute, situation, nextOn }: FollowUpCommand,
    {
      act,
      state,
      isCallBack,
    }: { readonly act: string; readonly state: Dispute['state']; readonly isCallBack: boolean },
  ): Promise<void> {
    if (!isReached && [isPerformed, isSolved, satisfaction, deniesDispute].some((answer) => answer !== undefined)) {
      throw ruleViolation('disputes.visit-not-reached', '没有联系上的回访不填写履行、解决和满意情况。', '/isReached');
    }
    if (nextOn !== undefined && nextOn <= legalDateFromInstant(tx.now)) {
      throw ruleViolation('disputes.next-visit-past', '再次回访的日期应当在今天以后。', '/nextOn');
    }
    const id = uuidv7();
    await tx.insert(FollowUpVisit, {
      id,
      disputeId: dispute.id,
      mode,
      isReached,
      isPerformed: isPerformed ?? null,
      isSolved: isSolved ?? null,
      satisfaction: satisfaction ?? null,
      deniesDispute: deniesDispute ?? null,
      situation,
      visitedBy: tx.actor.accountId ?? '',
      visitedAt: tx.now,
      isCallBack,
      nextOn: nextOn ?? null,
    });
    await tx.update(Dispute, dispute.id, { state, updatedAt: tx.now });
    await this.matters.record(tx, dispute, {
      act,
      fromState: dispute.state,
      toState: state,
      opinion: situation,
      details: { mode, isReached, satisfaction: satisfaction ?? null },
      objectType: 'follow-up-visit',
      objectId: id,
    });
  }

  /** Answers the platform that sent the matter under a number of its own (回复上游编号). It may be answered more than once. */
  async replyUpstream(
    disputeId: string,
    { content, method }: { readonly content: string; readonly method: ReplyMethod },
  ): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.reply-upstream');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.next(matter, 'reply-upstream', tx.now);
      const id = uuidv7();
      await tx.insert(UpstreamReply, {
        id,
        disputeId,
        volume: dispute.volume,
        upstreamNumber: dispute.upstreamNumber ?? '',
        content,
        method,
        repliedBy: tx.actor.accountId ?? '',
        repliedAt: tx.now,
      });
      await tx.update(Dispute, disputeId, { state, updatedAt: tx.now });
      await this.matters.record(tx, dispute, {
        act: 'disputes.reply-upstream',
        fromState: dispute.state,
        toState: state,
        opinion: content,
        details: { method },
        objectType: 'upstream-reply',
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
