import { Injectable } from '@nestjs/common';
import { DomainError, notFound } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { KeepPerformance, type ReceiptAnswer } from '../../agreements';
import { Matters, OneTimeNotices } from '../../disputes';
import { PartyWords } from '../../followups';
import { AnswerForOneself } from '../../parties';
import { mayTellOutcome } from '../domain/progress';
import { PortalSession } from '../persistence/portal.entity';
import { type OpenDesk, PortalDesk } from './portal-desk';
import { ReadOwnMatter } from './read-own-matter';

/** What a party does at its own matter. Every act answers where the matter stands then. */
@Injectable()
export class AnswerOwnMatter {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: PortalDesk,
    private readonly reading: ReadOwnMatter,
    private readonly answers: AnswerForOneself,
    private readonly notices: OneTimeNotices,
    private readonly matters: Matters,
    private readonly words: PartyWords,
    private readonly performance: KeepPerformance,
  ) {}

  async consent({ answer }: { readonly answer: 'agreed' | 'refused' }) {
    return this.act('portal.answer-consent', { answer }, async (tx, { matter, party }) => {
      if (matter.dispute.mediationState !== 'consent-pending') {
        throw new DomainError(
          'conflict',
          'portal.not-asked',
          '现在不需要表明是否同意调解。不想继续调解的，请打电话告诉调解员或者首问责任人。',
        );
      }
      await this.answers.consent(tx, matter, party.id, answer);
      tx.send({ topic: `portal.consent-${answer}`, payload: { disputeId: matter.dispute.id, partyId: party.id } });
    });
  }

  async signRightsNotice() {
    return this.act('portal.sign-rights-notice', {}, (tx, { matter, party }) =>
      this.answers.signNotice(tx, matter, party.id),
    );
  }

  async signOneTimeNotice(noticeId: string) {
    return this.act('portal.sign-one-time-notice', { noticeId }, async (tx, { matter, party }) => {
      // The list of papers to bring is for those who apply.
      if (party.side === 'respondent') throw notFound();
      await this.notices.receive(tx, matter.dispute.id, noticeId, party.name);
    });
  }

  /** Whether it is solved, in the party’s own word. What was said is not written into the course of the matter. */
  async sayOutcome(said: { readonly isSolved: boolean; readonly isPerformed?: boolean; readonly words?: string }) {
    return this.act('portal.say-outcome', { isSolved: said.isSolved }, async (tx, { matter, party }) => {
      const { dispute } = matter;
      if (!mayTellOutcome(dispute))
        throw new DomainError('conflict', 'portal.no-outcome', '事情还在办理，有了结果再请您告诉我们。');
      await this.words.say(tx, dispute.id, dispute.volume, party.id, said);
      tx.send({
        topic: said.isSolved ? 'portal.said-solved' : 'portal.said-unsolved',
        payload: { disputeId: dispute.id },
      });
    });
  }

  /** Whether the party received what is on record as given to it. */
  async confirmReceipt(recordId: string, said: { readonly answer: ReceiptAnswer; readonly words?: string }) {
    return this.act('portal.confirm-receipt', { recordId, said: said.answer }, (tx, { matter, party }) =>
      this.performance.hearByLink(tx, matter, party.id, recordId, said),
    );
  }

  /** Ends the session on this device; the slip stays good. */
  async leave(): Promise<{ readonly ended: true }> {
    return this.unitOfWork.run((tx) =>
      this.desk.at(tx, 'portal.leave', async (open) => {
        await tx.update(PortalSession, open.session.id, { endedAt: tx.now });
        this.desk.auditReading(tx, open, 'portal.leave');
        return { ended: true as const };
      }),
    );
  }

  private async act(
    act: string,
    details: Readonly<Record<string, unknown>>,
    work: (tx: Tx, open: OpenDesk) => Promise<void>,
  ) {
    return this.unitOfWork.run((tx) =>
      this.desk.at(tx, act, async (open) => {
        await work(tx, open);
        await this.matters.record(tx, open.matter.dispute, {
          act,
          details,
          objectType: 'portal-access',
          objectId: open.access.id,
        });
        return this.reading.view(tx, open);
      }),
    );
  }
}
