import { Injectable } from '@nestjs/common';
import { type LegalDate, fen, formatMoney, legalDate, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Attachments } from '../../attachments';
import { type LoadedMatter, Matters } from '../../disputes';
import type { PerformanceManner } from '../domain/dictionaries';
import {
  PERFORMANCE_STATES,
  type PerformanceAct,
  type PerformanceFacts,
  type PerformanceState,
  isOverdue,
  performanceLifecycle,
  stateAfterPayment,
} from '../domain/performance-lifecycle';
import { Agreement } from '../persistence/agreement.entity';
import { PerformanceItem, PerformanceRecord } from '../persistence/performance.entity';
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
      const target = item.breachedAt === null ? 'open' : 'breached';
      const state = performanceLifecycle.next('retract', open.facts, tx.now, target);
      await tx.update(PerformanceRecord, recordId, {
        retractedAt: tx.now,
        retractedBy: tx.actor.accountId,
        retractReason: reason,
      });
      const { last } = await tx.one<{ last: string | null }>(
        'select max(performed_on) as last from performance_record where item_id = $1 and retracted_at is null',
        [itemId],
      );
      await tx.update(PerformanceItem, itemId, {
        state,
        performedFen: item.performedFen - (record.amountFen ?? 0),
        performedOn: last,
      });
      await this.note(tx, open, 'retract', state, reason, { amountFen: record.amountFen });
      await this.desk.settle(tx, item.disputeId);
      return this.answer(tx, itemId);
    });
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
      ...standingOfItem(item, facts),
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

export function standingOfItem(item: ShownItem, { today }: PerformanceFacts) {
  return {
    id: item.id,
    state: item.state,
    stateName: PERFORMANCE_STATES[item.state],
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
