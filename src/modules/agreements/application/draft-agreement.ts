import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { type LoadedMatter, Matters } from '../../disputes';
import { type AgreementKind, type ObligationKind, type Relation, amends } from '../domain/dictionaries';
import type { Obligation } from '../domain/content';
import { textsOf } from '../domain/content-rules';
import { Agreement } from '../persistence/agreement.entity';
import { AgreementDrafts } from './agreement-drafts';
import { AgreementBook, type AgreementStanding, type OpenAgreement, refuseFaults } from './agreement-book';
import { MarkLedger } from './mark-ledger';
import { PerformanceDesk } from './performance-desk';
import { SigningTexts } from './signing-text';

export interface ObligationCommand {
  readonly kind: ObligationKind;
  readonly obligorId?: string;
  readonly obligeeId?: string;
  readonly content?: string;
  readonly amountFen?: number;
  readonly dueOn?: string;
  readonly place?: string;
  readonly manner?: string;
  readonly replacesItemId?: string;
  readonly instalments?: readonly { readonly amountFen: number; readonly dueOn: string }[];
}

export interface ContentCommand {
  readonly facts?: string;
  readonly responsibilities?: string;
  readonly clauses: readonly string[];
  readonly performanceNote?: string;
  readonly breachClause?: string;
  readonly obligations: readonly ObligationCommand[];
  /** Keeps an unfinished draft; its faults are answered, not refused. */
  readonly isUnfinished?: boolean;
}

export interface DraftCommand extends ContentCommand {
  readonly kind: AgreementKind;
  readonly relation?: Relation;
  readonly baseId?: string;
}

/** Drafting: content as data, checked as it is written. */
@Injectable()
export class DraftAgreement {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly book: AgreementBook,
    private readonly ledger: MarkLedger,
    private readonly desk: PerformanceDesk,
    private readonly texts: SigningTexts,
    private readonly drafts: AgreementDrafts,
  ) {}

  /** Begins an agreement. After one has taken effect a later one says whether it supplements, corrects or replaces it. */
  async draft(disputeId: string, command: DraftCommand): Promise<AgreementStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'agreements.draft');
      this.matters.checkMediation(matter, 'draft', tx.now);
      if (matter.snapshot.facts.pendingAgreements > 0) {
        throw new DomainError(
          'conflict',
          'agreements.one-at-a-time',
          '该事项已有一份起草或签署中的协议。请继续办理该份协议，或先撤回。',
        );
      }
      const { kind, relation = 'original', baseId } = command;
      await refuseWrongRelation(tx, matter, relation, baseId);
      const { ordinal } = await tx.one<{ ordinal: number }>(
        'select coalesce(max(ordinal), 0) + 1 as ordinal from agreement where dispute_id = $1',
        [disputeId],
      );
      const id = uuidv7();
      await tx.insert(Agreement, {
        id,
        disputeId,
        ordinal,
        kind,
        relation,
        baseId: baseId ?? null,
        state: 'drafting',
        isPartial: matter.dispute.isPartial,
        ...textsOfCommand(command),
        createdBy: tx.actor.accountId,
        createdAt: tx.now,
      });
      await this.book.writeObligations(tx, { id, disputeId }, command.obligations.map(obligationOf));
      const open = await this.book.around(tx, matter, await tx.get(Agreement, id));
      this.refuseUnlessUnfinished(tx, open, command);
      await this.enterDraft(tx, open);
      await this.matters.record(tx, matter.dispute, {
        act: 'agreements.draft',
        toState: 'drafting',
        details: { agreement: ordinal, kind, relation, baseId: baseId ?? null },
        objectType: 'agreement',
        objectId: id,
      });
      if (matter.dispute.mediationState !== 'drafting') await this.matters.advanceMediation(tx, disputeId, 'draft');
      return this.book.answer(tx, id, 'draft');
    });
  }

  /** Replaces the content of a draft. */
  async revise(agreementId: string, command: ContentCommand): Promise<AgreementStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.book.lock(tx, agreementId, 'revise');
      tx.checkVersion(open.agreement);
      this.book.next(open, 'revise', tx.now);
      await tx.update(Agreement, agreementId, textsOfCommand(command));
      await this.book.writeObligations(tx, open.agreement, command.obligations.map(obligationOf));
      const after = await this.book.around(tx, open.matter, await tx.get(Agreement, agreementId));
      this.refuseUnlessUnfinished(tx, after, command);
      await this.enterDraft(tx, after);
      await this.book.record(tx, open, 'revise', {
        details: { clauses: command.clauses.length, obligations: command.obligations.length },
      });
      return this.book.answer(tx, agreementId, 'revise');
    });
  }

  /** Records that the parties agreed to sign electronically (电子签名法第三条: the parties may agree to use it or not). */
  async agreeElectronic(
    agreementId: string,
    command: { readonly partyIds: readonly string[]; readonly agreedOn: string },
  ): Promise<AgreementStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.book.lock(tx, agreementId, 'agree-electronic');
      refuseElectronic(open);
      this.book.next(open, 'agree-electronic', tx.now);
      const { partyIds, agreedOn } = command;
      if (agreedOn > legalDateFromInstant(tx.now)) {
        throw ruleViolation('agreements.in-future', '约定的日期不能晚于今天，请核对。', '/agreedOn');
      }
      for (const [i, id] of partyIds.entries()) {
        if (!open.parties.some((p) => p.id === id && p.isActive)) {
          throw ruleViolation('agreements.not-a-party', '所列人员不是本协议的当事人，请重新选择。', `/partyIds/${i}`);
        }
      }
      const all = [...new Set([...open.agreement.electronicPartyIds, ...partyIds])];
      await tx.update(Agreement, agreementId, { electronicPartyIds: all, electronicAgreedOn: agreedOn });
      await this.book.record(tx, open, 'agree-electronic', { details: { partyIds, agreedOn } });
      return this.book.answer(tx, agreementId, 'agree-electronic');
    });
  }

  /** Gives a draft up, marks included. With an earlier agreement in effect the mediation goes back to that one. */
  async discard(agreementId: string, reason: string): Promise<AgreementStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.book.lock(tx, agreementId, 'discard');
      tx.checkVersion(open.agreement);
      const state = this.book.next(open, 'discard', tx.now);
      await this.ledger.voidRound(tx, open.agreement, reason);
      await tx.update(Agreement, agreementId, {
        state,
        endedAt: tx.now,
        endedBy: tx.actor.accountId,
        endReason: reason,
      });
      await this.book.record(tx, open, 'discard', { toState: state, opinion: reason });
      await this.desk.settleAfterDiscard(tx, open.matter);
      tx.send({ topic: 'agreements.discarded', payload: { disputeId: open.agreement.disputeId, agreementId } });
      return this.book.answer(tx, agreementId, 'discard');
    });
  }

  /** An agreement that was merely begun is no draft yet, and an oral one has no paper. */
  private async enterDraft(tx: Tx, open: OpenAgreement): Promise<void> {
    if (open.agreement.kind === 'oral' || textsOf(open.content).length === 0) return;
    await this.drafts.enter(tx, open.agreement, (await this.texts.build(tx, open, null)).data);
  }

  private refuseUnlessUnfinished(tx: Tx, open: OpenAgreement, { isUnfinished = false }: ContentCommand): void {
    if (!isUnfinished) refuseFaults(this.book.findings(open, tx.now).faults);
  }
}

