import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import type { ReopeningReason } from '../domain/dictionaries';
import { DisputeReopening } from '../persistence/course.entity';
import { Dispute } from '../persistence/dispute.entity';
import { type MatterStanding, Matters } from './matters';

export interface ReopenDisputeCommand {
  readonly reasonCode: ReopeningReason;
  readonly reason: string;
}

@Injectable()
export class ReopenDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /** Takes the matter up again in a new volume. The old one stays as it is; the closing no longer counts. */
  async execute(disputeId: string, command: ReopenDisputeCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.reopen');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      await this.takeUp(tx, dispute, {
        ...command,
        act: 'disputes.reopen',
        state: this.matters.next(matter, 'reopen', tx.now),
      });
      return this.matters.answer(tx, disputeId);
    });
  }

  /** Begins the new volume of a locked matter. */
  async takeUp(
    tx: Tx,
    dispute: Dispute,
    {
      reasonCode,
      reason,
      act,
      state,
    }: ReopenDisputeCommand & { readonly act: string; readonly state: Dispute['state'] },
  ): Promise<void> {
    const disputeId = dispute.id;
    if (dispute.outcome === null || dispute.closedAt === null)
      throw new Error('A closed matter has outcome and instant');
    const volume = dispute.volume + 1;
    await tx.insert(DisputeReopening, {
      id: uuidv7(),
      disputeId,
      volume,
      reasonCode,
      reason,
      fromState: dispute.state,
      previousOutcome: dispute.outcome,
      previousClosedAt: dispute.closedAt,
      reopenedBy: tx.actor.accountId ?? '',
      reopenedAt: tx.now,
    });
    await tx.update(Dispute, disputeId, { state, volume, outcome: null, closedAt: null, updatedAt: tx.now });
    await this.matters.record(tx, dispute, {
      act,
      fromState: dispute.state,
      toState: state,
      opinion: reason,
      details: { reasonCode, volume, previousOutcome: dispute.outcome },
    });
    tx.send({ topic: 'disputes.reopened', payload: { disputeId, volume } });
  }
}
