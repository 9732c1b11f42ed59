import { Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { FileStore } from '../../../platform/files';
import { Matters } from '../../disputes';
import { type DraftedPaper, Papers } from '../../documents';
import { AGREEMENT_PAPERS } from '../domain/dictionaries';
import { type PlanChoices, turnOf } from '../domain/signature-plan';
import { Agreement } from '../persistence/agreement.entity';
import { SignatureSlot } from '../persistence/signing.entity';
import { AgreementDrafts } from './agreement-drafts';
import { AgreementBook, type AgreementStanding, type OpenAgreement, refuseFaults } from './agreement-book';
import { MarkLedger } from './mark-ledger';
import { type SigningText, SigningTexts } from './signing-text';

export type FreezeCommand = Partial<PlanChoices> & { readonly order?: readonly string[] };

interface DrawnText {
  readonly text: SigningText;
  readonly drafted: DraftedPaper;
  /** Of the copy that people sign, safe in the store. */
  readonly sha256: string;
}

/** Freezing a text for signing, and taking it back. */
@Injectable()
export class FreezeAgreement {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly book: AgreementBook,
    private readonly texts: SigningTexts,
    private readonly papers: Papers,
    private readonly store: FileStore,
    private readonly ledger: MarkLedger,
    private readonly drafts: AgreementDrafts,
  ) {}

  /**
   * Fixes the text. It is drawn outside any transaction; the transaction that opens the round builds the text once more and
   * refuses (409) when anything printed on it has moved in between. From here on nobody's copy differs by a byte.
   */
  async freeze(
    agreementId: string,
    { signatories = [], attendees = [], order = [] }: FreezeCommand,
  ): Promise<AgreementStanding> {
    const choices = { signatories, attendees };
    return this.unitOfWork.prepareAndRun(
      () => this.draw(agreementId, choices),
      (tx, drawn) => this.open(tx, agreementId, choices, order, drawn),
    );
  }

  private async draw(agreementId: string, choices: PlanChoices): Promise<DrawnText> {
    const { text, templateId, at, centerId } = await this.unitOfWork.read(async (tx) => {
      const open = await this.book.read(tx, agreementId, 'agreements.freeze');
      const { centerId } = open.matter.dispute;
      const { templateId } = AGREEMENT_PAPERS[open.agreement.relation];
      return { text: await this.checkedText(tx, open, choices), templateId, at: tx.now, centerId };
    });
    const drafted = await this.papers.render(templateId, text.data, {
      centerId,
      createdAt: at,
      forSigning: true,
    });
    const { sha256 } = await this.store.put(drafted.bytes);
    return { text, drafted, sha256 };
  }

  /** Opens the round: under the lock, the text must still be the one that was drawn. */
  private async open(
    tx: Tx,
    agreementId: string,
    choices: PlanChoices,
    order: readonly string[],
    { text, drafted, sha256 }: DrawnText,
  ): Promise<AgreementStanding> {
    const open = await this.book.lock(tx, agreementId, 'freeze');
    const again = await this.checkedText(tx, open, choices);
    if (JSON.stringify(again) !== JSON.stringify(text)) {
      throw new DomainError(
        'conflict',
        'agreements.content-changed',
        '定稿时，当事人或协议内容刚被他人更新。请核对最新内容后重新定稿。',
      );
    }
    await this.papers.keepTemplate(tx, drafted);
    refuseBrokenOrder(order, text.partyIds);
    const { agreement } = open;
    const round = agreement.round + 1;
    for (const [i, slot] of text.slots.entries()) {
      await tx.insert(SignatureSlot, {
        id: uuidv7(),
        disputeId: agreement.disputeId,
        agreementId,
        round,
        ordinal: i + 1,
        ...slot,
        interpretsFor: [...slot.interpretsFor],
        turn: turnOf(slot, order),
        state: 'open',
      });
    }
    const draft = await this.drafts.enter(tx, agreement, text.data, { isShown: true, round });
    const state = this.book.next(open, 'freeze', tx.now);
    await tx.update(Agreement, agreementId, {
      state,
      round,
      number: text.number,
      partyIds: [...text.partyIds],
      excludedPartyIds: open.parties.filter((p) => p.state === 'excluded').map((p) => p.id),
      isPartial: open.matter.dispute.isPartial,
      copies: text.copies,
      contentHash: drafted.contentHash,
      templateHash: drafted.templateHash,
      signingCopySha256: sha256,
      frozenDataEncrypted: this.texts.pack(agreementId, text),
      frozenBy: tx.actor.accountId,
      frozenAt: tx.now,
    });
    await this.book.record(tx, open, 'freeze', {
      toState: state,
      details: {
        round,
        order,
        draft: draft.number,
        contentHash: drafted.contentHash,
        slots: text.slots.length,
        copies: text.copies,
      },
    });
    await this.matters.advanceMediation(tx, agreement.disputeId, 'freeze');
    tx.send({
      topic: 'agreements.frozen',
      payload: { disputeId: agreement.disputeId, agreementId, round, partyIds: text.partyIds },
    });
    return this.book.answer(tx, agreementId, 'freeze');
  }

  /** Takes the text back for changes: every mark of the round falls, its row stays, and everyone who signed is told. */
  async unfreeze(agreementId: string, reason: string): Promise<AgreementStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.book.lock(tx, agreementId, 'unfreeze');
      const { agreement, slots } = open;
      tx.checkVersion(agreement);
      const state = this.book.next(open, 'unfreeze', tx.now);
      const voided = await this.ledger.voidRound(tx, agreement, reason);
      await tx.update(Agreement, agreementId, {
        state,
        contentHash: null,
        templateHash: null,
        signingCopySha256: null,
        frozenDataEncrypted: null,
        copies: null,
        partyIds: [],
        number: null,
      });
      await this.book.record(tx, open, 'unfreeze', {
        toState: state,
        opinion: reason,
        details: { round: agreement.round, voidedMarks: voided },
      });
      await this.matters.advanceMediation(tx, agreement.disputeId, 'unfreeze');
      const signed = slots.filter((s) => s.state === 'signed');
      tx.send({
        topic: 'agreements.marks-voided',
        payload: {
          disputeId: agreement.disputeId,
          agreementId,
          round: agreement.round,
          partyIds: signed.flatMap((s) => (s.partyId === null ? [] : [s.partyId])),
          accountIds: signed.flatMap((s) => (s.accountId === null ? [] : [s.accountId])),
        },
      });
      return this.book.answer(tx, agreementId, 'unfreeze');
    });
  }

  private async checkedText(tx: Tx, open: OpenAgreement, choices: PlanChoices): Promise<SigningText> {
    tx.checkVersion(open.agreement);
    this.book.next(open, 'freeze', tx.now);
    this.matters.checkMediation(open.matter, 'freeze', tx.now);
    refuseFaults(this.book.findings(open, tx.now).faults);
    const text = await this.texts.build(tx, open, choices);
    refuseFaults(text.faults);
    return text;
  }
}

/** An order names every party once; without one they sign as they come. */
function refuseBrokenOrder(order: readonly string[], partyIds: readonly string[]): void {
  const isWhole = order.length === partyIds.length && partyIds.every((id) => order.includes(id));
  if (order.length === 0 || isWhole) return;
  throw ruleViolation('agreements.order-incomplete', '签署顺序应当列出每一方当事人，各一次。请重新排列。', '/order');
}
