import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type LegalDate,
  formatLegalDateCn,
  legalDate,
  legalDateFromInstant,
  notFound,
  ruleViolation,
} from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Text, Uuid } from '../../../platform/http';
import { type ActiveAssignment, Assignments } from '../../assignments';
import { type AttachmentSnapshot, Attachments } from '../../attachments';
import { Dispute, disputeTypeName } from '../../disputes';
import { PaperSources, type PaperSubject, present } from '../../documents';
import { Organizations } from '../../organizations';
import { type PaperParty, Parties, contactOf, partyBlockOf, representativesOf } from '../../parties';
import { totalFen } from '../domain/content';
import { type AgreementKind, PERFORMANCE_MANNERS, RECEIPTS } from '../domain/dictionaries';
import { PERFORMANCE_STATES } from '../domain/performance-lifecycle';
import { Agreement } from '../persistence/agreement.entity';
import { loadContent } from '../persistence/agreement-rows';
import type { PerformanceItem, PerformanceRecord } from '../persistence/performance.entity';
import { SigningTexts } from './signing-text';

class AgreementParameters {
  @Uuid({ label: '协议', optional: true, description: '不填为最近一份有效的协议' })
  agreementId?: string;
}

class ConfirmationParameters extends AgreementParameters {
  @Text({
    label: '申请的人民法院',
    max: 60,
    optional: true,
    description: '不填为调委会所在地的法院',
    example: '呼和浩特市新城区人民法院',
  })
  court?: string;
}

class MongolianParameters extends AgreementParameters {
  @Text({
    label: '蒙古文译文',
    max: 20_000,
    multiline: true,
    description: '由翻译人译写，竖排印出；以汉文本为准',
    example: 'ᠬᠣᠶᠠᠷ ᠲᠠᠯᠠ ᠰᠠᠶᠢᠨ ᠳᠤᠷᠠ ᠪᠠᠷ ᠢᠶᠠᠨ ᠬᠡᠯᠡᠯᠴᠡᠭᠡᠳ ᠳᠣᠣᠷᠠᠬᠢ ᠬᠡᠯᠡᠯᠴᠡᠭᠡᠨ ᠳᠦ ᠬᠦᠷᠦᠯᠡ᠃',
  })
  text!: string;

  @Text({ label: '翻译人', max: 50, example: '巴图' })
  translator!: string;
}

type ItemRow = Pick<
  PerformanceItem,
  'id' | 'obligorId' | 'obligeeId' | 'content' | 'amountFen' | 'performedFen' | 'dueOn' | 'state' | 'obligationId'
>;
type RecordRow = Pick<
  PerformanceRecord,
  'itemId' | 'amountFen' | 'performedOn' | 'manner' | 'receipt' | 'attachmentIds' | 'note'
>;

/** An agreement in effect with what its papers share. */
interface PaperedAgreement {
  readonly dispute: Dispute;
  readonly caseNumber: string;
  readonly agreement: Agreement;
  readonly effectiveOn: LegalDate;
  readonly committee: { readonly id: string; readonly name: string; readonly courtName: string | null };
  /** As they stood in the agreement, whatever became of them since. */
  readonly parties: readonly PaperParty[];
  readonly items: readonly ItemRow[];
  readonly officers: readonly ActiveAssignment[];
}

const PROOF_DIGITS = 12;

/** Sources of 口头协议登记表, 履行凭证页 and 司法确认申请书. */
@Injectable()
export class AgreementPapers implements OnModuleInit {
  constructor(
    private readonly sources: PaperSources,
    private readonly organizations: Organizations,
    private readonly parties: Parties,
    private readonly assignments: Assignments,
    private readonly attachments: Attachments,
    private readonly texts: SigningTexts,
  ) {}

