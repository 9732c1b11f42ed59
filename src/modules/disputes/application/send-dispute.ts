import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import type { OrganKind } from '../domain/dictionaries';
import type { MatterState } from '../domain/matter-lifecycle';
import { DisputeTransfer } from '../persistence/course.entity';
import { Dispute } from '../persistence/dispute.entity';
import { mustBeWithin } from './jurisdiction';
import { type LoadedMatter, type MatterStanding, Matters } from './matters';

export interface SendDownCommand {
  readonly toCenterId?: string;
  readonly toUnitId?: string;
  readonly request: string;
}

export interface SendUpCommand {
  readonly toCenterId: string;
  readonly request: string;
}

export interface HandOffCommand {
  readonly organKind: OrganKind;
  readonly organ: string;
  readonly request: string;
}

interface Receiver {
  readonly kind: 'send-down' | 'send-up' | 'hand-off';
  readonly toCenterId?: string;
  readonly toUnitId?: string;
  readonly organKind?: OrganKind;
  readonly organ?: string;
}

/** Sends a matter on: down to a street, community or grid, up to a center above, over to another organ. */
@Injectable()
export class SendDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  async down(disputeId: string, command: SendDownCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.send-down');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.next(matter, 'send-down', tx.now);
      const { toCenterId, toUnitId, request } = command;
      const from = dispute.handlingCenterId ?? dispute.centerId;
      if ((toCenterId === undefined) === (toUnitId === undefined)) {
        throw ruleViolation(
          'disputes.one-receiver',
          '请选择一个接收单位：下级综治中心，或者街道、社区、网格。',
          '/toUnitId',
        );
      }
      if (toCenterId !== undefined) await mustBeBelow(tx, toCenterId, from, '/toCenterId');
      if (toUnitId !== undefined) await mustBeWithin(tx, toUnitId, from, '/toUnitId');
      await this.send(tx, matter, state, { kind: 'send-down', toCenterId, toUnitId }, request);
      return this.matters.route(tx, dispute, {
        state,
        centerId: toCenterId ?? dispute.handlingCenterId,
        unitId: toUnitId ?? null,
      });
    });
  }

  async up(disputeId: string, command: SendUpCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.send-up');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.next(matter, 'send-up', tx.now);
      const from = dispute.handlingCenterId ?? dispute.centerId;
      // From a grid one reports to the center that is in charge of it; from a center to one above.
      const isFromUnit = dispute.handlingUnitId !== null;
      if (!(isFromUnit && command.toCenterId === from)) await mustBeBelow(tx, from, command.toCenterId, '/toCenterId');
      await this.send(tx, matter, state, { kind: 'send-up', toCenterId: command.toCenterId }, command.request);
      return this.matters.route(tx, dispute, { state, centerId: command.toCenterId, unitId: null });
    });
  }

  /** Hands over to a court, the police or another organ outside; its receipt and result are entered by the center. */
  async handOff(disputeId: string, command: HandOffCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.hand-off');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.next(matter, 'hand-off', tx.now);
      const { organKind, organ, request } = command;
      await this.send(tx, matter, state, { kind: 'hand-off', organKind, organ }, request);
      await tx.update(Dispute, disputeId, { state, updatedAt: tx.now });
      return this.matters.answer(tx, disputeId);
    });
  }

  /** Writes the transfer and its line, while the matter is still in sight. */
  private async send(
    tx: Tx,
    { dispute }: LoadedMatter,
    state: MatterState,
    receiver: Receiver,
    request: string,
  ): Promise<void> {
    const id = uuidv7();
    await tx.insert(DisputeTransfer, {
      id,
      disputeId: dispute.id,
      state: 'sent',
      fromState: dispute.state,
      fromCenterId: dispute.handlingCenterId,
      fromUnitId: dispute.handlingUnitId,
      ...receiver,
      request,
      sentBy: tx.actor.accountId ?? '',
      sentAt: tx.now,
    });
    const { kind, toCenterId = null, toUnitId = null, organKind = null } = receiver;
    await this.matters.record(tx, dispute, {
      act: `disputes.${kind}`,
      fromState: dispute.state,
      toState: state,
      opinion: request,
      details: { toCenterId, toUnitId, organKind },
      objectType: 'transfer',
      objectId: id,
    });
    tx.send({ topic: 'disputes.transferred', payload: { disputeId: dispute.id, transferId: id, kind } });
  }
}

async function mustBeBelow(tx: Tx, lowerId: string, upperId: string, pointer: string): Promise<void> {
  const [center] = await tx.query(
    'select 1 from center l join center u on u.id = $2 where l.id = $1 and l.is_active and u.is_active and u.id = any (l.ancestor_center_ids)',
    [lowerId, upperId],
  );
  if (!center) {
    throw ruleViolation(
      'disputes.center-not-in-line',
      '所选综治中心与本中心没有上下级关系或已撤销。请从列表中重新选择。',
      pointer,
    );
  }
}
