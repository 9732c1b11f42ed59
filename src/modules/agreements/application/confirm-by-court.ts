import { Injectable } from '@nestjs/common';
import { DomainError, type FieldError, legalDate, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Attachments } from '../../attachments';
import { type LoadedMatter, Matters } from '../../disputes';
import { Organizations } from '../../organizations';
import { confirmationRefusals, textsOf, wordsOf } from '../domain/content-rules';
import {
  type ApplicationAsked,
  CONFIRMATION_STATES,
  type ConfirmationAct,
  type ConfirmationState,
  type Hint,
  type Ruling,
  confirmationLifecycle,
  eligibility,
} from '../domain/judicial-confirmation';
import { JudicialConfirmation } from '../persistence/judicial-confirmation.entity';
import { standingConfirmation } from '../persistence/confirmation-rows';
import { AgreementBook, type OpenAgreement } from './agreement-book';

export interface ApplyCommand {
  readonly appliedOn: string;
  readonly partyIds: readonly string[];
  readonly agentIds?: readonly string[];
  readonly court: string;
  readonly hintsSeen?: readonly Hint[];
  readonly hintsNote?: string;
  readonly attachmentId?: string;
}

export interface DecisionCommand {
  readonly ruling: Ruling;
  readonly decidedOn: string;
  readonly attachmentId?: string;
  readonly reason?: string;
}

interface ConfirmationStanding {
  readonly id: string;
  readonly agreementId: string;
  readonly state: ConfirmationState;
  readonly stateName: string;
  readonly allowedActs: readonly string[];
}

interface Advance {
  readonly changes: Partial<JudicialConfirmation>;
  readonly words: string | null;
}

interface OpenConfirmation extends OpenAgreement {
  readonly confirmation: JudicialConfirmation;
}

