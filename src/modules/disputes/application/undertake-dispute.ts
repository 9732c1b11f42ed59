import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { Dispute } from '../persistence/dispute.entity';
import { type MatterStanding, Matters } from './matters';

@Injectable()
export class UndertakeDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /** Takes the matter in hand without mediation (代办、现场处置). Whoever does so handles it, unless another is named. */
  async execute(
    disputeId: string,
    command: { readonly handlerAccountId?: string; readonly opinion?: string },
  ): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.undertake');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.next(matter, 'undertake', tx.now);
      const handlerAccountId = command.handlerAccountId ?? tx.actor.accountId;
      await tx.update(Dispute, disputeId, { state, handlerAccountId, updatedAt: tx.now });
      await this.matters.record(tx, dispute, {
        act: 'disputes.undertake',
        fromState: dispute.state,
        toState: state,
        opinion: command.opinion ?? null,
        details: { handlerAccountId },
      });
      return this.matters.answer(tx, disputeId);
    });
  }
}
