import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { FileStore } from '../../../platform/files';
import { Matters } from '../../disputes';
import { Papers } from '../../documents';
import { AGREEMENT_STATES, type AgreementState } from '../domain/agreement-lifecycle';
import {
  AGREEMENT_KINDS,
  type AgreementKind,
  MARK_METHODS,
  RELATIONS,
  type Relation,
  SLOT_CAPACITIES,
  SLOT_STATES,
} from '../domain/dictionaries';
import { missingMarks } from '../domain/signature-plan';
import { loadLinks, loadMarks } from '../persistence/agreement-rows';
import { PerformanceItem, PerformanceRecord } from '../persistence/performance.entity';
import { AgreementBook, type OpenAgreement } from './agreement-book';
import { allowedItemActs, factsOf, standingOfItem } from './keep-performance';
import { AGREEMENT_TEMPLATE, SigningTexts } from './signing-text';

interface ListedAgreement {
  readonly id: string;
  readonly ordinal: number;
  readonly kind: AgreementKind;
  readonly relation: Relation;
  readonly state: AgreementState;
  readonly isPartial: boolean;
  readonly number: string | null;
  readonly effectiveOn: string | null;
  readonly confirmationDueOn: string | null;
  readonly version: number;
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

@Injectable()
export class ReadAgreements {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly book: AgreementBook,
    private readonly texts: SigningTexts,
    private readonly papers: Papers,
    private readonly store: FileStore,
  ) {}

