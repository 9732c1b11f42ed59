import { Injectable } from '@nestjs/common';
import {
  DomainError,
  type LegalDate,
  addDays,
  fen,
  formatMoney,
  legalDate,
  legalDateFromInstant,
  notFound,
  ruleViolation,
} from '../../../kernel';
import { mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Attachments } from '../../attachments';
import { type LoadedMatter, Matters } from '../../disputes';
import type { PerformanceManner, Receipt, ReceiptAnswer, ReceiptChannel, ReceiptRuling } from '../domain/dictionaries';
import {
  type PerformanceAct,
  type PerformanceFacts,
  type PerformanceState,
  RECEIPT_STEPS,
  isOverdue,
  performanceLifecycle,
  standingByRecords,
  stateAfterPayment,
  stateName,
} from '../domain/performance-lifecycle';
import { Agreement } from '../persistence/agreement.entity';
import { PerformanceItem, PerformanceRecord, ReceiptWord } from '../persistence/performance.entity';
import { PerformanceDesk } from './performance-desk';

export interface RecordCommand {
  readonly amountFen?: number;
  readonly performedOn: string;
  readonly manner: PerformanceManner;
  readonly isConfirmedByObligee: boolean;
  readonly attachmentIds?: readonly string[];
  readonly note?: string;
}

export interface ItemStanding {
  readonly id: string;
  readonly state: PerformanceState;
  readonly stateName: string;
  readonly performedFen: number;
  readonly remainingFen: number | null;
  readonly isOverdue: boolean;
  readonly mediationState: string | null;
  readonly allowedActs: readonly string[];
  readonly version: number;
}

interface OpenItem {
  readonly matter: LoadedMatter;
  readonly agreement: Agreement;
  readonly item: PerformanceItem;
  readonly facts: PerformanceFacts;
}

