import { Injectable } from '@nestjs/common';
import { DomainError, legalDate, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Attachments } from '../../attachments';
import { Matters } from '../../disputes';
import { AGREEMENT_STATES, agreementLifecycle } from '../domain/agreement-lifecycle';
import { type CourtOutcomeKind, isEndOfAgreement, isJudgment, outcomeSentence } from '../domain/court-outcome';
import { Agreement } from '../persistence/agreement.entity';
import { JudicialOutcome } from '../persistence/judicial-outcome.entity';
import { AgreementBook, type OpenAgreement } from './agreement-book';
import { VoidAgreement } from './void-agreement';

export interface CourtOutcomeCommand {
  readonly kind: CourtOutcomeKind;
  readonly happenedOn: string;
  readonly court: string;
  readonly caseNumber?: string;
  readonly attachmentId?: string;
  readonly note?: string;
}

/** 起诉、变更、撤销、确认无效、支付令: what became of an agreement before a court, as the statutory table counts it. */
@Injectable()
export class RecordCourtOutcome {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly book: AgreementBook,
    private readonly voidAgreement: VoidAgreement,
    private readonly attachments: Attachments,
  ) {}

  /** An agreement that a court takes away loses its effect in the same moment: no figure counts it between two entries. */
  async record(agreementId: string, command: CourtOutcomeCommand) {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.lock(tx, agreementId, 'record');
      const { agreement } = open;
      await this.check(tx, open, command);
      const { kind, happenedOn, court, caseNumber = null, attachmentId = null, note = null } = command;
      const id = uuidv7();
      await tx.insert(JudicialOutcome, {
        id,
        disputeId: agreement.disputeId,
        agreementId,
        kind,
        happenedOn,
        court,
        caseNumber,
        attachmentId,
        note,
        recordedBy: tx.actor.accountId ?? '',
        recordedByName: tx.actor.displayName ?? '',
        recordedAt: tx.now,
      });
      const reason = outcomeSentence({ kind, court, caseNumber, happenedOn: legalDate(happenedOn) });
      await this.note(tx, open, id, 'record', reason, { kind, happenedOn });
      if (isEndOfAgreement(kind) && agreement.state === 'effective')
        await this.voidAgreement.end(tx, open, { ground: 'court-invalid', reason });
      return answer(tx, agreementId, id);
    });
  }

  /** A wrong entry stays on record and counts no more. What it has ended stays ended: nothing voided comes to life again. */
  async retract(id: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      const { agreementId } = await tx.get(JudicialOutcome, id);
      const open = await this.lock(tx, agreementId, 'retract');
      const outcome = await tx.lock(JudicialOutcome, id);
      if (outcome.retractedAt !== null)
        throw new DomainError('conflict', 'court-outcomes.retracted', '这条登记已经撤销，请刷新。');
      await tx.update(JudicialOutcome, id, {
        retractedBy: tx.actor.accountId,
        retractedAt: tx.now,
        retractReason: reason,
      });
      await this.note(tx, open, id, 'retract', reason, { kind: outcome.kind, happenedOn: outcome.happenedOn });
      return answer(tx, agreementId, id);
    });
  }

  private async check(tx: Tx, open: OpenAgreement, command: CourtOutcomeCommand): Promise<void> {
    const { agreement, content, matter } = open;
    const { kind, happenedOn, court, caseNumber, attachmentId } = command;
    if (agreement.effectiveOn === null)
      throw new DomainError('conflict', 'court-outcomes.not-effective', '协议没有生效过，没有法院的结果可以登记。');
    if (happenedOn < agreement.effectiveOn || happenedOn > legalDateFromInstant(tx.now))
      throw ruleViolation('court-outcomes.day', '日期应在协议生效之后、今天以前，请核对。', '/happenedOn');
    if (isJudgment(kind) && caseNumber === undefined)
      throw ruleViolation('court-outcomes.case-number-missing', '请填写判决书上的案号。', '/caseNumber');
    if (isJudgment(kind) && attachmentId === undefined)
      throw ruleViolation('court-outcomes.judgment-missing', '请上传并选择判决书的扫描件。', '/attachmentId');
    if (
      attachmentId !== undefined &&
      !(await this.attachments.list(tx, agreement.disputeId)).some((a) => a.id === attachmentId)
    )
      throw ruleViolation(
        'court-outcomes.file-missing',
        '没有找到该扫描件，请先上传到本事项的材料中。',
        '/attachmentId',
      );
    if (kind === 'payment-order' && !content.obligations.some((o) => o.kind === 'payment' || o.kind === 'delivery'))
      throw ruleViolation('court-outcomes.no-payment', '这份协议没有给付内容，不能申请支付令，请核对。', '/kind');
    const standing = await tx.query<{ kind: CourtOutcomeKind; happenedOn: string; court: string }>(
      `select kind, happened_on as "happenedOn", court from judicial_outcome
        where agreement_id = $1 and retracted_at is null`,
      [agreement.id],
    );
    const isThere = standing.some(
      (one) =>
        (one.kind === kind && one.happenedOn === happenedOn && one.court === court) ||
        (isEndOfAgreement(one.kind) && isEndOfAgreement(kind)),
    );
    if (isThere)
      throw new DomainError(
        'conflict',
        'court-outcomes.there',
        '这一结果已经登记，或者已经登记撤销、确认无效。登记有误的，先撤销原来的登记。',
      );
    if (
      isEndOfAgreement(kind) &&
      agreement.state === 'effective' &&
      !mayAct(tx.actor, agreementLifecycle.table.acts.void.by, matter.standing)
    )
      throw ruleViolation(
        'court-outcomes.director-voids',
        '判决撤销、确认无效的，协议随登记作废，由调委会主任登记。请把判决书交给主任。',
        '/kind',
      );
  }

  private async lock(tx: Tx, agreementId: string, act: 'record' | 'retract'): Promise<OpenAgreement> {
    const { disputeId } = await tx.get(Agreement, agreementId);
    const matter = await this.matters.lock(tx, disputeId, `court-outcomes.${act}`);
    return this.book.around(tx, matter, await tx.lock(Agreement, agreementId));
  }

  private async note(
    tx: Tx,
    { matter, agreement }: OpenAgreement,
    id: string,
    act: 'record' | 'retract',
    opinion: string,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.matters.record(tx, matter.dispute, {
      act: `court-outcomes.${act}`,
      fromState: agreement.state,
      toState: agreement.state,
      opinion,
      details: { agreement: agreement.ordinal, ...details },
      objectType: 'judicial-outcome',
      objectId: id,
    });
  }
}

async function answer(tx: Tx, agreementId: string, id: string) {
  const { state } = await tx.get(Agreement, agreementId);
  return { id, agreementId, agreementState: state, agreementStateName: AGREEMENT_STATES[state] };
}
