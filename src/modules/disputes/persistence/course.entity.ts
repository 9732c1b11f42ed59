import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  ConfirmationMode,
  Outcome,
  RefusalReason,
  ReopeningReason,
  ReplyMethod,
  RiskLevel,
  Route,
} from '../domain/dictionaries';
import type { MatterState } from '../domain/matter-lifecycle';
import type { TransferState } from '../domain/transfer-lifecycle';

@Entity('escalation_report')
export class EscalationReport {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('text') finding!: 'reported' | 'unfounded';
  @Column('text', { array: true }) cues!: string[];
  @Column('text') situation!: string;
  @Column('text', { nullable: true }) recipientKind!: string | null;
  @Column('text', { nullable: true }) recipient!: string | null;
  @Column('text', { nullable: true }) method!: string | null;
  @Column('timestamptz', { nullable: true }) reportedAt!: Date | null;
  @Column('text', { nullable: true }) receipt!: string | null;
  @Column('uuid') madeBy!: string;
  @Column('timestamptz') madeAt!: Date;
}

@Entity('duplicate_check')
export class DuplicateCheck {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('jsonb') candidates!: readonly unknown[];
  @Column('text', { nullable: true }) verdict!: 'none-found' | 'different' | null;
  @Column('uuid', { nullable: true }) checkedBy!: string | null;
  @Column('timestamptz') checkedAt!: Date;
}

@Entity('risk_assessment')
export class RiskAssessment {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('text') level!: RiskLevel;
  @Column('text', { nullable: true }) previousLevel!: RiskLevel | null;
  @Column('text') suggestedLevel!: RiskLevel;
  @Column('text', { array: true }) factors!: string[];
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('uuid') assessedBy!: string;
  @Column('timestamptz') assessedAt!: Date;
}

@Entity('one_time_notice')
export class OneTimeNotice {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('integer') ordinal!: number;
  @Column('text') kind!: 'supplement' | 'not-accepted';
  @Column('jsonb') items!: readonly { readonly name: string; readonly note?: string }[];
  @Column('text', { nullable: true }) explanation!: string | null;
  @Column('text') form!: 'paper' | 'sms';
  @Column('date', { nullable: true }) dueOn!: string | null;
  @Column('timestamptz') givenAt!: Date;
  @Column('uuid') givenBy!: string;
  @Column('text', { nullable: true }) signerName!: string | null;
  @Column('timestamptz', { nullable: true }) signedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) supplementedAt!: Date | null;
  @Column('integer') version!: number;
}

@Entity('dispute_decision')
export class DisputeDecision {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('text') kind!: 'answer' | 'refer' | 'not-accept';
  @Column('text', { nullable: true }) reasonCode!: RefusalReason | null;
  @Column('text') content!: string;
  @Column('text', { nullable: true }) route!: Route | null;
  @Column('text', { nullable: true }) organ!: string | null;
  @Column('text', { nullable: true }) law!: string | null;
  @Column('uuid') decidedBy!: string;
  @Column('timestamptz') decidedAt!: Date;
}

@Entity('dispute_transfer')
export class DisputeTransfer {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('text') kind!: 'send-down' | 'send-up' | 'hand-off';
  @Column('text') state!: TransferState;
  @Column('text') fromState!: MatterState;
  @Column('uuid', { nullable: true }) fromCenterId!: string | null;
  @Column('uuid', { nullable: true }) fromUnitId!: string | null;
  @Column('uuid', { nullable: true }) toCenterId!: string | null;
  @Column('uuid', { nullable: true }) toUnitId!: string | null;
  @Column('text', { nullable: true }) organKind!: string | null;
  @Column('text', { nullable: true }) organ!: string | null;
  @Column('text') request!: string;
  @Column('uuid') sentBy!: string;
  @Column('timestamptz') sentAt!: Date;
  @Column('uuid', { nullable: true }) signedBy!: string | null;
  @Column('timestamptz', { nullable: true }) signedAt!: Date | null;
  @Column('text', { nullable: true }) receiptNumber!: string | null;
  @Column('text', { nullable: true }) objection!: string | null;
  @Column('timestamptz', { nullable: true }) objectedAt!: Date | null;
  @Column('text', { nullable: true }) ruling!: string | null;
  @Column('uuid', { nullable: true }) ruledBy!: string | null;
  @Column('timestamptz', { nullable: true }) ruledAt!: Date | null;
  @Column('text', { nullable: true }) result!: string | null;
  @Column('timestamptz', { nullable: true }) resultAt!: Date | null;
  @Column('text', { nullable: true }) endedReason!: string | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('integer') version!: number;
}

/** State of a merged matter before, for an exact undo. */
export interface PriorState {
  readonly state: MatterState;
}

@Entity('dispute_merge')
export class DisputeMerge {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') intoId!: string;
  @Column('text') reason!: string;
  @Column('jsonb') prior!: PriorState;
  @Column('uuid') mergedBy!: string;
  @Column('timestamptz') mergedAt!: Date;
  @Column('text', { nullable: true }) undoReason!: string | null;
  @Column('uuid', { nullable: true }) undoneBy!: string | null;
  @Column('timestamptz', { nullable: true }) undoneAt!: Date | null;
}

@Entity('dispute_closing')
export class DisputeClosing {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('integer') volume!: number;
  @Column('text') outcome!: Outcome;
  @Column('text') summary!: string;
  @Column('uuid', { nullable: true }) handlerAccountId!: string | null;
  @Column('uuid') reviewedBy!: string;
  @Column('timestamptz') closedAt!: Date;
  @Column('text', { nullable: true }) confirmedBy!: ConfirmationMode | 'portal' | null;
  @Column('text', { nullable: true }) partyWords!: string | null;
  @Column('text', { nullable: true }) unconfirmedReason!: string | null;
  @Column('boolean') isDrawn!: boolean;
}

@Entity('dispute_reopening')
export class DisputeReopening {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('integer') volume!: number;
  @Column('text') reasonCode!: ReopeningReason;
  @Column('text') reason!: string;
  @Column('text') fromState!: MatterState;
  @Column('text') previousOutcome!: Outcome;
  @Column('timestamptz') previousClosedAt!: Date;
  @Column('uuid') reopenedBy!: string;
  @Column('timestamptz') reopenedAt!: Date;
}

@Entity('upstream_reply')
export class UpstreamReply {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('integer') volume!: number;
  @Column('text') upstreamNumber!: string;
  @Column('text') content!: string;
  @Column('text') method!: ReplyMethod;
  @Column('uuid') repliedBy!: string;
  @Column('timestamptz') repliedAt!: Date;
}

@Entity('follow_up_visit')
export class FollowUpVisit {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('text') mode!: string;
  @Column('boolean') isReached!: boolean;
  @Column('boolean', { nullable: true }) isPerformed!: boolean | null;
  @Column('boolean', { nullable: true }) isSolved!: boolean | null;
  @Column('text', { nullable: true }) satisfaction!: string | null;
  @Column('text') situation!: string;
  @Column('uuid') visitedBy!: string;
  @Column('timestamptz') visitedAt!: Date;
  @Column('boolean', { nullable: true }) deniesDispute!: boolean | null;
  @Column('boolean') isCallBack!: boolean;
  @Column('date', { nullable: true }) nextOn!: string | null;
}