  onModuleInit(): void {
    this.sources.register('oral-agreement-register', {
      stage: 'agreement',
      act: 'agreements.print-oral',
      parameters: AgreementParameters,
      load: (tx, disputeId, parameters) => this.oral(tx, disputeId, parameters),
    });
    this.sources.register('performance-page', {
      stage: 'agreement',
      act: 'performance.print',
      parameters: AgreementParameters,
      load: (tx, disputeId, parameters) => this.performance(tx, disputeId, parameters),
    });
    this.sources.register('judicial-confirmation-application', {
      stage: 'agreement',
      act: 'agreements.print-confirmation',
      parameters: ConfirmationParameters,
      load: (tx, disputeId, parameters) => this.confirmation(tx, disputeId, parameters),
    });
    this.sources.register('mongolian-page', {
      stage: 'agreement',
      act: 'agreements.print-mongolian',
      parameters: MongolianParameters,
      load: (tx, disputeId, parameters) => this.mongolian(tx, disputeId, parameters as unknown as MongolianParameters),
    });
  }

  private async oral(tx: Tx, disputeId: string, { agreementId }: AgreementParameters): Promise<PaperSubject> {
    const papered = await this.find(tx, disputeId, agreementId, 'oral');
    const { dispute, agreement, parties, items, officers, committee, caseNumber } = papered;
    const { facts, responsibilities, clauses, performanceNote, breachClause, obligations } = await loadContent(
      tx,
      agreement,
    );
    const { acceptedAt } = dispute;
    const { reachedAt, reachedPlace } = agreement;
    if (acceptedAt === null || reachedAt === null) throw new Error('An oral agreement in effect was reached somewhere');
    const recorder = officers.find((o) => o.capacity === 'recorder');
    return {
      ...subjectOf(papered, '人民调解口头协议登记表'),
      data: present({
        number: caseNumber,
        committee: committee.name,
        disputeName: dispute.title,
        disputeType: disputeTypeName(dispute.disputeType ?? 'other'),
        parties: parties.map((p) => present({ name: p.name, contact: contactOf(p), address: p.address })),
        facts,
        responsibilities,
        acceptedOn: legalDateFromInstant(acceptedAt),
        reachedAt: reachedAt.toISOString(),
        place: reachedPlace,
        clauses,
        obligations: items.map((item) => {
          const { place, manner } = obligations.find((o) => o.id === item.obligationId) ?? {};
          return { ...lineOf(item, parties), ...present({ place, manner }) };
        }),
        total: totalFen(obligations),
        performance: performanceNote,
        breach: breachClause,
        state: stateOf(items),
        mediators: mediatorsOf(officers),
        recorder: recorder === undefined ? null : { slot: 'recorder', name: recorder.name },
        registeredOn: legalDateFromInstant(tx.now),
      }),
    };
  }

