import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel';
import { type ObjectFacts, mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { type TransferSnapshot, type TransferState, transferLifecycle } from '../domain/transfer-lifecycle';
import { DisputeTransfer } from '../persistence/course.entity';
import { Dispute } from '../persistence/dispute.entity';
import { type MatterStanding, Matters } from './matters';

type TransferAct = Parameters<typeof transferLifecycle.next>[0];
type Changes = Partial<DisputeTransfer>;

/** Who may act: those it was sent to, or those who sent it. */
type Side = 'receiver' | 'sender';

interface Step {
  readonly act: Exclude<TransferAct, 'send'>;
  readonly to?: TransferState;
  readonly opinion?: string;
  readonly changes: (now: Date, accountId: string) => Changes;
}

/** On which end of a transfer each act stands. */
const SIDES: Readonly<Record<Exclude<TransferAct, 'send'>, Side>> = {
  sign: 'receiver',
  object: 'receiver',
  rule: 'sender',
  return: 'receiver',
  withdraw: 'sender',
  complete: 'receiver',
  'enter-receipt': 'sender',
  'enter-result': 'sender',
  'enter-return': 'sender',
};

/** What happens to a transfer after it was sent. */
@Injectable()
export class ActOnTransfer {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  async sign(transferId: string): Promise<MatterStanding> {
    return this.step(transferId, {
      act: 'sign',
      changes: (now, by) => ({ signedAt: now, signedBy: by }),
    });
  }

  /** Says, once, that the matter is not the receiver's to handle; the sender rules. */
  async object(transferId: string, { reason }: { readonly reason: string }): Promise<MatterStanding> {
    return this.step(transferId, {
      act: 'object',
      opinion: reason,
      changes: (now) => ({ objection: reason, objectedAt: now }),
    });
  }

  /** Upheld: it comes back. Overruled: the receiver is designated and signs. */
  async rule(
    transferId: string,
    { isUpheld, reason }: { readonly isUpheld: boolean; readonly reason: string },
  ): Promise<MatterStanding> {
    return this.step(transferId, {
      act: 'rule',
      to: isUpheld ? 'returned' : 'sent',
      opinion: reason,
      changes: (now, by) => ({
        ruling: reason,
        ruledAt: now,
        ruledBy: by,
        ...(isUpheld ? { endedAt: now, endedReason: reason } : {}),
      }),
    });
  }

  async giveBack(transferId: string, { reason }: { readonly reason: string }): Promise<MatterStanding> {
    return this.step(transferId, {
      act: 'return',
      opinion: reason,
      changes: (now) => ({ endedAt: now, endedReason: reason }),
    });
  }

  async withdraw(transferId: string, { reason }: { readonly reason: string }): Promise<MatterStanding> {
    return this.step(transferId, {
      act: 'withdraw',
      opinion: reason,
      changes: (now) => ({ endedAt: now, endedReason: reason }),
    });
  }

  async complete(transferId: string, { result }: { readonly result: string }): Promise<MatterStanding> {
    return this.step(transferId, {
      act: 'complete',
      opinion: result,
      changes: (now) => ({ result, resultAt: now }),
    });
  }

  /** Enters the receipt (回执) of the organ outside. */
  async enterReceipt(
    transferId: string,
    { receiptNumber }: { readonly receiptNumber: string },
  ): Promise<MatterStanding> {
    return this.step(transferId, {
      act: 'enter-receipt',
      changes: (now, by) => ({ receiptNumber, signedAt: now, signedBy: by }),
    });
  }

  async enterResult(transferId: string, { result }: { readonly result: string }): Promise<MatterStanding> {
    return this.step(transferId, {
      act: 'enter-result',
      opinion: result,
      changes: (now) => ({ result, resultAt: now }),
    });
  }

  async enterReturn(transferId: string, { reason }: { readonly reason: string }): Promise<MatterStanding> {
    return this.step(transferId, {
      act: 'enter-return',
      opinion: reason,
      changes: (now) => ({ endedAt: now, endedReason: reason }),
    });
  }

  private async step(transferId: string, { act, to, opinion, changes }: Step): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      // Sender and receiver of a transfer never change: read them, lock the matter first as every act does, then the transfer.
      const ends = await tx.get(DisputeTransfer, transferId);
      const { disputeId } = ends;
      const { dispute, snapshot } = await this.matters.lockStanding(tx, disputeId, `transfers.${act}`, (d) =>
        standingTo(ends, d, SIDES[act]),
      );
      const transfer = await tx.lock(DisputeTransfer, transferId);
      tx.checkVersion(transfer);
      const state = transferLifecycle.next(act, snapshotOf(transfer), tx.now, to);
      await tx.update(DisputeTransfer, transferId, { state, ...changes(tx.now, tx.actor.accountId ?? '') });
      await this.matters.record(tx, dispute, {
        act: `transfers.${act}`,
        fromState: transfer.state,
        toState: state,
        opinion: opinion ?? null,
        objectType: 'transfer',
        objectId: transferId,
      });
      tx.send({ topic: `transfers.${act}`, payload: { disputeId, transferId } });
      if (state !== 'returned' && state !== 'withdrawn') return this.matters.answer(tx, disputeId);
      const back = this.matters.next({ snapshot }, 'come-back', tx.now, transfer.fromState);
      await mustBeLatest(tx, transfer);
      return this.matters.route(tx, dispute, {
        state: back,
        centerId: transfer.fromCenterId,
        unitId: transfer.fromUnitId,
      });
    });
  }
}