/** The joint application for judicial confirmation on record: applied, accepted, ruled upon or withdrawn. */
@Injectable()
export class ConfirmByCourt {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly book: AgreementBook,
    private readonly organizations: Organizations,
    private readonly attachments: Attachments,
  ) {}

  /** What a court refuses is refused here; what only a person can judge is ticked, with words. */
  async apply(agreementId: string, command: ApplyCommand): Promise<ConfirmationStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.lock(tx, agreementId, 'apply');
      const { agreement, matter } = open;
      if (agreement.state !== 'effective' || agreement.effectiveOn === null)
        throw new DomainError(
          'conflict',
          'confirmations.not-effective',
          '协议没有生效或者已经失效，不能申请司法确认。',
        );
      if ((await standingConfirmation(tx, agreementId)) !== null)
        throw new DomainError('conflict', 'confirmations.applied', '这份协议已经登记了司法确认申请，请刷新后查看。');
      const { appliedOn, partyIds, agentIds = [], court, hintsSeen = [], hintsNote } = command;
      if (appliedOn < agreement.effectiveOn || appliedOn > legalDateFromInstant(tx.now))
        throw ruleViolation('confirmations.day', '申请日期应在协议生效之后、今天以前，请核对。', '/appliedOn');
      const committee = await this.organizations.committee(tx, matter.dispute.committeeId ?? '');
      const { obstacles, hints } = eligibility(askedOf(open, command, committee.courtName));
      refuse(obstacles.map(({ code, field, text }) => ({ pointer: `/${field ?? ''}`, code, detail: text })));
      const unseen = hints.filter(({ hint }) => !hintsSeen.includes(hint)).map(({ text }) => text);
      if (unseen.length > 0) throw ruleViolation('confirmations.look-again', unseen.join(''), '/hintsSeen');
      if (hintsNote === undefined && hints.some(({ hint }) => hint !== 'lawful'))
        throw ruleViolation('confirmations.note-missing', '请写明核对的情况。', '/hintsNote');
      if (command.attachmentId !== undefined) await this.checkFile(tx, agreement.disputeId, command.attachmentId);
      const id = uuidv7();
      await tx.insert(JudicialConfirmation, {
        id,
        disputeId: agreement.disputeId,
        agreementId,
        state: 'applied',
        appliedOn,
        partyIds: [...partyIds],
        agentIds: [...agentIds],
        court,
        hints: hints.map(({ hint }) => hint),
        hintsNote: hintsNote ?? null,
        applicationAttachmentId: command.attachmentId ?? null,
        appliedBy: tx.actor.accountId,
        createdAt: tx.now,
      });
      await this.note(tx, open, id, 'apply', null, 'applied', hintsNote ?? null, { court, appliedOn });
      return this.answer(tx, open, id);
    });
  }

  async accept(
    agreementId: string,
    { acceptedOn, caseNumber }: { readonly acceptedOn: string; readonly caseNumber: string },
  ): Promise<ConfirmationStanding> {
    return this.advance(agreementId, 'accept', (tx, { confirmation }) => {
      checkDay(tx, acceptedOn, confirmation.appliedOn, '/acceptedOn');
      return { changes: { acceptedOn, caseNumber }, words: caseNumber };
    });
  }

  /** A ruling that confirms makes the agreement enforceable; one that dismisses leaves it between the parties. */
  async decide(agreementId: string, command: DecisionCommand): Promise<ConfirmationStanding> {
    const { ruling, decidedOn, attachmentId, reason } = command;
    return this.advance(
      agreementId,
      'decide',
      async (tx, { agreement, confirmation }) => {
        checkDay(tx, decidedOn, confirmation.acceptedOn ?? confirmation.appliedOn, '/decidedOn');
        if (ruling === 'confirmed' && attachmentId === undefined)
          throw ruleViolation('confirmations.ruling-missing', '请上传并选择裁定书的扫描件。', '/attachmentId');
        if (ruling === 'dismissed' && reason === undefined)
          throw ruleViolation('confirmations.reason-missing', '请写明法院不予受理或者驳回的理由。', '/reason');
        if (attachmentId !== undefined) await this.checkFile(tx, agreement.disputeId, attachmentId);
        tx.send({ topic: `confirmations.${ruling}`, payload: { disputeId: agreement.disputeId, agreementId } });
        const changes = { decidedOn, rulingAttachmentId: attachmentId ?? null, reason: reason ?? null };
        return { changes, words: reason ?? null };
      },
      ruling,
    );
  }

  async withdraw(agreementId: string, reason: string): Promise<ConfirmationStanding> {
    return this.advance(agreementId, 'withdraw', () => ({ changes: { reason }, words: reason }));
  }

  private async advance(
    agreementId: string,
    act: ConfirmationAct,
    work: (tx: Tx, open: OpenConfirmation) => Advance | Promise<Advance>,
    ruling: Ruling | null = null,
  ): Promise<ConfirmationStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.lock(tx, agreementId, act);
      const confirmation = await standingConfirmation(tx, agreementId);
      if (confirmation === null)
        throw new DomainError('conflict', 'confirmations.not-applied', '还没有登记司法确认申请，请先登记申请。');
      const facts = { state: confirmation.state, ruling };
      const { id } = confirmation;
      const state = confirmationLifecycle.next(act, facts, tx.now, ruling ?? undefined);
      const { changes, words } = await work(tx, { ...open, confirmation });
      await tx.update(JudicialConfirmation, id, { ...changes, state });
      await this.note(tx, open, id, act, confirmation.state, state, words, {});
      return this.answer(tx, open, id);
    });
  }

  private async lock(tx: Tx, agreementId: string, act: ConfirmationAct): Promise<OpenAgreement> {
    const { agreement } = await this.book.read(tx, agreementId, `confirmations.${act}`);
    const matter = await this.matters.lock(tx, agreement.disputeId, `confirmations.${act}`);
    return this.book.around(tx, matter, agreement);
  }

  private async note(
    tx: Tx,
    { matter, agreement }: OpenAgreement,
    id: string,
    act: ConfirmationAct,
    fromState: ConfirmationState | null,
    toState: ConfirmationState,
    opinion: string | null,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.matters.record(tx, matter.dispute, {
      act: `confirmations.${act}`,
      fromState,
      toState,
      opinion,
      details: { agreement: agreement.ordinal, ...details },
      objectType: 'judicial-confirmation',
      objectId: id,
    });
  }

  private async checkFile(tx: Tx, disputeId: string, attachmentId: string): Promise<void> {
    if (!(await this.attachments.list(tx, disputeId)).some((a) => a.id === attachmentId))
      throw ruleViolation(
        'confirmations.file-missing',
        '没有找到该扫描件，请先上传到本事项的材料中。',
        '/attachmentId',
      );
  }

  private async answer(tx: Tx, { matter, agreement }: OpenAgreement, id: string): Promise<ConfirmationStanding> {
    const { state } = await tx.get(JudicialConfirmation, id);
    return {
      id,
      agreementId: agreement.id,
      state,
      stateName: CONFIRMATION_STATES[state],
      allowedActs: allowedConfirmationActs(tx, matter, state),
    };
  }
}