/** 422 where electronic signatures do not count, before anything else is asked. */
export function refuseElectronic({ inkOnly }: Pick<OpenAgreement, 'inkOnly'>): void {
  if (inkOnly !== null) throw ruleViolation('agreements.electronic-not-allowed', inkOnly);
}

async function refuseWrongRelation(
  tx: Tx,
  { dispute, snapshot }: LoadedMatter,
  relation: Relation,
  baseId: string | undefined,
): Promise<void> {
  if (relation === 'original') {
    if (baseId !== undefined) {
      throw ruleViolation(
        'agreements.base-not-needed',
        '首次协议没有原协议。请去掉原协议，或改选补充、更正、变更。',
        '/baseId',
      );
    }
    // Those left out of a partial agreement may come to one of their own.
    if (snapshot.facts.effectiveAgreements > 0 && !dispute.isPartial) {
      throw ruleViolation(
        'agreements.base-missing',
        '该事项已有生效的协议，生效后不能修改。请选择补充、更正或变更协议，并选择原协议。',
        '/relation',
      );
    }
    return;
  }
  if (baseId === undefined) throw ruleViolation('agreements.base-missing', '请选择原协议。', '/baseId');
  const [base] = await tx.query<{ state: string; relation: Relation }>(
    'select state, relation from agreement where id = $1 and dispute_id = $2',
    [baseId, dispute.id],
  );
  // A supplement is mended by another one to the same agreement: one line of papers, not a tree of them.
  if (base?.state !== 'effective' || amends(base.relation) !== null) {
    throw ruleViolation(
      'agreements.base-not-effective',
      '原协议不是本事项已生效的协议，请重新选择。补充、更正协议有错的，对原协议另作补充或更正。',
      '/baseId',
    );
  }
}

export function textsOfCommand(
  command: ContentCommand,
): Pick<Agreement, 'facts' | 'responsibilities' | 'clauses' | 'performanceNote' | 'breachClause'> {
  const { facts, responsibilities, clauses, performanceNote, breachClause } = command;
  return {
    facts: facts ?? null,
    responsibilities: responsibilities ?? null,
    clauses: [...clauses],
    performanceNote: performanceNote ?? null,
    breachClause: breachClause ?? null,
  };
}

export function obligationOf(o: ObligationCommand): Obligation {
  return {
    kind: o.kind,
    obligorId: o.obligorId ?? null,
    obligeeId: o.obligeeId ?? null,
    content: o.content ?? '',
    amountFen: o.amountFen ?? null,
    dueOn: o.dueOn ?? null,
    place: o.place ?? null,
    manner: o.manner ?? null,
    replacesItemId: o.replacesItemId ?? null,
    instalments: o.instalments ?? [],
  };
}
