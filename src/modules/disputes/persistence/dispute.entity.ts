import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  Channel,
  CourtProcedure,
  DifficultGround,
  DisputeType,
  Nature,
  Outcome,
  RiskLevel,
  Route,
} from '../domain/dictionaries';
import type { MatterState } from '../domain/matter-lifecycle';
import type { MediationState } from '../domain/mediation-lifecycle';

@Entity('dispute')
export class Dispute {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') centerId!: string;
  @Column('uuid', { nullable: true }) handlingCenterId!: string | null;
  @Column('uuid', { nullable: true }) handlingUnitId!: string | null;
  @Column('uuid', { nullable: true }) committeeId!: string | null;
  @Column('text') registrationNumber!: string;
  @Column('text') channel!: Channel;
  @Column('text', { nullable: true }) upstreamNumber!: string | null;
  @Column('text') title!: string;
  @Column('text', { nullable: true }) disputeType!: DisputeType | null;
  @Column('uuid', { nullable: true }) localTypeId!: string | null;
  @Column('text', { nullable: true }) place!: string | null;
  @Column('uuid', { nullable: true }) placeUnitId!: string | null;
  @Column('text', { nullable: true }) nature!: Nature | null;
  @Column('text', { nullable: true }) route!: Route | null;
  @Column('text', { nullable: true }) riskLevel!: RiskLevel | null;
  @Column('text', { nullable: true }) difficultGround!: DifficultGround | null;
  @Column('text') state!: MatterState;
  @Column('text', { nullable: true }) mediationState!: MediationState | null;
  @Column('boolean') isPartial!: boolean;
  @Column('boolean') isSealed!: boolean;
  @Column('boolean') isGroup!: boolean;
  @Column('boolean') isImported!: boolean;
  @Column('integer', { nullable: true }) headcount!: number | null;
  @Column('bigint', { nullable: true }) amountFen!: number | null;
  @Column('uuid') firstResponderId!: string;
  @Column('uuid', { nullable: true }) registeredBy!: string | null;
  @Column('timestamptz') registeredAt!: Date;
  @Column('timestamptz') limitationInterruptedAt!: Date;
  @Column('uuid', { nullable: true }) handlerAccountId!: string | null;
  @Column('timestamptz', { nullable: true }) acceptedAt!: Date | null;
  @Column('integer', { nullable: true }) caseYear!: number | null;
  @Column('integer', { nullable: true }) caseSeq!: number | null;
  @Column('text', { nullable: true }) caseNumber!: string | null;
  @Column('uuid', { nullable: true }) mergedIntoId!: string | null;
  @Column('text', { nullable: true }) outcome!: Outcome | null;
  @Column('timestamptz', { nullable: true }) closedAt!: Date | null;
  @Column('integer') volume!: number;
  @Column('boolean') isReporterProtected!: boolean;
  @Column('boolean') allowsCallBack!: boolean;
  @Column('text', { nullable: true }) courtProcedure!: CourtProcedure | null;
  @Column('date', { nullable: true }) courtMaterialsOn!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') updatedAt!: Date;
  @Column('integer') version!: number;
}

/** What the old ledger says of an imported matter. */
@Entity('dispute_import')
export class DisputeImport {
  @PrimaryColumn('uuid') disputeId!: string;
  @Column('text') oldNumber!: string;
  @Column('date') registeredOn!: string;
  @Column('date') closedOn!: string;
  @Column('text', { nullable: true }) handlerName!: string | null;
  @Column('text', { nullable: true }) organizationName!: string | null;
  @Column('text', { nullable: true }) result!: string | null;
  @Column('text', { nullable: true }) remark!: string | null;
  @Column('uuid') importId!: string;
  @Column('integer') rowNumber!: number;
  @Column('uuid') importedBy!: string;
  @Column('timestamptz') importedAt!: Date;
}

@Entity('dispute_narrative')
export class DisputeNarrative {
  @PrimaryColumn('uuid') disputeId!: string;
  @Column('text') narrative!: string;
  @Column('text', { nullable: true }) requests!: string | null;
  @Column('text', { array: true }) cues!: string[];
  @Column('integer') version!: number;
}

@Entity('dispute_access')
export class DisputeAccess {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') accountId!: string;
  @Column('text') ground!: 'assigned' | 'sealed-list' | 'step-up';
  @Column('text', { nullable: true }) role!: string | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('uuid', { nullable: true }) grantedBy!: string | null;
  @Column('timestamptz') startsAt!: Date;
  @Column('timestamptz', { nullable: true }) endsAt!: Date | null;
}

@Entity('dispute_event')
export class DisputeEvent {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('timestamptz') at!: Date;
  @Column('text') act!: string;
  @Column('text', { nullable: true }) fromState!: string | null;
  @Column('text', { nullable: true }) toState!: string | null;
  @Column('uuid', { nullable: true }) actorAccountId!: string | null;
  @Column('text') actorName!: string;
  @Column('text', { nullable: true }) opinion!: string | null;
  @Column('jsonb') details!: Readonly<Record<string, unknown>>;
}
