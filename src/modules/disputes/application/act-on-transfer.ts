import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel';
import type { ObjectFacts } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { type TransferState, transferLifecycle } from '../domain/transfer-lifecycle';
import { DisputeTransfer } from '../persistence/course.entity';
import { Dispute } from '../persistence/dispute.entity';
import { type MatterStanding, Matters } from './matters';

type TransferAct = Parameters<typeof transferLifecycle.next>[0];
type Changes = Partial<DisputeTransfer>;

interface Step {
  readonly act: TransferAct;
  /** Who may act: those it was sent to, or those who sent it. */
  readonly side: 'receiver' | 'sender';
  readonly to?: TransferState;
  readonly opinion?: string;
  readonly changes: (now: Date, accountId: string) => Changes;
}

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
      side: 'receiver',
      changes: (now, by) => ({ signedAt: now, signedBy: by }),
    });
  }

  /** Says, once, that the matter is not the receiver's to handle; the sender rules. */
  async object(transferId: string, { reason }: { readonly reason: string }): Promise<MatterStanding> {
    return this.step(transferId, {
      act: 'object',
      side: 'receiver',
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
      side: 'sender',
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
      side: 'receiver',
      opinion: reason,
      changes: (now) => ({ endedAt: now, endedReason: reason }),
    });
  }

  async withdraw(transferId: string, { reason }: { readonly reason: string }): Promise<MatterStanding> {
    return this.step(transferId, {
      act: 'withdraw',
      side: 'sender',
      opinion: reason,
      changes: (now) => ({ endedAt: now, endedReason: reason }),
    });
  }

  async complete(transferId: string, { result }: { readonly result: string }): Promise<MatterStanding> {
    return this.step(transferId, {
      act: 'complete',
      side: 'receiver',
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
      side: 'sender',
      changes: (now, by) => ({ receiptNumber, signedAt: now, signedBy: by }),
    });
  }

  async enterResult(transferId: string, { result }: { readonly result: string }): Promise<MatterStanding> {
    return this.step(transferId, {
      act: 'enter-result',
      side: 'sender',
      opinion: result,
      changes: (now) => ({ result, resultAt: now }),
    });
  }

  async enterReturn(transferId: string, { reason }: { readonly reason: string }): Promise<MatterStanding> {
    return this.step(transferId, {
      act: 'enter-return',
      side: 'sender',
      opinion: reason,
      changes: (now) => ({ endedAt: now, endedReason: reason }),
    });
  }

  private async step(transferId: string, { act, side, to, opinion, changes }: Step): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      // Sender and receiver of a transfer never change: read them, lock the matter first as every act does, then the transfer.
      const ends = await tx.get(DisputeTransfer, transferId);
      const { disputeId } = ends;
      const { dispute, snapshot } = await this.matters.lockStanding(tx, disputeId, `transfers.${act}`, (d) =>
        side === 'receiver' ? receiverOf(ends) : senderOf(ends, d),
      );
      const transfer = await tx.lock(DisputeTransfer, transferId);
      tx.checkVersion(transfer.version);
      const state = transferLifecycle.next(
        act,
        {
          state: transfer.state,
          kind: transfer.kind,
          isDesignated: transfer.ruledAt !== null,
          hasObjected: transfer.objectedAt !== null,
        },
        tx.now,
        to,
      );
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

function receiverOf({ toCenterId, toUnitId }: DisputeTransfer): ObjectFacts {
  return { centerId: toCenterId, handlingUnitId: toUnitId };
}

function senderOf({ fromCenterId, fromUnitId, kind }: DisputeTransfer, dispute: Dispute): ObjectFacts {
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