/** Acts on the application that stands. */
export function allowedConfirmationActs(
  tx: Tx,
  matter: Pick<LoadedMatter, 'standing'>,
  state: ConfirmationState,
): string[] {
  return confirmationLifecycle
    .allowedActs({ state, ruling: null }, tx.now, (by) => mayAct(tx.actor, by, matter.standing))
    .map((act) => `confirmations.${act}`);
}

function askedOf(
  { agreement, content, parties, matter }: OpenAgreement,
  { appliedOn, partyIds, agentIds = [], court }: ApplyCommand,
  committeeCourt: string | null,
): ApplicationAsked {
  const bound = parties.filter((p) => agreement.partyIds.includes(p.id));
  const texts = textsOf(content).filter(({ pointer }) => pointer !== '/facts');
  const vague = wordsOf(content).flatMap(({ code, word }) => (code === 'words.vague' ? [`“${word}”`] : []));
  return {
    kind: agreement.kind,
    dueOn: legalDate(agreement.confirmationDueOn ?? ''),
    on: legalDate(appliedOn),
    nature: matter.dispute.nature,
    refusals: confirmationRefusals(content).map(({ code }) => code),
    court,
    committeeCourt,
    parties: bound,
    applicantIds: partyIds,
    withoutAuthority: bound
      .filter(({ id, signatories, representatives }) => {
        if (!partyIds.includes(id)) return false;
        const agents = representatives.filter((r) => agentIds.includes(r.id));
        return agents.length === 0
          ? // Guardians and heads of organizations act by their office, not by a power that is to be named.
            !signatories.self &&
              !representatives.some((r) => r.kind !== 'entrusted' && signatories.representativeIds.includes(r.id))
          : !agents.every((r) => signatories.representativeIds.includes(r.id));
      })
      .map(({ name }) => name),
    namedOutside: parties
      .filter((p) => p.state === 'excluded' && texts.some(({ text }) => text.includes(p.name)))
      .map(({ name }) => name),
    vague: [...new Set(vague), ...(content.obligations.length === 0 ? ['没有逐项列明要履行什么'] : [])],
  };
}

/** Refuses (422) with everything that stands in the way, each at its field. */
function refuse(faults: readonly FieldError[]): void {
  const [first] = faults;
  if (first === undefined) return;
  const named = faults.map((fault) => ({ ...fault, code: `confirmations.${fault.code}` }));
  throw new DomainError('rule', `confirmations.${first.code}`, first.detail, named);
}

function checkDay(tx: Tx, day: string, from: string, pointer: string): void {
  if (day < from || day > legalDateFromInstant(tx.now))
    throw ruleViolation('confirmations.day', '日期应在申请（受理）之后、今天以前，请核对。', pointer);
}
