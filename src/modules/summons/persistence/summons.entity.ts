import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReckonedDue } from '../domain/clocks';
import type {
  AppealGround,
  AppealOutcome,
  ClockKind,
  ContactMethod,
  DutyRole,
  ExcusablePart,
  FeedbackResult,
  ObjectionGround,
  Rank,
  Satisfaction,
  SummonsGround,
  SummonsKind,
  SummonsLevel,
  TaskRole,
} from '../domain/dictionaries';
import type { RungOutcome, RungStep } from '../domain/ladder';
import type { SummonsState } from '../domain/summons-lifecycle';
import type { TaskState } from '../domain/task-lifecycle';

@Entity('summons')
export class Summons {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') centerId!: string;
  @Column('text') kind!: SummonsKind;
  @Column('text') level!: SummonsLevel;
  @Column('text') ground!: SummonsGround;
  @Column('text') brief!: string;
  @Column('text', { array: true }) asks!: string[];
  @Column('text', { nullable: true }) place!: string | null;
  @Column('timestamptz', { nullable: true }) meetAt!: Date | null;
  @Column('boolean') attendanceRequired!: boolean;
  @Column('text') state!: SummonsState;
  @Column('uuid') proposedBy!: string;
  @Column('timestamptz') proposedAt!: Date;
  @Column('uuid', { nullable: true }) issuedBy!: string | null;
  @Column('timestamptz', { nullable: true }) issuedAt!: Date | null;
  @Column('integer', { nullable: true }) numberYear!: number | null;
  @Column('integer', { nullable: true }) numberSeq!: number | null;
  @Column('text', { nullable: true }) number!: string | null;
  @Column('uuid', { nullable: true }) withdrawnBy!: string | null;
  @Column('timestamptz', { nullable: true }) withdrawnAt!: Date | null;
  @Column('text', { nullable: true }) withdrawalReason!: string | null;
  @Column('timestamptz', { nullable: true }) closedAt!: Date | null;
  @Column('integer') version!: number;
}

/** Who was on duty as it was shown, kept with the task. */
export interface KeptDutyNote {
  readonly at: string;
  readonly occasion: 'propose' | 'issue';
  readonly words: string;
  /** Nobody there before the clock for signing runs out: shown as a warning, forbidding nothing. */
  readonly warning: string | null;
}

@Entity('summons_task')
export class SummonsTask {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') summonsId!: string;
  @Column('uuid') agencyId!: string;
  @Column('text') role!: TaskRole;
  @Column('text') state!: TaskState;
  @Column('timestamptz', { nullable: true }) issuedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) objectionEndsAt!: Date | null;
  @Column('timestamptz', { nullable: true }) objectionHardStopAt!: Date | null;
  @Column('uuid', { nullable: true }) signedBy!: string | null;
  @Column('timestamptz', { nullable: true }) signedAt!: Date | null;
  @Column('uuid', { nullable: true }) objectedBy!: string | null;
  @Column('timestamptz', { nullable: true }) objectedAt!: Date | null;
  @Column('text', { nullable: true }) objectionGround!: ObjectionGround | null;
  @Column('text', { nullable: true }) objectionReason!: string | null;
  @Column('uuid', { nullable: true }) ruledBy!: string | null;
  @Column('timestamptz', { nullable: true }) ruledAt!: Date | null;
  @Column('text', { nullable: true }) rulingReason!: string | null;
  @Column('uuid', { nullable: true }) replacedByTaskId!: string | null;
  @Column('timestamptz', { nullable: true }) handlingStartedAt!: Date | null;
  @Column('uuid', { nullable: true }) confirmedBy!: string | null;
  @Column('timestamptz', { nullable: true }) confirmedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) withdrawnAt!: Date | null;
  @Column('text', { nullable: true }) withdrawalReason!: string | null;
  @Column('timestamptz', { nullable: true }) closedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) agencyAccessEndsAt!: Date | null;
  @Column('timestamptz', { nullable: true }) appealEndsAt!: Date | null;
  @Column('jsonb') dutyNotes!: readonly KeptDutyNote[];
  @Column('uuid', { nullable: true }) scoreWeightsId!: string | null;
  @Column('integer') version!: number;
}

/** A stretch not counted, as kept: instants in ISO 8601. */
export interface KeptPause {
  readonly from: string;
  readonly to: string | null;
  readonly reason: string;
}

@Entity('summons_due')
export class SummonsDue {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') taskId!: string;
  @Column('text') kind!: ClockKind;
  @Column('integer') round!: number;
  @Column('text') ruleId!: string;
  @Column('uuid', { nullable: true }) deadlineRuleId!: string | null;
  @Column('text') unit!: ReckonedDue['unit'];
  @Column('integer', { nullable: true }) budget!: number | null;
  @Column('timestamptz') startsAt!: Date;
  @Column('timestamptz') originalDueAt!: Date;
  @Column('timestamptz', { nullable: true }) currentDueAt!: Date | null;
  @Column('jsonb') pauses!: readonly KeptPause[];
  @Column('text') calendarVersion!: string;
  @Column('boolean') isProvisional!: boolean;
  @Column('text', { array: true }) explanation!: string[];
  @Column('timestamptz', { nullable: true }) metAt!: Date | null;
  @Column('timestamptz', { nullable: true }) stoppedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) nextStepAt!: Date | number | null;
}

