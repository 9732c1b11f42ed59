import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { MATTER_STATES } from '../domain/matter-lifecycle';
import { MEDIATION_STATES } from '../domain/mediation-lifecycle';
import { Matters } from './matters';

@Injectable()
export class ReadDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /** The matter with its narrative (for those who may read it) and what the reader may do now. Leaves one audit entry. */
  async execute(disputeId: string) {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'disputes.read');
      const { dispute } = matter;
      const [words] = await tx.query<{ narrative: string; requests: string | null; cues: string[] }>(
        'select narrative, requests, cues from dispute_narrative where dispute_id = $1',
        [disputeId],
      );
      tx.audit({
        act: 'disputes.read',
        objectType: 'dispute',
        objectId: dispute.id,
        disputeId: dispute.id,
        chain: dispute.centerId,
        details: { narrative: words !== undefined },
      });
      const {
        id,
        centerId,
        registrationNumber,
        caseNumber,
        channel,
        upstreamNumber,
        title,
        disputeType,
        place,
        placeUnitId,
      } = dispute;
      const { nature, route, riskLevel, isSealed, isGroup, headcount, amountFen, isReporterProtected, allowsCallBack } =
        dispute;
      const {
        firstResponderId,
        handlerAccountId,
        committeeId,
        handlingCenterId,
        handlingUnitId,
        mergedIntoId,
        outcome,
        volume,
      } = dispute;
      return {
        ...{
          id,
          centerId,
          registrationNumber,
          caseNumber,
          channel,
          upstreamNumber,
          title,
          disputeType,
          place,
          placeUnitId,
        },
        ...{ nature, route, riskLevel, isSealed, isGroup, headcount, amountFen, isReporterProtected, allowsCallBack },
        ...{
          firstResponderId,
          handlerAccountId,
          committeeId,
          handlingCenterId,
          handlingUnitId,
          mergedIntoId,
          outcome,
          volume,
        },
        state: dispute.state,
        stateName: MATTER_STATES[dispute.state],
        mediationState: dispute.mediationState,
        mediationStateName: dispute.mediationState === null ? null : MEDIATION_STATES[dispute.mediationState],
        registeredAt: dispute.registeredAt.toISOString(),
        acceptedAt: dispute.acceptedAt?.toISOString() ?? null,
        closedAt: dispute.closedAt?.toISOString() ?? null,
        limitationInterruptedAt: dispute.limitationInterruptedAt.toISOString(),
        version: dispute.version,
        narrative: words?.narrative ?? null,
        requests: words?.requests ?? null,
        cues: words?.cues ?? [],
        allowedActs: this.matters.allowedActs(matter, tx.actor, tx.now),
      };
    });
  }
}