  private async performance(tx: Tx, disputeId: string, { agreementId }: AgreementParameters): Promise<PaperSubject> {
    const papered = await this.find(tx, disputeId, agreementId, null);
    const { dispute, agreement, effectiveOn, parties, items, officers, committee, caseNumber } = papered;
    if (items.length === 0) {
      throw ruleViolation(
        'agreements.nothing-to-perform',
        '该协议没有需要履行的事项，不需要履行凭证页。',
        '/templateId',
      );
    }
    const records = await tx.query<RecordRow>(
      `select item_id as "itemId", amount_fen as "amountFen", performed_on as "performedOn", manner,
              receipt, attachment_ids as "attachmentIds", note
         from performance_record
        where dispute_id = $1 and kind = 'performance' and retracted_at is null order by performed_on, recorded_at, id`,
      [disputeId],
    );
    const proofs = await this.attachments.list(tx, disputeId);
    const amounts = items.flatMap((i) => (i.amountFen === null ? [] : [i.amountFen]));
    const total = amounts.reduce((sum, amount) => sum + amount, 0);
    const performed = items.reduce((sum, i) => sum + i.performedFen, 0);
    const concerned = (p: PaperParty) => ({
      owes: items.some((i) => i.obligorId === p.id),
      isOwed: items.some((i) => i.obligeeId === p.id),
    });
    return {
      ...subjectOf(papered, '调解协议履行凭证页'),
      data: present({
        number: agreement.number ?? caseNumber,
        committee: committee.name,
        disputeName: dispute.title,
        effectiveOn,
        items: items.map((item) => ({
          ...lineOf(item, parties),
          records: records
            .filter((r) => r.itemId === item.id)
            .map((r) =>
              present({
                amount: r.amountFen,
                performedOn: r.performedOn,
                manner: r.manner === null ? '' : PERFORMANCE_MANNERS[r.manner],
                confirmation: r.receipt === null ? '' : RECEIPTS[r.receipt],
                proofs: proofText(r.attachmentIds, proofs),
                note: r.note,
              }),
            ),
        })),
        ...(amounts.length === 0 ? {} : { total, performed, remaining: total - performed }),
        signers: parties
          .map((p) => ({ ...concerned(p), p }))
          .filter(({ owes, isOwed }) => owes || isOwed)
          .map(({ p, owes, isOwed }) => ({
            slot: `party-${p.ordinal}`,
            name: p.name,
            capacity: owes && isOwed ? '义务人、权利人' : owes ? '义务人' : '权利人',
          })),
        mediators: mediatorsOf(officers),
        listedOn: legalDateFromInstant(tx.now),
      }),
    };
  }

  private async confirmation(
    tx: Tx,
    disputeId: string,
    { agreementId, court }: ConfirmationParameters,
  ): Promise<PaperSubject> {
    const papered = await this.find(tx, disputeId, agreementId, 'written');
    const { dispute, agreement, effectiveOn, parties, committee, caseNumber } = papered;
    const dueOn = legalDate(agreement.confirmationDueOn ?? '');
    if (legalDateFromInstant(tx.now) > dueOn) {
      throw ruleViolation(
        'agreements.confirmation-late',
        `共同申请司法确认的期限已于${formatLegalDateCn(dueOn)}届满（人民调解法第三十三条）。可以告知当事人起诉、申请支付令或者办理公证。`,
        '/templateId',
      );
    }
    // What the court confirms is the text that was signed, not what the rows say today.
    const { facts, clauses, obligations, total } = this.texts.frozen(agreement);
    return {
      ...subjectOf(papered, '司法确认申请书'),
      copies: parties.length + 1,
      data: present({
        number: agreement.number ?? caseNumber,
        committee: committee.name,
        disputeName: dispute.title,
        court: court ?? committee.courtName,
        applicants: parties.map((p) => ({
          ...partyBlockOf(p),
          slot: `party-${p.ordinal}`,
          representatives: representativesOf(p),
        })),
        facts,
        effectiveOn,
        dueOn,
        ...(agreement.confirmationIsProvisional === true ? { dueNote: '下一年放假安排尚未启用，暂定' } : {}),
        clauses,
        obligations,
        total,
      }),
    };
  }

  /** What the agreement says, in the script of a party who asked for it; the Chinese text is what binds. */
  private async mongolian(
    tx: Tx,
    disputeId: string,
    { agreementId, text, translator }: MongolianParameters,
  ): Promise<PaperSubject> {
    if (!/[\u1820-\u18AA]/u.test(text)) {
      throw ruleViolation('agreements.not-mongolian', '译文里没有蒙古文。请录入传统蒙古文译文。', '/parameters/text');
    }
    const papered = await this.find(tx, disputeId, agreementId, null);
    const subject = subjectOf(papered, '蒙古文附页');
    return {
      ...subject,
      copies: papered.parties.length + 1,
      data: {
        number: subject.number,
        committee: papered.committee.name,
        title: papered.agreement.kind === 'oral' ? '人民调解口头协议' : '人民调解协议书',
        effectiveOn: papered.effectiveOn,
        text,
        translator: { slot: 'interpreter-1', name: translator },
        translatedOn: legalDateFromInstant(tx.now),
      },
    };
  }

