import { Injectable } from '@nestjs/common';
import { formatCaseNumber, legalDateFromInstant, yearOf } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { UnitOfWork, nextNumber, uuidv7 } from '../../../platform/database';
import { Dispute, DisputeNarrative } from '../persistence/dispute.entity';
import { type IntakeParty, MatterHooks } from './matter-hooks';
import { Matters } from './matters';

export interface RegisterDisputeCommand {
  readonly centerId: string;
  readonly channel: string;
  readonly upstreamNumber?: string;
  readonly title: string;
  readonly disputeType?: string;
  readonly narrative: string;
  readonly requests?: string;
  readonly place?: string;
  readonly placeUnitId?: string;
  readonly handlingUnitId?: string;
  readonly firstResponderId?: string;
  readonly isGroup?: boolean;
  readonly headcount?: number;
  readonly amountFen?: number;
  readonly parties?: readonly IntakeParty[];
}

@Injectable()
export class RegisterDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly hooks: MatterHooks,
  ) {}

  /**
   * Registers a matter and gives it its number. The instant is that of the receipt: the request interrupts limitation
   * from that day (诉讼时效规定 art. 12).
   */
  async execute(command: RegisterDisputeCommand) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'disputes.register', { centerId: command.centerId });
      const center = await tx.one<{ code: string }>('select code from center where id = $1 and is_active', [command.centerId]);
      const year = yearOf(legalDateFromInstant(tx.now));
      const sequence = await nextNumber(tx, command.centerId, 'registration', year);
      const accountId = tx.actor.accountId ?? '';
      const { narrative, requests, parties = [], firstResponderId = accountId, ...header } = command;
      const dispute: Dispute = Object.assign(new Dispute(), {
        id: uuidv7(),
        handlingCenterId: null,
        handlingUnitId: null,
        committeeId: null,
        registrationNumber: formatCaseNumber({ series: 'registration', prefix: center.code, year, sequence }),
        upstreamNumber: null,
        disputeType: null,
        place: null,
        placeUnitId: null,
        nature: null,
        route: null,
        riskLevel: null,
        state: 'registered',
        mediationState: null,
        isPartial: false,
        isSealed: false,
        isGroup: false,
        headcount: null,
        amountFen: null,
        ...header,
        firstResponderId,
        registeredBy: accountId,
        registeredAt: tx.now,
        limitationInterruptedAt: tx.now,
        version: 1,
      });
      await tx.insert(Dispute, dispute);
      await tx.insert(DisputeNarrative, {
        disputeId: dispute.id,
        narrative,
        requests: requests ?? null,
      });
      await this.hooks.intake(tx, dispute, parties);
      await this.matters.record(tx, dispute, { act: 'disputes.register', toState: 'registered', details: { channel: command.channel } });
      tx.send({ topic: 'disputes.registered', payload: { disputeId: dispute.id } });
      return {
        id: dispute.id,
        registrationNumber: dispute.registrationNumber,
        registeredAt: tx.now.toISOString(),
        state: dispute.state,
        version: 1,
      };
    });
  }
}