@Entity('summons_ladder_step')
export class SummonsLadderStep {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') taskId!: string;
  @Column('uuid') dueId!: string;
  @Column('text') step!: RungStep;
  @Column('timestamptz') dueAt!: Date;
  @Column('timestamptz') takenAt!: Date;
  @Column('text') outcome!: RungOutcome;
  @Column('uuid', { nullable: true }) supervisionId!: string | null;
}

@Entity('summons_contact')
export class SummonsContact {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') taskId!: string;
  @Column('text') method!: ContactMethod;
  @Column('text') note!: string;
  @Column('uuid') contactedBy!: string;
  @Column('timestamptz') contactedAt!: Date;
}

@Entity('summons_sign_in_code')
export class SummonsSignInCode {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') summonsId!: string;
  @Column('text') digest!: string;
  @Column('uuid') shownBy!: string;
  @Column('timestamptz') shownAt!: Date;
  @Column('timestamptz') expiresAt!: Date;
  @Column('timestamptz', { nullable: true }) usedAt!: Date | null;
  @Column('uuid', { nullable: true }) usedByTaskId!: string | null;
}

@Entity('summons_arrival')
export class SummonsArrival {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') taskId!: string;
  @Column('text') personName!: string;
  @Column('text') rank!: Rank;
  @Column('timestamptz') arrivedAt!: Date;
  @Column('uuid') codeId!: string;
  @Column('uuid') signedInBy!: string;
}

export interface AskAnswer {
  /** Item of the whistle, from 1. */
  readonly ask: number;
  readonly answer: string;
}

@Entity('summons_feedback')
export class SummonsFeedback {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') taskId!: string;
  @Column('integer') round!: number;
  @Column('text') result!: FeedbackResult;
  @Column('text') ground!: string;
  @Column('jsonb') answers!: readonly AskAnswer[];
  @Column('uuid', { array: true }) attachmentIds!: string[];
  @Column('uuid') givenBy!: string;
  @Column('timestamptz') givenAt!: Date;
  @Column('uuid', { nullable: true }) returnedBy!: string | null;
  @Column('timestamptz', { nullable: true }) returnedAt!: Date | null;
  @Column('text', { nullable: true }) returnReason!: string | null;
}

@Entity('summons_rating')
export class SummonsRating {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') taskId!: string;
  @Column('text') rater!: 'center' | 'party';
  @Column('integer', { nullable: true }) effect!: number | null;
  @Column('text', { nullable: true }) satisfaction!: Satisfaction | null;
  @Column('text', { nullable: true }) remark!: string | null;
  @Column('uuid') ratedBy!: string;
  @Column('timestamptz') ratedAt!: Date;
}

@Entity('summons_reply_file')
export class SummonsReplyFile {
  @PrimaryColumn('uuid') disputeId!: string;
  @PrimaryColumn('uuid') taskId!: string;
  @PrimaryColumn('uuid') attachmentId!: string;
}

@Entity('summons_attachment')
export class SummonsAttachment {
  @PrimaryColumn('uuid') disputeId!: string;
  @PrimaryColumn('uuid') summonsId!: string;
  @PrimaryColumn('uuid') attachmentId!: string;
  @Column('uuid') sharedBy!: string;
  @Column('timestamptz') sharedAt!: Date;
}

@Entity('summons_appeal')
export class SummonsAppeal {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') taskId!: string;
  @Column('text') ground!: AppealGround;
  @Column('text') reason!: string;
  @Column('uuid') lodgedBy!: string;
  @Column('timestamptz') lodgedAt!: Date;
  @Column('timestamptz') dueAt!: Date;
  @Column('text', { nullable: true }) outcome!: AppealOutcome | null;
  @Column('integer', { nullable: true }) effect!: number | null;
  @Column('text', { array: true }) excused!: ExcusablePart[];
  @Column('uuid', { nullable: true }) ruledBy!: string | null;
  @Column('timestamptz', { nullable: true }) ruledAt!: Date | null;
  @Column('text', { nullable: true }) rulingReason!: string | null;
}

/** 评分权重, from a day on. */
@Entity('score_weights')
export class ScoreWeighting {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { nullable: true }) centerId!: string | null;
  @Column('date') validFrom!: string;
  @Column('integer') sign!: number;
  @Column('integer') contact!: number;
  @Column('integer') arrive!: number;
  @Column('integer') feedback!: number;
  @Column('integer') effect!: number;
  @Column('integer') party!: number;
  @Column('integer') rankedFrom!: number;
  @Column('text') basis!: string;
  @Column('uuid', { nullable: true }) madeBy!: string | null;
  @Column('text') madeByName!: string;
  @Column('timestamptz') madeAt!: Date;
}

/** One line of 权责清单: the agency that answers for a type of dispute. */
@Entity('agency_duty')
export class AgencyDuty {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') agencyId!: string;
  @Column('text') disputeType!: string;
  @Column('text') role!: DutyRole;
  @Column('text') duty!: string;
  @Column('text', { nullable: true }) basis!: string | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('integer') version!: number;
}