  /** The named agreement, or the latest in effect, of the kind that the paper is for. */
  private async find(
    tx: Tx,
    disputeId: string,
    agreementId: string | undefined,
    kind: AgreementKind | null,
  ): Promise<PaperedAgreement> {
    const dispute = await tx.get(Dispute, disputeId);
    const [row] = await tx.query<{ id: string }>(
      `select id from agreement
        where dispute_id = $1 and state = 'effective' and ($2::text is null or kind = $2) and ($3::uuid is null or id = $3)
        order by effective_at desc, ordinal desc limit 1`,
      [disputeId, kind, agreementId ?? null],
    );
    if (row === undefined) {
      const which = kind === null ? '' : kind === 'oral' ? '口头' : '书面';
      throw ruleViolation(
        'agreements.none-in-effect',
        `本案没有已生效的${which}协议，不能出具该文书。`,
        agreementId === undefined ? '/templateId' : '/parameters/agreementId',
      );
    }
    const agreement = await tx.get(Agreement, row.id);
    if (dispute.committeeId === null || dispute.caseNumber === null || agreement.effectiveOn === null) throw notFound();
    const { id, name, courtName } = await this.organizations.committee(tx, dispute.committeeId);
    return {
      dispute,
      caseNumber: dispute.caseNumber,
      agreement,
      effectiveOn: legalDate(agreement.effectiveOn),
      committee: { id, name, courtName },
      parties: await this.parties.forPaper(tx, disputeId, agreement.partyIds),
      items: await tx.query<ItemRow>(
        `select id, obligor_id as "obligorId", obligee_id as "obligeeId", content, amount_fen as "amountFen",
                performed_fen as "performedFen", due_on as "dueOn", state, obligation_id as "obligationId"
           from performance_item where dispute_id = $1 and agreement_id = $2 order by ordinal`,
        [disputeId, agreement.id],
      ),
      officers: await this.assignments.active(tx, disputeId),
    };
  }
}

function subjectOf({ agreement, parties, committee, caseNumber }: PaperedAgreement, title: string) {
  return {
    title,
    number: agreement.number ?? caseNumber,
    names: parties.map((p) => p.name),
    committeeId: committee.id,
    subjectType: 'agreement',
    subjectId: agreement.id,
  };
}

function lineOf(item: ItemRow, parties: readonly PaperParty[]): Record<string, unknown> {
  const nameOf = (id: string): string => parties.find((p) => p.id === id)?.name ?? '';
  return present({
    obligor: nameOf(item.obligorId),
    obligee: nameOf(item.obligeeId),
    content: item.content,
    amount: item.amountFen,
    dueOn: item.dueOn,
    status: PERFORMANCE_STATES[item.state],
  });
}

function stateOf(items: readonly ItemRow[]): 'done' | 'partly' | 'open' | 'none' {
  if (items.length === 0) return 'none';
  if (items.every((i) => i.state === 'performed')) return 'done';
  return items.some((i) => i.state === 'performed' || i.performedFen > 0) ? 'partly' : 'open';
}

function mediatorsOf(officers: readonly ActiveAssignment[]) {
  return officers.filter((o) => o.capacity !== 'recorder').map(({ name }, i) => ({ slot: `mediator-${i + 1}`, name }));
}

/** The page goes into a file that all parties may read: what is not for them stands there by its digest alone. */
function proofText(ids: readonly string[], known: readonly AttachmentSnapshot[]): string | null {
  const proofs = known.filter((a) => ids.includes(a.id) && a.ring !== 'mediator');
  if (proofs.length === 0) return null;
  return proofs
    .map(({ ring, fileName, sha256 }) => {
      const name = ring === 'parties' ? fileName : '存卷凭证';
      return `${name}（摘要${sha256.slice(0, PROOF_DIGITS)}）`;
    })
    .join('；');
}