/** The ledger of performance (履行台账): payments, urging, breach. */
@Injectable()
export class KeepPerformance {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly desk: PerformanceDesk,
    private readonly attachments: Attachments,
  ) {}

  /** Records what was performed, in whole or in part. */
  async record(itemId: string, command: RecordCommand): Promise<ItemStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.lock(tx, itemId, 'record');
      const { item } = open;
      const amountFen = checkedAmount(item, command.amountFen);
      const target = stateAfterPayment(item, amountFen);
      const state = performanceLifecycle.next('record', open.facts, tx.now, target);
      checkDay(open, command.performedOn, legalDateFromInstant(tx.now));
      await this.checkProofs(tx, item.disputeId, command.attachmentIds ?? []);
      await tx.insert(PerformanceRecord, {
        id: uuidv7(),
        disputeId: item.disputeId,
        itemId,
        kind: 'performance',
        amountFen,
        performedOn: command.performedOn,
        manner: command.manner,
        isConfirmedByObligee: command.isConfirmedByObligee,
        receipt: command.isConfirmedByObligee ? 'confirmed' : 'awaited',
        receiptDueOn: await receiptDueOn(tx, open.matter.dispute.centerId),
        attachmentIds: [...(command.attachmentIds ?? [])],
        note: command.note ?? null,
        recordedBy: tx.actor.accountId,
        recordedAt: tx.now,
      });
      await tx.update(PerformanceItem, itemId, {
        state,
        performedFen: item.performedFen + (amountFen ?? 0),
        performedOn: command.performedOn,
      });
      await this.note(tx, open, 'record', state, null, { amountFen, proofs: command.attachmentIds?.length ?? 0 });
      if (!command.isConfirmedByObligee)
        tx.send({ topic: 'performance.receipt-asked', payload: { disputeId: item.disputeId, itemId } });
      await this.desk.settle(tx, item.disputeId);
      return this.answer(tx, itemId);
    });
  }

  /** The obligor was urged (第三十一条). */
  async urge(itemId: string, note: string): Promise<ItemStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.lock(tx, itemId, 'urge');
      performanceLifecycle.next('urge', open.facts, tx.now);
      await this.insertNote(tx, open.item, 'urging', note);
      await this.note(tx, open, 'urge', open.item.state, note, {});
      return this.answer(tx, itemId);
    });
  }

  /** Not performed although due: the other routes are open to the obligee (第三十二条). */
  async breach(itemId: string, reason: string): Promise<ItemStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.lock(tx, itemId, 'breach');
      const { item } = open;
      const state = performanceLifecycle.next('breach', open.facts, tx.now);
      await this.insertNote(tx, item, 'breach', reason);
      await tx.update(PerformanceItem, itemId, { state, breachedAt: tx.now, breachReason: reason });
      await this.note(tx, open, 'breach', state, reason, {});
      await this.desk.settle(tx, item.disputeId);
      tx.send({ topic: 'performance.breached', payload: { disputeId: item.disputeId, itemId } });
      return this.answer(tx, itemId);
    });
  }

  /** A record was wrong: it stays, struck out, and the item opens again. */
  async retract(recordId: string, reason: string): Promise<ItemStanding> {
    return this.unitOfWork.run(async (tx) => {
      const { itemId, kind } = await tx.get(PerformanceRecord, recordId);
      const open = await this.lock(tx, itemId, 'retract');
      const record = await tx.lock(PerformanceRecord, recordId);
      if (kind !== 'performance' || record.retractedAt !== null) {
        throw ruleViolation('performance.not-retractable', '该记录不是履行记录或已经冲销，请刷新后查看。');
      }
      const { item } = open;
      await tx.update(PerformanceRecord, recordId, {
        retractedAt: tx.now,
        retractedBy: tx.actor.accountId,
        retractReason: reason,
      });
      const { performedFen, performedOn, state: target } = await standingNow(tx, item);
      const state = performanceLifecycle.next('retract', open.facts, tx.now, target);
      await tx.update(PerformanceItem, itemId, { state, performedFen, performedOn });
      await this.note(tx, open, 'retract', state, reason, { amountFen: record.amountFen });
      await this.desk.settle(tx, item.disputeId);
      return this.answer(tx, itemId);
    });
  }

  /** Whether the obligee says that it received what is on record, told at the desk or on a tablet in presence. */
  async hearObligee(
    recordId: string,
    said: { readonly answer: ReceiptAnswer; readonly channel: ReceiptChannel; readonly words?: string },
  ): Promise<ItemStanding> {
    return this.unitOfWork.run(async (tx) => {
      const { itemId } = await tx.get(PerformanceRecord, recordId);
      const open = await this.lock(tx, itemId, 'hear-obligee');
      const { answer, channel, words = null } = said;
      const state = await this.enterWord(tx, open, recordId, 'hear-obligee', answer, words, channel);
      await this.note(tx, open, 'hear-obligee', state, words, { said: answer, channel });
      return this.answer(tx, itemId);
    });
  }

  /** The obligee's own word by its link. The caller has opened the matter and knows the party. */
  async hearByLink(
    tx: Tx,
    matter: LoadedMatter,
    partyId: string,
    recordId: string,
    said: { readonly answer: ReceiptAnswer; readonly words?: string },
  ): Promise<void> {
    const [own] = await tx.query<{ itemId: string }>(
      `select i.id as "itemId" from performance_record r join performance_item i on i.id = r.item_id
        where r.id = $1 and r.dispute_id = $2 and i.obligee_id = $3`,
      [recordId, matter.dispute.id, partyId],
    );
    if (!own) throw notFound();
    const open = await this.opened(tx, matter, await tx.lock(PerformanceItem, own.itemId));
    await this.enterWord(tx, open, recordId, 'hear-obligee', said.answer, said.words ?? null, 'portal');
  }

  /** Where the two sides say different things the mediator holds, with reasons, which of them it was. */
  async settleReceipt(
    recordId: string,
    { ruling, reason }: { readonly ruling: ReceiptRuling; readonly reason: string },
  ): Promise<ItemStanding> {
    return this.unitOfWork.run(async (tx) => {
      const { itemId } = await tx.get(PerformanceRecord, recordId);
      const open = await this.lock(tx, itemId, 'settle-receipt');
      const state = await this.enterWord(tx, open, recordId, 'settle-receipt', ruling, reason, 'desk');
      await this.note(tx, open, 'settle-receipt', state, reason, { ruling });
      return this.answer(tx, itemId);
    });
  }

  /** Enters the word, and puts the item where its records leave it. */
  private async enterWord(
    tx: Tx,
    open: OpenItem,
    recordId: string,
    act: 'hear-obligee' | 'settle-receipt',
    said: Exclude<Receipt, 'awaited'>,
    words: string | null,
    channel: ReceiptChannel,
  ): Promise<PerformanceState> {
    const { item } = open;
    const record = await tx.lock(PerformanceRecord, recordId);
    if (record.receipt === null || record.retractedAt !== null || !RECEIPT_STEPS[record.receipt].includes(said)) {
      throw new DomainError(
        'conflict',
        'performance.receipt-settled',
        '该记录已经冲销，或者权利人已经确认、调解员已经认定，请刷新后查看。',
      );
    }
    if (said !== 'confirmed' && words === null)
      throw ruleViolation('performance.words-missing', '请写明没有收到或者与记录不符的情况。', '/words');
    const isParty = said === 'confirmed' || said === 'disputed';
    await tx.update(PerformanceRecord, recordId, { receipt: said });
    await tx.insert(ReceiptWord, {
      id: uuidv7(),
      disputeId: item.disputeId,
      recordId,
      said,
      partyId: isParty ? item.obligeeId : null,
      channel,
      words,
      saidAt: tx.now,
      recordedBy: channel === 'portal' ? null : tx.actor.accountId,
    });
    const standing = await standingNow(tx, item);
    if (standing.tooMuch)
      throw ruleViolation(
        'performance.too-much',
        '此后登记的履行已经超过应给付的金额，请先冲销重复的记录，或者认定没有履行。',
        act === 'settle-receipt' ? '/ruling' : '/answer',
      );
    const state = performanceLifecycle.next(act, open.facts, tx.now, standing.state);
    const { performedFen, performedOn } = standing;
    await tx.update(PerformanceItem, item.id, { state, performedFen, performedOn });
    await this.desk.settle(tx, item.disputeId);
    if (said === 'disputed')
      tx.send({ topic: 'performance.receipt-disputed', payload: { disputeId: item.disputeId, itemId: item.id } });
    return state;
  }

  private async lock(tx: Tx, itemId: string, act: PerformanceAct): Promise<OpenItem> {
    const { disputeId } = await tx.get(PerformanceItem, itemId);
    const matter = await this.matters.lock(tx, disputeId, `performance.${act}`);
    const item = await tx.lock(PerformanceItem, itemId);
    return this.opened(tx, matter, item);
  }

  private async opened(tx: Tx, matter: LoadedMatter, item: PerformanceItem): Promise<OpenItem> {
    const agreement = await tx.get(Agreement, item.agreementId);
    return {
      matter,
      agreement,
      item,
      facts: factsOf(item, agreement, legalDateFromInstant(tx.now)),
    };
  }

  private async insertNote(tx: Tx, item: PerformanceItem, kind: 'urging' | 'breach', note: string): Promise<void> {
    await tx.insert(PerformanceRecord, {
      id: uuidv7(),
      disputeId: item.disputeId,
      itemId: item.id,
      kind,
      note,
      recordedBy: tx.actor.accountId,
      recordedAt: tx.now,
    });
  }

  private async note(
    tx: Tx,
    { matter, item }: OpenItem,
    act: PerformanceAct,
    toState: PerformanceState,
    opinion: string | null,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.matters.record(tx, matter.dispute, {
      act: `performance.${act}`,
      fromState: item.state,
      toState,
      opinion,
      details: { item: item.ordinal, ...details },
      objectType: 'performance-item',
      objectId: item.id,
    });
  }

  private async checkProofs(tx: Tx, disputeId: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const known = new Set((await this.attachments.list(tx, disputeId)).map((a) => a.id));
    ids.forEach((id, i) => {
      if (!known.has(id)) {
        throw ruleViolation(
          'performance.proof-missing',
          '没有找到该履行凭证，请先上传到本事项的材料中。',
          `/attachmentIds/${i}`,
        );
      }
    });
  }

  private async answer(tx: Tx, itemId: string): Promise<ItemStanding> {
    const item = await tx.get(PerformanceItem, itemId);
    const matter = await this.matters.read(tx, item.disputeId, 'performance.read');
    const { facts } = await this.opened(tx, matter, item);
    return {
      ...standingOfItem(item, facts, await receiptsOf(tx, itemId)),
      allowedActs: allowedItemActs(tx, matter, facts),
      mediationState: matter.dispute.mediationState,
    };
  }
}

