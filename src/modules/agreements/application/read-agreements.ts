import { Injectable } from '@nestjs/common';
import { DomainError, legalDate, legalDateFromInstant, pick } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { FileStore } from '../../../platform/files';
import { Calendars } from '../../calendar';
import { Matters } from '../../disputes';
import { Papers, type RenderOptions, differenceOf } from '../../documents';
import type { PartySnapshot } from '../../parties';
import { AGREEMENT_STATES, type AgreementState } from '../domain/agreement-lifecycle';
import {
  AGREEMENT_KINDS,
  AGREEMENT_PAPERS,
  type AgreementKind,
  IDENTITY_CHECKS,
  MARK_METHODS,
  RECEIPTS,
  RECEIPT_ANSWERS,
  RECEIPT_CHANNELS,
  RECEIPT_RULINGS,
  type Receipt,
  RELATIONS,
  type Relation,
  amends,
  SLOT_CAPACITIES,
  SLOT_STATES,
} from '../domain/dictionaries';
import { COURT_OUTCOME_KINDS, COURT_OUTCOMES, MEANINGS } from '../domain/court-outcome';
import { confirmationCountdown } from '../domain/effect';
import { RECEIPT_STEPS, lightOfItem } from '../domain/performance-lifecycle';
import { actsAtPlace, attests, missingMarks, signsBefore } from '../domain/signature-plan';
import { loadImages, loadLinks, loadMarks } from '../persistence/agreement-rows';
import { AgreementDraft } from '../persistence/agreement-draft.entity';
import { Agreement } from '../persistence/agreement.entity';
import { standingConfirmation } from '../persistence/confirmation-rows';
import { PerformanceItem, PerformanceRecord, ReceiptWord } from '../persistence/performance.entity';
import type { SignatureSlot, SigningLink } from '../persistence/signing.entity';
import { AgreementDrafts, earlierOf } from './agreement-drafts';
import { AgreementBook, type OpenAgreement } from './agreement-book';
import { allowedItemActs, factsOf, standingOfItem } from './keep-performance';
import { ProposeAttendees } from './propose-attendees';
import { courtOutcomesOf } from './read-court-outcomes';
import { promisesOf, sentenceOf } from './read-promises';
import { SigningImages } from './signing-images';
import { type FrozenText, SigningTexts, textToSign } from './signing-text';

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
  readonly isApplied: boolean;
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
    private readonly calendars: Calendars,
    private readonly store: FileStore,
    private readonly drafts: AgreementDrafts,
    private readonly proposals: ProposeAttendees,
    private readonly images: SigningImages,
  ) {}

  /** The agreements of a matter, without what they say. */
  async list(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'agreements.list');
      const rows = await tx.query<ListedAgreement>(
        `select id, ordinal, kind, relation, state, is_partial as "isPartial", number, effective_on as "effectiveOn",
                confirmation_due_on as "confirmationDueOn", version,
                exists (select 1 from judicial_confirmation c where c.agreement_id = a.id and c.state <> 'withdrawn') as "isApplied"
           from agreement a where dispute_id = $1 order by ordinal`,
        [disputeId],
      );
      const yellowPart = await this.calendars.yellowPart(tx, matter.dispute.centerId);
      const mayDraft = matter.snapshot.facts.pendingAgreements === 0 && this.book.mayDraft(tx, matter);
      return {
        items: rows.map(({ isApplied, ...row }) => ({
          ...row,
          kindName: AGREEMENT_KINDS[row.kind],
          relationName: RELATIONS[row.relation],
          stateName: AGREEMENT_STATES[row.state],
          confirmation:
            row.state !== 'effective' || row.confirmationDueOn === null || isApplied
              ? null
              : confirmationCountdown(legalDate(row.confirmationDueOn), legalDateFromInstant(tx.now), yellowPart),
        })),
        allowedActs: mayDraft ? ['agreements.draft'] : [],
        draftChoices: mayDraft ? draftChoices(rows, matter.dispute.isPartial) : [],
      };
    });
  }

  /** One agreement whole: content, plan of signatures as a matrix, what is wrong with it, effect. The reading is audited. */
  async detail(agreementId: string) {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.book.read(tx, agreementId, 'agreements.read');
      this.auditReading(tx, open, 'agreements.read');
      const { agreement, content, inkOnly } = open;
      const standing = this.book.standingOf(tx, open);
      const application = await standingConfirmation(tx, agreementId);
      return {
        ...standing,
        disputeId: agreement.disputeId,
        ordinal: agreement.ordinal,
        kind: agreement.kind,
        kindName: AGREEMENT_KINDS[agreement.kind],
        relation: agreement.relation,
        relationName: RELATIONS[agreement.relation],
        baseId: agreement.baseId,
        headings: pick(AGREEMENT_PAPERS[agreement.relation], 'facts', 'clauses'),
        related: await relatedTo(tx, agreement),
        replaceable: open.replaceable.map(({ id, content: what, amountFen, performedFen, dueOn }) => ({
          id,
          content: what,
          amountFen: amountFen === null ? null : amountFen - performedFen,
          dueOn,
        })),
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
        parties: open.parties.filter((p) => p.isActive).map(partyOf),
        inkOnlyReason: inkOnly,
        electronicPartyIds: agreement.electronicPartyIds,
        electronicAgreedOn: agreement.electronicAgreedOn,
        copies: agreement.copies,
        signingCopySha256: agreement.signingCopySha256,
        frozenAt: iso(agreement.frozenAt),
        ...(await this.plan(tx, open)),
        proposedAttendees: standing.allowedActs.includes('agreements.freeze') ? await this.proposals.of(tx, open) : [],
        witnessNames: open.slots.flatMap((s) => (s.capacity === 'witness' ? [s.signerName] : [])),
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
                isOver: application === null && legalDateFromInstant(tx.now) > agreement.confirmationDueOn,
                application: application === null ? null : sentenceOf(application),
                ...confirmationCountdown(
                  legalDate(agreement.confirmationDueOn),
                  legalDateFromInstant(tx.now),
                  await this.calendars.yellowPart(tx, open.matter.dispute.centerId),
                ),
              },
        endedAt: iso(agreement.endedAt),
        endGround: agreement.endGround,
        endReason: agreement.endReason,
      };
    });
  }

  /** The text as it is now, with the watermark of its draft. What was looked at on paper stays that draft. */
  async preview(agreementId: string): Promise<{ bytes: Buffer; fileName: string }> {
    const { paper, data, number, ...drawing } = await this.unitOfWork.run(async (tx) => {
      const { disputeId } = await tx.get(Agreement, agreementId);
      const matter = await this.matters.lock(tx, disputeId, 'agreements.preview');
      const open = await this.book.around(tx, matter, await tx.get(Agreement, agreementId));
      const { agreement } = open;
      if (agreement.kind === 'oral') {
        throw new DomainError('conflict', 'agreements.oral-is-not-signed', '口头协议没有协议书，不能预览。');
      }
      if (agreement.effectiveAt !== null) {
        throw new DomainError('conflict', 'agreements.preview-over', '协议已经生效，请直接下载盖章的协议书。');
      }
      this.auditReading(tx, open, 'agreements.preview');
      const isFrozen = agreement.contentHash !== null;
      const text = isFrozen ? this.texts.frozen(agreement) : (await this.texts.build(tx, open, null)).data;
      return {
        ...(await this.drafts.enter(tx, agreement, text, { isShown: true })),
        paper: AGREEMENT_PAPERS[agreement.relation],
        centerId: matter.dispute.centerId,
        templateHash: agreement.templateHash ?? undefined,
        createdAt: tx.now,
      };
    });
    return this.drawDraft(paper, data, number, drawing);
  }

  /** The drafts of the paper, the latest first: who wrote each and when, and what was changed in it. */
  async listDrafts(agreementId: string) {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.book.read(tx, agreementId, 'agreements.read-drafts');
      this.auditReading(tx, open, 'agreements.read-drafts');
      const drafts = await this.drafts.list(tx, agreementId);
      const writers = await tx.query<{ id: string; name: string }>(
        'select id, display_name as name from account where id = any ($1)',
        [drafts.map(({ draft }) => draft.writtenBy)],
      );
      return {
        items: drafts.reverse().map(({ draft, differences }) => ({
          id: draft.id,
          number: draft.number,
          writtenByName: writers.find((w) => w.id === draft.writtenBy)?.name ?? null,
          writtenAt: draft.writtenAt.toISOString(),
          shownAt: iso(draft.shownAt),
          round: draft.round,
          differences: differences.map(differenceOf),
        })),
      };
    });
  }

  /** A draft as it was shown, drawn again with its own number. */
  async draftPaper(draftId: string): Promise<{ bytes: Buffer; fileName: string }> {
    const { paper, data, number, ...drawing } = await this.unitOfWork.run(async (tx) => {
      const draft = await tx.get(AgreementDraft, draftId);
      const open = await this.book.read(tx, draft.agreementId, 'agreements.download-draft');
      this.auditReading(tx, open, 'agreements.download-draft');
      if (draft.shownAt === null)
        await tx.query('update agreement_draft set shown_at = $2 where id = $1', [draftId, tx.now]);
      return {
        paper: AGREEMENT_PAPERS[open.agreement.relation],
        data: this.drafts.dataOf(draft),
        number: draft.number,
        centerId: open.matter.dispute.centerId,
        templateAt: draft.shownAt ?? tx.now,
        createdAt: draft.writtenAt,
      };
    });
    return this.drawDraft(paper, data, number, drawing);
  }

  private async drawDraft(
    { templateId, title }: (typeof AGREEMENT_PAPERS)[Relation],
    data: Readonly<Record<string, unknown>>,
    number: number,
    drawing: RenderOptions,
  ) {
    const { bytes } = await this.papers.render(templateId, data, { ...drawing, draft: { number } });
    return { bytes, fileName: `${title}-第${number}稿.pdf` };
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

  /** The frozen text for whoever signs in presence: no numbers, no addresses. */
  async signingText(agreementId: string) {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.book.read(tx, agreementId, 'agreements.read-signing-text');
      const { contentHash } = open.agreement;
      if (contentHash === null) {
        throw new DomainError('conflict', 'agreements.not-frozen', '协议还没有定稿，没有供签署的文本。请先定稿。');
      }
      this.auditReading(tx, open, 'agreements.read-signing-text');
      const text = this.texts.frozen(open.agreement);
      return {
        ...textToSign(open.agreement.relation, text as unknown as FrozenText),
        contentHash,
        earlier: await this.earlierAtPlaces(tx, open, text),
      };
    });
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
                is_confirmed_by_obligee as "isConfirmedByObligee", receipt, receipt_due_on as "receiptDueOn", attachment_ids as "attachmentIds", note, recorded_by as "recordedBy",
                recorded_at as "recordedAt", retracted_at as "retractedAt", retracted_by as "retractedBy", retract_reason as "retractReason"
           from performance_record where dispute_id = $1 order by recorded_at, id`,
        [disputeId],
      );
      const words = await tx.query<ReceiptWord & { readonly by: string | null }>(
        `select w.id, w.record_id as "recordId", w.said, w.party_id as "partyId", w.channel, w.words, w.said_at as "saidAt",
                coalesce(p.name, a.display_name) as by
           from receipt_word w left join party p on p.id = w.party_id left join account a on a.id = w.recorded_by
          where w.dispute_id = $1 order by w.said_at, w.id`,
        [disputeId],
      );
      const names = new Map((await this.book.partiesOf(tx, disputeId)).map((p) => [p.id, p.name]));
      const today = legalDateFromInstant(tx.now);
      const promises = await promisesOf(tx, matter, await this.calendars.forCenter(tx, matter.dispute.centerId));
      return {
        agreements: promises.agreements,
        beforeCourt: await courtOutcomesOf(tx, matter),
        courtOutcomeKinds: COURT_OUTCOME_KINDS.map((kind) => ({ name: COURT_OUTCOMES[kind], meaning: MEANINGS[kind] })),
        items: items.map((item) => {
          const facts = factsOf(item, { state: item.agreementState }, today);
          const acts = allowedItemActs(tx, matter, facts);
          const own = records.filter((r) => r.itemId === item.id);
          return {
            ...standingOfItem(
              item,
              facts,
              own.map((r) => (r.retractedAt === null ? r.receipt : null)),
            ),
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
            light: lightOfItem(item, today),
            records: own.map((r) =>
              recordOf(
                r,
                words.filter((w) => w.recordId === r.id),
                acts,
              ),
            ),
            reminders: promises.remindersOf(item.id),
            allowedActs: acts.filter((act) => !RECORD_ACTS.includes(act)),
            ways: item.state === 'breached' ? WAYS_AFTER_BREACH : [],
          };
        }),
      };
    });
  }

  /** For everybody who signed a text that was changed: what was changed since, at the place to be signed anew. */
  private async earlierAtPlaces(tx: Tx, { agreement, slots }: OpenAgreement, text: Readonly<Record<string, unknown>>) {
    const earlier = await this.drafts.earlierSignatures(tx, agreement, text);
    return slots.flatMap((slot) => {
      const found = earlierOf(earlier, slot);
      return found === null ? [] : [{ slot: slot.slot, ...found }];
    });
  }

  /** Who has signed how, and what still lacks: one row for each place. */
  private async plan(tx: Tx, open: OpenAgreement) {
    const { agreement, slots, parties } = open;
    const nameOf = (id: string): string => parties.find((p) => p.id === id)?.name ?? '';
    if (agreement.round === 0) return { plan: [], waiting: { signed: 0, total: 0, sentence: '' } };
    const allowed = new Set(this.book.allowedActs(tx, open));
    const marks = await loadMarks(tx, agreement.id);
    const imagesOf = this.images.viewsOf(tx, open, await loadImages(tx, agreement.id));
    const links = await loadLinks(tx, agreement.id, agreement.round);
    // Parties who agreed on an order stand in it.
    const last = slots.length;
    const ordered = slots.toSorted((a, z) => (a.turn ?? last) - (z.turn ?? last));
    const plan = ordered.map((slot) => {
      const here = marks.filter((m) => m.slotId === slot.id && m.voidedAt === null);
      const link = links.filter((l) => l.slotId === slot.id).at(-1);
      const missing =
        slot.state === 'open' && slot.capacity !== 'committee-seal'
          ? missingMarks(
              slot,
              here.map((m) => m.kind),
            )
          : [];
      return {
        slot: slot.slot,
        capacity: slot.capacity,
        capacityName: SLOT_CAPACITIES[slot.capacity],
        partyId: slot.partyId,
        signsFor: slot.signsFor,
        signerName: slot.signerName,
        interprets:
          slot.language === null ? null : `${slot.language}，为${slot.interpretsFor.map(nameOf).join('、')}翻译`,
        signsAs: attests(slot, nameOf),
        pressesFingerprint: slot.partyId !== null || slot.capacity === 'witness',
        state: slot.state,
        stateName: SLOT_STATES[slot.state],
        missing,
        turn: slot.turn,
        note: noteOn(slot, missing, link, tx.now, signsBefore(slot, slots)),
        identityChecks: Object.keys(IDENTITY_CHECKS).filter((k) => (k === 'own-account') === (slot.accountId !== null)),
        allowedActs: actsAtPlace(
          {
            capacity: slot.capacity,
            state: slot.state,
            accountId: slot.accountId,
            missing,
            mustWait: signsBefore(slot, slots) !== undefined,
          },
          (act) => allowed.has(`agreements.${act}`),
          tx.actor.accountId,
        ).map((act) => `agreements.${act}`),
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
          isMachineRead: m.isMachineRead,
          strokesSha256: m.strokesSha256,
          scanAttachmentId: m.scanAttachmentId,
          ...imagesOf(m, slot),
          chainHash: m.chainHash,
        })),
      };
    });
    const people = plan.filter((p) => p.capacity !== 'committee-seal');
    const unsigned = people.filter((p) => p.state !== 'signed');
    const sealed = plan.some((p) => p.capacity === 'committee-seal' && p.state === 'signed');
    return {
      plan,
      waiting: {
        signed: people.length - unsigned.length,
        total: people.length,
        sentence: sealed
          ? '签署齐备，已盖章生效。'
          : unsigned.length === 0
            ? '签署齐备，待加盖调委会印章。'
            : `还差${unsigned.length}人：${unsigned.map((p) => p.signerName).join('、')}。`,
      },
    };
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

/** Which agreements can be begun beside those there are. */
function draftChoices(rows: readonly ListedAgreement[], isPartial: boolean) {
  const inEffect = rows.filter((row) => row.state === 'effective');
  const kinds = Object.keys(AGREEMENT_KINDS) as AgreementKind[];
  const first = inEffect.length === 0 || isPartial ? [{ relation: 'original' as const, base: null }] : [];
  const later = inEffect
    .filter((base) => amends(base.relation) === null)
    .flatMap((base) => (['supplement', 'correction', 'replacement'] as const).map((relation) => ({ relation, base })));
  return [...first, ...later].flatMap(({ relation, base }) =>
    kinds.map((kind) => ({
      kind,
      relation,
      baseId: base?.id ?? null,
      label:
        base === null
          ? AGREEMENT_KINDS[kind]
          : `${RELATIONS[relation]}（${AGREEMENT_KINDS[kind]}，原第${base.ordinal}份）`,
    })),
  );
}

/** The agreement before this one, and those after it that supplement, correct or replace it. */
async function relatedTo(tx: Tx, { id, baseId }: Pick<Agreement, 'id' | 'baseId'>) {
  const rows = await tx.query<
    Pick<Agreement, 'id' | 'ordinal' | 'relation' | 'state' | 'number' | 'effectiveOn'> & { isBase: boolean }
  >(
    `select id, ordinal, relation, state, number, effective_on as "effectiveOn", id is not distinct from $2 as "isBase"
       from agreement where id = $2 or (base_id = $1 and state <> 'voided') order by ordinal`,
    [id, baseId],
  );
  return rows.map((row) => ({ ...row, relationName: RELATIONS[row.relation], stateName: AGREEMENT_STATES[row.state] }));
}

function partyOf({ id, name, kind, signatories, representatives, neededLanguage }: PartySnapshot) {
  return {
    id,
    name,
    kind,
    maySignSelf: signatories.self,
    representatives: representatives
      .filter((r) => signatories.representativeIds.includes(r.id))
      .map((r) => ({ id: r.id, name: r.name })),
    lacking: signatories.lacking,
    neededLanguage,
  };
}

function paperOf({ id, sha256, verificationCode, state, pageCount }: Awaited<ReturnType<Papers['get']>>) {
  return { id, sha256, verificationCode, state, pageCount };
}

/** One line for whoever asks what this place is waiting for. */
function noteOn(
  slot: SignatureSlot,
  missing: readonly string[],
  link: SigningLink | undefined,
  now: Date,
  before: SignatureSlot | undefined,
): string {
  if (slot.state === 'signed') return slot.capacity === 'committee-seal' ? '已盖章。' : '已签署。';
  if (slot.state === 'refused') return `拒签：${slot.refusalReason ?? ''}`;
  if (slot.state === 'voided') return '已失效。';
  if (slot.capacity === 'committee-seal') return '各方签署齐备后，由调委会主任盖章。';
  if (before !== undefined) return `第${String(slot.turn)}位签署，等待${before.signerName}先签。`;
  if (slot.turn !== null && slot.refusalReason === null && link === undefined && missing.includes('signature'))
    return `第${String(slot.turn)}位签署，现在轮到签名。`;
  const refused = slot.refusalReason === null ? '' : `曾拒签：${slot.refusalReason}，已恢复签署。`;
  if (!missing.includes('signature')) return '已签名，还缺单位公章：请在纸质文本上盖章后扫描登记。';
  const seal = missing.includes('corporate-seal') ? '（另须加盖单位公章）' : '';
  if (link === undefined || link.revokedAt !== null) return `${refused}等待签名${seal}。`;
  if (link.expiresAt <= now) return `${refused}链接已过期，尚未签名${seal}。`;
  return `${refused}${link.openedAt === null ? '链接已发出，尚未打开' : '链接已打开，尚未签名'}${seal}。`;
}

/** Acts about one record, not about the item as a whole. */
const RECORD_ACTS: readonly string[] = [
  'performance.settle-receipt',
  'performance.hear-obligee',
  'performance.retract',
];

/** Where to go when somebody does not perform, and the tab of the matter on which that is done. */
const WAYS_AFTER_BREACH = [
  { words: '催告对方：出具催告函', tab: 'papers' },
  { words: '各方愿意再调解的，变更协议', tab: 'agreement' },
  { words: '要起诉或者申请执行的，装订材料', tab: 'dossier' },
] as const;

function recordOf(
  record: PerformanceRecord,
  words: readonly (ReceiptWord & { readonly by: string | null })[],
  itemActs: readonly string[],
) {
  // Only what was performed can be struck out, and once.
  const isStanding = record.kind === 'performance' && record.retractedAt === null;
  return {
    id: record.id,
    kind: record.kind,
    amountFen: record.amountFen,
    performedOn: record.performedOn,
    manner: record.manner,
    isConfirmedByObligee: record.isConfirmedByObligee,
    receipt: record.receipt,
    receiptName: record.receipt === null ? null : RECEIPTS[record.receipt],
    isDisputed: record.receipt === 'disputed' && record.retractedAt === null,
    receiptWords: words.map((w) => ({ sentence: wordSentence(w), saidAt: w.saidAt.toISOString() })),
    attachmentIds: record.attachmentIds,
    note: record.note,
    recordedAt: record.recordedAt.toISOString(),
    retractedAt: iso(record.retractedAt),
    retractReason: record.retractReason,
    // What settles it stands first.
    allowedActs: RECORD_ACTS.filter(
      (act) =>
        isStanding &&
        itemActs.includes(act) &&
        ((act === 'performance.settle-receipt' && mayBecome(record, 'accepted')) ||
          (act === 'performance.hear-obligee' && mayBecome(record, 'confirmed')) ||
          (act === 'performance.retract' && record.receipt !== 'not-paid')),
    ),
  };
}

const mayBecome = ({ receipt }: PerformanceRecord, next: Receipt): boolean =>
  receipt !== null && RECEIPT_STEPS[receipt].includes(next);

/** Who said what in which way, with their words. */
function wordSentence({ said, partyId, channel, words, by }: ReceiptWord & { readonly by: string | null }): string {
  const how = partyId === null ? '认定' : { ...RECEIPT_CHANNELS, portal: '本人用链接答复' }[channel];
  return `${by ?? ''}（${how}）：${{ ...RECEIPT_ANSWERS, ...RECEIPT_RULINGS }[said]}。${words ?? ''}`;
}
