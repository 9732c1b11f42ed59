import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import { UnitOfWork } from '../../../platform/database';
import { Agreement } from '../persistence/agreement.entity';
import { AgreementBook, type AgreementStanding, refuseFaults } from './agreement-book';
import { TakeEffect } from './take-effect';

/** Oral agreements: nobody signs, the mediator records the content (人民调解法第二十八条). */
@Injectable()
export class ConcludeOrally {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly book: AgreementBook,
    private readonly effect: TakeEffect,
  ) {}

  /** Effective from the day on which it was reached (第三十条). */
  async execute(
    agreementId: string,
    command: { readonly reachedAt: string; readonly place: string },
  ): Promise<AgreementStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.book.lock(tx, agreementId, 'conclude-orally');
      tx.checkVersion(open.agreement);
      const state = this.book.next(open, 'conclude-orally', tx.now);
      refuseFaults(this.book.findings(open, tx.now).faults);
      const reachedAt = new Date(command.reachedAt);
      const { acceptedAt } = open.matter.dispute;
      if (reachedAt > tx.now || (acceptedAt !== null && reachedAt < acceptedAt)) {
        throw ruleViolation('agreements.reached-at', '达成的时间应在受理之后、现在以前，请核对。', '/reachedAt');
      }
      const active = open.parties.filter((p) => p.isActive).map((p) => p.id);
      await tx.update(Agreement, agreementId, {
        state,
        reachedAt,
        reachedPlace: command.place,
        partyIds: active,
        copies: active.length + 1,
        ...(await this.effect.columns(tx, open.matter.dispute, reachedAt)),
      });
      await this.book.record(tx, open, 'conclude-orally', {
        toState: state,
        details: { reachedAt: reachedAt.toISOString(), obligations: open.content.obligations.length },
      });
      await this.effect.follow(tx, open);
      return this.book.answer(tx, agreementId, 'conclude-orally');
    });
  }
}