type Ends = Pick<DisputeTransfer, 'kind' | 'fromCenterId' | 'fromUnitId' | 'toCenterId' | 'toUnitId'>;
type Course = Pick<DisputeTransfer, 'state' | 'kind' | 'ruledAt' | 'objectedAt'>;

const SENDING_BACK: readonly Step['act'][] = ['return', 'withdraw', 'enter-return'];

/** What this actor may do about a transfer now; `mayComeBack` when it is the latest and the matter can go back. */
export function allowedTransferActs(tx: Tx, dispute: Dispute, transfer: Ends & Course, mayComeBack: boolean): string[] {
  return (Object.keys(SIDES) as Step['act'][])
    .filter((act) => mayComeBack || !SENDING_BACK.includes(act))
    .filter((act) => transferLifecycle.refusal(act, snapshotOf(transfer), tx.now) === null)
    .filter((act) => mayAct(tx.actor, transferLifecycle.table.acts[act].by, standingTo(transfer, dispute, SIDES[act])))
    .map((act) => `transfers.${act}`);
}

function snapshotOf({ state, kind, ruledAt, objectedAt }: Course): TransferSnapshot {
  return { state, kind, isDesignated: ruledAt !== null, hasObjected: objectedAt !== null };
}

function standingTo(transfer: Ends, dispute: Dispute, side: Side): ObjectFacts {
  return side === 'receiver' ? receiverOf(transfer) : senderOf(transfer, dispute);
}

function receiverOf({ toCenterId, toUnitId }: Ends): ObjectFacts {
  return { centerId: toCenterId, handlingUnitId: toUnitId };
}

function senderOf({ fromCenterId, fromUnitId, kind }: Ends, dispute: Dispute): ObjectFacts {
  // What a grid reported upwards is the grid's to take back; everything else was sent by a center.
  if (kind === 'send-up' && fromUnitId !== null) return { handlingUnitId: fromUnitId };
  return { centerId: fromCenterId ?? dispute.centerId };
}

/** A transfer that was followed by another cannot come back past it. */
async function mustBeLatest(tx: Tx, { id, disputeId }: DisputeTransfer): Promise<void> {
  const [latest] = await tx.query<{ id: string }>(
    'select id from dispute_transfer where dispute_id = $1 order by sent_at desc, id desc limit 1',
    [disputeId],
  );
  if (latest?.id !== id) {
    throw new DomainError('conflict', 'transfers.not-latest', '该事项其后又有流转，不能退回此前的流转单。');
  }
}
