import { Injectable } from '@nestjs/common';
import { computeDeadline, legalDateFromInstant } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Calendars, DeadlineRules } from '../../calendar';
import { type Dispute, Matters } from '../../disputes';
import { Papers } from '../../documents';
import { Agreement } from '../persistence/agreement.entity';
import type { OpenAgreement } from './agreement-book';
import { PerformanceDesk } from './performance-desk';

/** What follows when an agreement takes effect: ledger, judicial confirmation, the earlier agreement, the mediation. */
@Injectable()
export class TakeEffect {
  constructor(
    private readonly matters: Matters,
    private readonly desk: PerformanceDesk,
    private readonly calendars: Calendars,
    private readonly rules: DeadlineRules,
    private readonly papers: Papers,
  ) {}

  /** Columns that state the effect, for the update that makes the agreement effective. */
  async columns(
    tx: Tx,
    dispute: Pick<Dispute, 'centerId'>,
    effectiveAt: Date,
  ): Promise<
    Pick<
      Agreement,
      | 'effectiveAt'
      | 'effectiveOn'
      | 'confirmationDueOn'
      | 'confirmationIsProvisional'
      | 'confirmationExplanation'
      | 'confirmationCalendar'
      | 'confirmationRuleId'
    >
  > {
    const effectiveOn = legalDateFromInstant(effectiveAt);
    const { calendar } = await this.calendars.forCenter(tx, dispute.centerId);
    const rule = (await this.rules.forCenter(tx, dispute.centerId)).at('judicial-confirmation', effectiveAt);
    const deadline = computeDeadline({ rule, start: effectiveOn, calendar });
    return {
      effectiveAt,
      effectiveOn,
      confirmationDueOn: deadline.originalDue.on,
      confirmationIsProvisional: deadline.isProvisional,
      confirmationExplanation: [...deadline.explanation],
      confirmationCalendar: calendar.version,
      confirmationRuleId: rule.versionId,
    };
  }

  /** After the agreement was made effective. */
  async follow(tx: Tx, { agreement, content }: OpenAgreement): Promise<void> {
    const { id, disputeId, kind, relation, baseId } = agreement;
    await this.desk.schedule(tx, agreement, content);
    if (relation === 'replacement' && baseId !== null) {
      for (const endingId of [baseId, ...(await this.desk.amendmentsTo(tx, baseId))]) {
        await this.desk.cancel(tx, endingId);
        const { paperId } = await tx.get(Agreement, endingId);
        // The base's own paper was superseded as the new one was kept.
        if (endingId !== baseId && paperId !== null) await this.papers.supersede(tx, disputeId, paperId);
        await tx.update(Agreement, endingId, {
          state: 'superseded',
          endedAt: tx.now,
          endedBy: tx.actor.accountId,
          endReason: '已由变更协议替代。',
        });
      }
    } else await this.desk.cancelReplaced(tx, id);
    await this.matters.advanceMediation(tx, disputeId, kind === 'written' ? 'take-effect' : 'agree-orally');
    await this.desk.settle(tx, disputeId);
    tx.send({ topic: 'agreements.effective', payload: { disputeId, agreementId: id } });
  }
}