export function factsOf(
  item: Pick<PerformanceItem, 'state' | 'dueOn'>,
  agreement: Pick<Agreement, 'state'>,
  today: LegalDate,
): PerformanceFacts {
  return { state: item.state, agreementState: agreement.state, dueOn: legalDate(item.dueOn), today };
}

type ShownItem = Pick<PerformanceItem, 'id' | 'state' | 'performedFen' | 'amountFen' | 'dueOn' | 'version'>;

export function standingOfItem(item: ShownItem, { today }: PerformanceFacts, receipts: readonly (Receipt | null)[]) {
  return {
    id: item.id,
    state: item.state,
    stateName: stateName(item.state, receipts),
    performedFen: item.performedFen,
    remainingFen: item.amountFen === null ? null : item.amountFen - item.performedFen,
    isOverdue: isOverdue(item, today),
    version: item.version,
  };
}

export function allowedItemActs(tx: Tx, matter: LoadedMatter, facts: PerformanceFacts): string[] {
  return performanceLifecycle
    .allowedActs(facts, tx.now, (by) => mayAct(tx.actor, by, matter.standing))
    .map((act) => `performance.${act}`);
}

/** Where the item stands by what is on record now. */
async function standingNow(tx: Tx, item: PerformanceItem) {
  const records = await tx.query<{ amountFen: number | null; receipt: Receipt; performedOn: string }>(
    `select amount_fen as "amountFen", receipt, performed_on as "performedOn" from performance_record
      where item_id = $1 and kind = 'performance' and retracted_at is null`,
    [item.id],
  );
  return standingByRecords({ amountFen: item.amountFen, wasBreached: item.breachedAt !== null }, records);
}