  /** The agreements of a matter, without what they say. */
  async list(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'agreements.list');
      const rows = await tx.query<ListedAgreement>(
        `select id, ordinal, kind, relation, state, is_partial as "isPartial", number, effective_on as "effectiveOn",
                confirmation_due_on as "confirmationDueOn", version
           from agreement where dispute_id = $1 order by ordinal`,
        [disputeId],
      );
      const mayDraft = matter.snapshot.facts.pendingAgreements === 0 && this.book.mayDraft(tx, matter);
      return {
        items: rows.map((row) => ({
          ...row,
          kindName: AGREEMENT_KINDS[row.kind],
          relationName: RELATIONS[row.relation],
          stateName: AGREEMENT_STATES[row.state],
        })),
        allowedActs: mayDraft ? ['agreements.draft'] : [],
      };
    });
  }

  /** One agreement whole: content, plan of signatures as a matrix, what is wrong with it, effect. The reading is audited. */
  async detail(agreementId: string) {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.book.read(tx, agreementId, 'agreements.read');
      this.auditReading(tx, open, 'agreements.read');
      const { agreement, content, inkOnly } = open;
      return {
        ...this.book.standingOf(tx, open),
        disputeId: agreement.disputeId,
        ordinal: agreement.ordinal,
        kind: agreement.kind,
        kindName: AGREEMENT_KINDS[agreement.kind],
        relation: agreement.relation,
        relationName: RELATIONS[agreement.relation],
        baseId: agreement.baseId,
        isPartial: agreement.isPartial,
        excludedPartyIds: agreement.excludedPartyIds,
        number: agreement.number,
        content: {
          ...content,
          obligations: content.obligations.map(({ instalmentIds: _, ...obligation }) => ({
            ...obligation,
            instalments: [...obligation.instalments],
          })),
        },
        parties: open.parties.filter((p) => p.isActive).map(({ id, name }) => ({ id, name })),
        inkOnlyReason: inkOnly,
        electronicPartyIds: agreement.electronicPartyIds,
        electronicAgreedOn: agreement.electronicAgreedOn,
        copies: agreement.copies,
        signingCopySha256: agreement.signingCopySha256,
        frozenAt: iso(agreement.frozenAt),
        plan: await this.plan(tx, open),
        reachedAt: iso(agreement.reachedAt),
        reachedPlace: agreement.reachedPlace,
        paper: agreement.paperId === null ? null : paperOf(await this.papers.get(tx, agreement.paperId)),
        sealedAt: iso(agreement.sealedAt),
        effectiveAt: iso(agreement.effectiveAt),
        effectiveOn: agreement.effectiveOn,
        confirmation:
          agreement.confirmationDueOn === null
            ? null
            : {
                dueOn: agreement.confirmationDueOn,
                isProvisional: agreement.confirmationIsProvisional ?? false,
                explanation: agreement.confirmationExplanation ?? [],
                isOver: legalDateFromInstant(tx.now) > agreement.confirmationDueOn,
              },
        endedAt: iso(agreement.endedAt),
        endGround: agreement.endGround,
        endReason: agreement.endReason,
      };
    });
  }

  /** The text as it is now, with the watermark of a draft; nothing is kept but the audit entry. */
  async preview(agreementId: string): Promise<{ bytes: Buffer; fileName: string }> {
    const { data, at, draft } = await this.unitOfWork.run(async (tx) => {
      const open = await this.book.read(tx, agreementId, 'agreements.preview');
      if (open.agreement.kind === 'oral') {
        throw new DomainError('conflict', 'agreements.oral-is-not-signed', '口头协议没有协议书，不能预览。');
      }
      if (open.agreement.effectiveAt !== null) {
        throw new DomainError('conflict', 'agreements.preview-over', '协议已经生效，请直接下载盖章的协议书。');
      }
      this.auditReading(tx, open, 'agreements.preview');
      const { agreement } = open;
      const isFrozen = agreement.contentHash !== null;
      const data = isFrozen ? this.texts.frozen(agreement) : (await this.texts.build(tx, open, [])).data;
      return { data, at: tx.now, draft: agreement.round + (isFrozen ? 0 : 1) };
    });
    const drafted = await this.papers.render(AGREEMENT_TEMPLATE, data, { createdAt: at, draft: { number: draft } });
    return { bytes: drafted.bytes, fileName: `调解协议书-第${draft}稿.pdf` };
  }

  /** The frozen file, byte for byte, for printing and signing. */
  async signingCopy(agreementId: string): Promise<{ bytes: Buffer; fileName: string }> {
    const { sha256, number } = await this.unitOfWork.run(async (tx) => {
      const open = await this.book.read(tx, agreementId, 'agreements.download-signing-copy');
      const { signingCopySha256, number } = open.agreement;
      if (signingCopySha256 === null) {
        throw new DomainError('conflict', 'agreements.not-frozen', '协议还没有定稿，没有供签署的文本。请先定稿。');
      }
      this.auditReading(tx, open, 'agreements.download-signing-copy');
      return { sha256: signingCopySha256, number };
    });
    return { bytes: await this.store.get(sha256), fileName: `待签文本-${number ?? ''}.pdf` };
  }

  /** The ledger of performance of a matter, over all its agreements. */
  async performance(disputeId: string) {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'performance.read');
      tx.audit({
        act: 'performance.read',
        objectType: 'dispute',
        objectId: disputeId,
        disputeId,
        chain: matter.dispute.centerId,
      });
      const items = await tx.query<PerformanceItem & { agreementState: AgreementState }>(
        `select i.id, i.dispute_id as "disputeId", i.agreement_id as "agreementId", i.ordinal, i.obligation_id as "obligationId",
                i.instalment_id as "instalmentId", i.obligor_id as "obligorId", i.obligee_id as "obligeeId", i.kind, i.content,
                i.amount_fen as "amountFen", i.performed_fen as "performedFen", i.due_on as "dueOn", i.state,
                i.performed_on as "performedOn", i.breached_at as "breachedAt", i.breach_reason as "breachReason",
                i.ended_at as "endedAt", i.version, a.state as "agreementState"
           from performance_item i join agreement a on a.id = i.agreement_id
          where i.dispute_id = $1 order by a.ordinal, i.ordinal`,
        [disputeId],
      );
      const records = await tx.query<PerformanceRecord>(
        `select id, dispute_id as "disputeId", item_id as "itemId", kind, amount_fen as "amountFen", performed_on as "performedOn", manner,
                is_confirmed_by_obligee as "isConfirmedByObligee", attachment_ids as "attachmentIds", note, recorded_by as "recordedBy",
                recorded_at as "recordedAt", retracted_at as "retractedAt", retracted_by as "retractedBy", retract_reason as "retractReason"
           from performance_record where dispute_id = $1 order by recorded_at, id`,
        [disputeId],
      );
      const names = new Map((await this.book.partiesOf(tx, disputeId)).map((p) => [p.id, p.name]));
      const today = legalDateFromInstant(tx.now);
      return {
        items: items.map((item) => {
          const facts = factsOf(item, { state: item.agreementState }, today);
          return {
            ...standingOfItem(item, facts),
            agreementId: item.agreementId,
            ordinal: item.ordinal,
            kind: item.kind,
            obligorId: item.obligorId,
            obligorName: names.get(item.obligorId) ?? '',
            obligeeId: item.obligeeId,
            obligeeName: names.get(item.obligeeId) ?? '',
            content: item.content,
            amountFen: item.amountFen,
            dueOn: item.dueOn,
            performedOn: item.performedOn,
            breachReason: item.breachReason,
            records: records.filter((r) => r.itemId === item.id).map(recordOf),
            allowedActs: allowedItemActs(tx, matter, facts),
          };
        }),
      };
    });
  }

  /** Who has signed how, and what still lacks: one row for each place. */
  private async plan(tx: Tx, { agreement, slots }: OpenAgreement) {
    if (agreement.round === 0) return [];
    const marks = await loadMarks(tx, agreement.id);
    const links = await loadLinks(tx, agreement.id, agreement.round);
    return slots.map((slot) => {
      const here = marks.filter((m) => m.slotId === slot.id && m.voidedAt === null);
      const link = links.filter((l) => l.slotId === slot.id).at(-1);
      return {
        slot: slot.slot,
        capacity: slot.capacity,
        capacityName: SLOT_CAPACITIES[slot.capacity],
        partyId: slot.partyId,
        signsFor: slot.signsFor,
        signerName: slot.signerName,
        state: slot.state,
        stateName: SLOT_STATES[slot.state],
        missing:
          slot.state === 'open' && slot.capacity !== 'committee-seal'
            ? missingMarks(
                slot,
                here.map((m) => m.kind),
              )
            : [],
        signedAt: iso(slot.signedAt),
        refusalReason: slot.state === 'refused' ? slot.refusalReason : null,
        link:
          link === undefined
            ? null
            : {
                id: link.id,
                expiresAt: link.expiresAt.toISOString(),
                openedAt: iso(link.openedAt),
                usedAt: iso(link.usedAt),
                isLive: link.usedAt === null && link.revokedAt === null && link.expiresAt > tx.now,
              },
        marks: here.map((m) => ({
          id: m.id,
          kind: m.kind,
          method: m.method,
          methodName: MARK_METHODS[m.method],
          signedOn: m.signedOn,
          serverAt: m.serverAt.toISOString(),
          identityCheck: m.identityCheck,
          witnessName: m.witnessName,
          hasFingerprint: m.hasFingerprint,
          strokesSha256: m.strokesSha256,
          scanAttachmentId: m.scanAttachmentId,
          chainHash: m.chainHash,
        })),
      };
    });
  }

  private auditReading(tx: Tx, { agreement, matter }: OpenAgreement, act: string): void {
    tx.audit({
      act,
      objectType: 'agreement',
      objectId: agreement.id,
      disputeId: agreement.disputeId,
      chain: matter.dispute.centerId,
      details: { round: agreement.round },
    });
  }
}

function paperOf({ id, sha256, verificationCode, state, pageCount }: Awaited<ReturnType<Papers['get']>>) {
  return { id, sha256, verificationCode, state, pageCount };
}

function recordOf(record: PerformanceRecord) {
  return {
    id: record.id,
    kind: record.kind,
    amountFen: record.amountFen,
    performedOn: record.performedOn,
    manner: record.manner,
    isConfirmedByObligee: record.isConfirmedByObligee,
    attachmentIds: record.attachmentIds,
    note: record.note,
    recordedAt: record.recordedAt.toISOString(),
    retractedAt: iso(record.retractedAt),
    retractReason: record.retractReason,
  };
}
