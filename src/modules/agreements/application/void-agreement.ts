import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import { Papers } from '../../documents';
import type { VoidGround } from '../domain/dictionaries';
import { Agreement } from '../persistence/agreement.entity';
import { AgreementBook, type AgreementStanding, type OpenAgreement } from './agreement-book';
import { PerformanceDesk } from './performance-desk';

interface VoidCommand {
  readonly ground: VoidGround;
  readonly reason: string;
}

/** An agreement in effect loses it: by the court, by all parties, or because it was feigned. */
@Injectable()
export class VoidAgreement {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly book: AgreementBook,
    private readonly desk: PerformanceDesk,
    private readonly papers: Papers,
  ) {}

  async execute(agreementId: string, command: VoidCommand): Promise<AgreementStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.book.lock(tx, agreementId, 'void');
      tx.checkVersion(open.agreement);
      await this.end(tx, open, command);
      return this.book.answer(tx, agreementId, 'void');
    });
  }

  /** The sealed file stays as it is; verification says from now on that it no longer holds. The caller holds the lock. */
  async end(tx: Tx, open: OpenAgreement, { ground, reason }: VoidCommand): Promise<void> {
    const { agreement, matter } = open;
    const agreementId = agreement.id;
    const state = this.book.next(open, 'void', tx.now);
    const amendments = await this.desk.amendmentsTo(tx, agreementId);
    const ending = { state, endedAt: tx.now, endedBy: tx.actor.accountId, endGround: ground };
    for (const endingId of [agreementId, ...amendments]) {
      const words = endingId === agreementId ? reason : `原协议作废：${reason}`;
      const { paperId } = await tx.get(Agreement, endingId);
      await this.desk.cancel(tx, endingId);
      await tx.update(Agreement, endingId, { ...ending, endReason: words });
      if (paperId !== null) await this.papers.void(tx, paperId, words);
    }
    await this.desk.reviveReplaced(tx, agreementId);
    await this.book.record(tx, open, 'void', {
      toState: state,
      opinion: reason,
      details: { ground, amendments: amendments.length },
    });
    const isLast = matter.snapshot.facts.effectiveAgreements === 1 + amendments.length;
    // Nothing is agreed any more: the parties may agree anew, or the mediation ends with the other routes told.
    if (isLast && matter.dispute.mediationState !== 'performed') {
      await this.matters.advanceMediation(tx, matter.dispute.id, 'draft', { opinion: reason });
    } else {
      await this.desk.settle(tx, matter.dispute.id);
    }
    tx.send({ topic: 'agreements.voided', payload: { disputeId: matter.dispute.id, agreementId, ground } });
  }
}