async function receiptsOf(tx: Tx, itemId: string): Promise<(Receipt | null)[]> {
  const rows = await tx.query<{ receipt: Receipt | null }>(
    'select distinct receipt from performance_record where item_id = $1 and retracted_at is null',
    [itemId],
  );
  return rows.map(({ receipt }) => receipt);
}

/** Until when silence of the obligee counts neither way: the center says for how many days. */
async function receiptDueOn(tx: Tx, centerId: string): Promise<LegalDate> {
  const { days } = await tx.one<{ days: number }>('select receipt_days as days from center where id = $1', [centerId]);
  return addDays(legalDateFromInstant(tx.now), days);
}

function checkedAmount(item: PerformanceItem, amountFen: number | undefined): number | null {
  if (item.amountFen === null) {
    if (amountFen === undefined) return null;
    throw ruleViolation('performance.no-amount', '该事项不是给付金钱，不填写金额。', '/amountFen');
  }
  if (amountFen === undefined)
    throw ruleViolation('performance.amount-missing', '请填写本次给付的金额。', '/amountFen');
  const rest = item.amountFen - item.performedFen;
  if (amountFen > rest) {
    throw ruleViolation(
      'performance.too-much',
      `本次金额超过尚未给付的${formatMoney(fen(rest))}，请核对。`,
      '/amountFen',
    );
  }
  return amountFen;
}

function checkDay({ agreement }: OpenItem, performedOn: string, today: LegalDate): void {
  // A payment on the spot may be made before the last seal is on; not before the agreement was being signed.
  const from = agreement.frozenAt ?? agreement.reachedAt;
  if (performedOn > today || (from !== null && performedOn < legalDateFromInstant(from))) {
    throw ruleViolation('performance.day', '履行日期应在协议签署之后、今天以前，请核对。', '/performedOn');
  }
}
