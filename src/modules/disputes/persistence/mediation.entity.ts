import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EndingCode, OutsideRoute, PauseGround, WithdrawalCode } from '../domain/dictionaries';
import type { MediationState } from '../domain/mediation-lifecycle';
import type { PeriodRule } from '../domain/mediation-period';

@Entity('mediation_period')
export class MediationPeriod {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('integer') volume!: number;
  @Column('text') rule!: PeriodRule;
  @Column('uuid') deadlineRuleId!: string;
  @Column('text') article!: string;
  @Column('date') startOn!: string;
  @Column('date') originalDueOn!: string;
  @Column('date', { nullable: true }) currentDueOn!: string | null;
  @Column('boolean') isProvisional!: boolean;
  @Column('text', { array: true }) explanation!: readonly string[];
  @Column('text') calendarVersion!: string;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('integer') version!: number;
}

@Entity('mediation_extension')
export class MediationExtension {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') periodId!: string;
  @Column('integer') ordinal!: number;
  @Column('date') untilOn!: string;
  @Column('date') previousDueOn!: string;
  @Column('text') reason!: string;
  @Column('uuid', { array: true }) consentedPartyIds!: readonly string[];
  @Column('date') consentedOn!: string;
  @Column('uuid') recordedBy!: string;
  @Column('timestamptz') recordedAt!: Date;
}

@Entity('mediation_pause')
export class MediationPause {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid', { nullable: true }) periodId!: string | null;
  @Column('text') ground!: PauseGround;
  @Column('text') reason!: string;
  @Column('date', { nullable: true }) expectedUntil!: string | null;
  @Column('text') priorState!: MediationState;
  @Column('uuid') pausedBy!: string;
  @Column('timestamptz') pausedAt!: Date;
  @Column('uuid', { nullable: true }) resumedBy!: string | null;
  @Column('timestamptz', { nullable: true }) resumedAt!: Date | null;
  @Column('uuid', { nullable: true }) approvedBy!: string | null;
  @Column('timestamptz', { nullable: true }) approvedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) chasedAt!: Date | null;
}

@Entity('mediation_pause_request')
export class MediationPauseRequest {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') pauseId!: string;
  @Column('date') untilOn!: string;
  @Column('text') reason!: string;
  @Column('uuid') askedBy!: string;
  @Column('timestamptz') askedAt!: Date;
  @Column('text', { nullable: true }) outcome!: 'approved' | 'refused' | null;
  @Column('uuid', { nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  @Column('text', { nullable: true }) opinion!: string | null;
}

@Entity('mediation_ending')
export class MediationEnding {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('integer') volume!: number;
  @Column('text') endState!: MediationState;
  @Column('text') code!: EndingCode | WithdrawalCode;
  @Column('text') explanation!: string;
  @Column('boolean') afterAcceptance!: boolean;
  @Column('uuid', { nullable: true }) endedBy!: string | null;
  @Column('timestamptz') endedAt!: Date;
  @Column('text', { array: true, nullable: true }) routesTold!: readonly OutsideRoute[] | null;
  @Column('text', { nullable: true }) toldHow!: string | null;
  @Column('uuid', { nullable: true }) toldBy!: string | null;
  @Column('timestamptz', { nullable: true }) toldAt!: Date | null;
  @Column('integer') version!: number;
}
