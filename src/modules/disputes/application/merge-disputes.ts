import { Injectable } from '@nestjs/common';
import { DomainError, daysBetween, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { DisputeMerge } from '../persistence/course.entity';
import { Dispute } from '../persistence/dispute.entity';
import { MatterHooks } from './matter-hooks';
import { type LoadedMatter, type MatterStanding, Matters } from './matters';
import { ReopenDispute } from './reopen-dispute';

/** Within so many days of a closing the same request again is a repetition, and not another matter. */
const REPETITION_DAYS = 30;

/** States in which a matter can take another into itself: it is still being handled. */
const TAKES_IN: readonly Dispute['state'][] = [
  'registered',
  'triaged',
  'accepted',
  'in-progress',
  'sent-down',
  'sent-up',
  'reopened',
];

@Injectable()
export class MergeDisputes {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly hooks: MatterHooks,
    private readonly reopening: ReopenDispute,
  ) {}

  /**
   * Merges a matter into another of the same center. Both receipts stay valid; limitation counts as interrupted from
   * the earlier request (诉讼时效规定 art. 12).
   */
  async merge(
    disputeId: string,
    { intoId, reason }: { readonly intoId: string; readonly reason: string },
  ): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      if (intoId === disputeId)
        throw ruleViolation('disputes.merge-with-itself', '不能并入自身，请选择另一件事项。', '/intoId');
      const [matter, target] = await this.lockBoth(tx, disputeId, intoId, 'disputes.merge');
      const { dispute } = matter;
      const into = target.dispute;
      tx.checkVersion(dispute);
      const state = this.matters.next(matter, 'merge', tx.now);
      if (into.centerId !== dispute.centerId || into.isSealed !== dispute.isSealed || !TAKES_IN.includes(into.state)) {
        throw ruleViolation(
          'disputes.merge-target-unfit',
          '主件须为本中心在办的事项，且封存与否相同。请改选主件，或先重启、先统一封存。',
          '/intoId',
        );
      }
      await this.takeIn(tx, dispute, into, { state, reason, act: 'disputes.merge' });
      return this.matters.answer(tx, disputeId);
    });
  }

  /**
   * The same request again within thirty days of its closing: the closed matter is taken up again in a new volume, and the new
   * request becomes part of it. The closing no longer counts, whoever made it.
   */
  async repeat(
    disputeId: string,
    { intoId, reason }: { readonly intoId: string; readonly reason: string },
  ): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      if (intoId === disputeId)
        throw ruleViolation('disputes.merge-with-itself', '不能并入自身，请选择原来的事项。', '/intoId');
      const [matter, earlier] = await this.lockBoth(tx, disputeId, intoId, 'disputes.repeat');
      const { dispute } = matter;
      const into = earlier.dispute;
      tx.checkVersion(dispute);
      const state = this.matters.next(matter, 'repeat', tx.now);
      const closedOn = into.closedAt === null ? null : legalDateFromInstant(into.closedAt);
      const isRecent =
        closedOn !== null && daysBetween(closedOn, legalDateFromInstant(dispute.registeredAt)) <= REPETITION_DAYS;
      if (into.centerId !== dispute.centerId || into.isSealed !== dispute.isSealed || !isRecent) {
        throw ruleViolation(
          'disputes.no-repetition',
          '原事项须为本中心三十日内办结的事项，且封存与否相同。超过三十日的，另行办理，或由中心主任重启。',
          '/intoId',
        );
      }
      await this.reopening.takeUp(tx, into, {
        reasonCode: 'repetition',
        reason,
        act: 'disputes.take-up-again',
        state: this.matters.next(earlier, 'take-up-again', tx.now),
      });
      await this.takeIn(tx, dispute, await tx.get(Dispute, intoId), { state, reason, act: 'disputes.repeat' });
      return this.matters.answer(tx, disputeId);
    });
  }

  private async takeIn(
    tx: Tx,
    dispute: Dispute,
    into: Dispute,
    { state, reason, act }: { readonly state: Dispute['state']; readonly reason: string; readonly act: string },
  ): Promise<void> {
    const [disputeId, intoId] = [dispute.id, into.id];
    await tx.insert(DisputeMerge, {
      id: uuidv7(),
      disputeId,
      intoId,
      reason,
      prior: { state: dispute.state },
      mergedBy: tx.actor.accountId ?? '',
      mergedAt: tx.now,
    });
    await tx.update(Dispute, disputeId, { state, mergedIntoId: intoId, updatedAt: tx.now });
    await this.reckonLimitation(tx, into);
    await this.hooks.merged(tx, disputeId, intoId);
    await this.matters.record(tx, dispute, {
      act,
      fromState: dispute.state,
      toState: state,
      opinion: reason,
      details: { intoId },
    });
    await this.matters.record(tx, into, {
      act: 'disputes.take-in',
      fromState: into.state,
      toState: into.state,
      details: { mergedId: disputeId },
    });
  }

  /** Undoes a merge: the matter is again exactly what it was, and so is the date of the one that had taken it in. */
  async unmerge(disputeId: string, { reason }: { readonly reason: string }): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const { mergedIntoId } = await tx.get(Dispute, disputeId);
      if (mergedIntoId === null) {
        const matter = await this.matters.lock(tx, disputeId, 'disputes.unmerge');
        this.matters.next(matter, 'unmerge', tx.now);
        throw new DomainError('conflict', 'disputes.wrong-state', '该事项没有并案，不能撤销并案。');
      }
      const [matter, target] = await this.lockBoth(tx, disputeId, mergedIntoId, 'disputes.unmerge');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const merge = await tx.one<{ id: string; prior: DisputeMerge['prior'] }>(
        'select id, prior from dispute_merge where dispute_id = $1 and undone_at is null',
        [disputeId],
      );
      const state = this.matters.next(matter, 'unmerge', tx.now, merge.prior.state);
      await tx.update(DisputeMerge, merge.id, { undoReason: reason, undoneBy: tx.actor.accountId, undoneAt: tx.now });
      await tx.update(Dispute, disputeId, { state, mergedIntoId: null, updatedAt: tx.now });
      await this.reckonLimitation(tx, target.dispute);
      await this.hooks.unmerged(tx, disputeId, mergedIntoId);
      await this.matters.record(tx, dispute, {
        act: 'disputes.unmerge',
        fromState: dispute.state,
        toState: state,
        opinion: reason,
        details: { intoId: mergedIntoId },
      });
      await this.matters.record(tx, target.dispute, {
        act: 'disputes.give-up',
        fromState: target.dispute.state,
        toState: target.dispute.state,
        details: { mergedId: disputeId },
      });
      return this.matters.answer(tx, disputeId);
    });
  }

  /** Locks both in the order of their ids, so that two opposite merges cannot wait for each other. */
  private async lockBoth(
    tx: Tx,
    disputeId: string,
    otherId: string,
    act: string,
  ): Promise<[LoadedMatter, LoadedMatter]> {
    const locked = new Map<string, LoadedMatter>();
    for (const id of [disputeId, otherId].sort()) locked.set(id, await this.matters.lock(tx, id, act));
    const [one, other] = [locked.get(disputeId), locked.get(otherId)];
    if (!one || !other) throw new Error('Both matters are locked');
    return [one, other];
  }

  /** The earliest request among the matter and all that are merged into it. */
  private async reckonLimitation(tx: Tx, into: Dispute): Promise<void> {
    await tx.query(
      `update dispute d set version = version + 1, updated_at = $2, limitation_interrupted_at = least(d.registered_at,
          (select min(m.limitation_interrupted_at) from dispute m where m.merged_into_id = d.id))
        where d.id = $1`,
      [into.id, tx.now],
    );
  }
}
