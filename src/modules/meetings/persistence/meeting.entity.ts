import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Decision, DecisionRule, Rank, UnitRole, Vote } from '../domain/dictionaries';
import type { MeetingState } from '../domain/meeting-lifecycle';
import type { MeetingTaskState } from '../domain/task-lifecycle';

@Entity('meeting')
export class Meeting {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') centerId!: string;
  @Column('integer') ordinal!: number;
  @Column('text') topic!: string;
  @Column('text') place!: string;
  @Column('timestamptz') meetAt!: Date;
  @Column('text') rule!: DecisionRule;
  @Column('uuid') chairAccountId!: string;
  @Column('text') chairName!: string;
  @Column('text', { nullable: true }) recorderName!: string | null;
  @Column('text') state!: MeetingState;
  @Column('uuid') calledBy!: string;
  @Column('text') calledByName!: string;
  @Column('timestamptz') calledAt!: Date;
  @Column('timestamptz', { nullable: true }) openedAt!: Date | null;
  @Column('text', { nullable: true }) conclusion!: string | null;
  @Column('uuid', { nullable: true }) confirmedBy!: string | null;
  @Column('timestamptz', { nullable: true }) confirmedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) reservationsUntil!: Date | null;
  @Column('text', { nullable: true }) cancelReason!: string | null;
  @Column('integer') version!: number;
}

@Entity('meeting_matter')
export class MeetingMatter {
  @PrimaryColumn('uuid') meetingId!: string;
  @PrimaryColumn('uuid') disputeId!: string;
}

@Entity('meeting_unit')
export class MeetingUnit {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') meetingId!: string;
  @Column('integer') ordinal!: number;
  @Column('uuid', { nullable: true }) agencyId!: string | null;
  @Column('text') name!: string;
  @Column('text') role!: UnitRole;
  @Column('text', { nullable: true }) personName!: string | null;
  @Column('timestamptz', { nullable: true }) arrivedAt!: Date | null;
  @Column('text', { nullable: true }) arrivedPerson!: string | null;
  @Column('text', { nullable: true }) arrivedRank!: Rank | null;
  @Column('boolean', { nullable: true }) arrivedByCode!: boolean | null;
  @Column('text', { nullable: true }) reservation!: string | null;
  @Column('timestamptz', { nullable: true }) reservedAt!: Date | null;
  @Column('text', { nullable: true }) reservedByName!: string | null;
  @Column('integer') version!: number;
}

@Entity('meeting_item')
export class MeetingItem {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') meetingId!: string;
  @Column('integer') ordinal!: number;
  @Column('text') subject!: string;
  @Column('text', { nullable: true }) decision!: Decision | null;
  @Column('text', { nullable: true }) decisionWords!: string | null;
  @Column('text', { nullable: true }) decidedByRule!: DecisionRule | null;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  @Column('integer') version!: number;
}

@Entity('meeting_voice')
export class MeetingVoice {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') meetingId!: string;
  @Column('uuid') itemId!: string;
  @Column('uuid') unitId!: string;
  @Column('text', { nullable: true }) vote!: Vote | null;
  @Column('text', { nullable: true }) words!: string | null;
  @Column('text') recordedByName!: string;
  @Column('timestamptz') recordedAt!: Date;
}

@Entity('meeting_task')
export class MeetingTask {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') centerId!: string;
  @Column('uuid') meetingId!: string;
  @Column('uuid') unitId!: string;
  @Column('uuid', { nullable: true }) agencyId!: string | null;
  @Column('integer') ordinal!: number;
  @Column('text') personName!: string;
  @Column('text') what!: string;
  @Column('date') dueOn!: string;
  @Column('text') state!: MeetingTaskState;
  @Column('text', { nullable: true }) answer!: string | null;
  @Column('uuid', { nullable: true }) answeredBy!: string | null;
  @Column('text', { nullable: true }) answeredByName!: string | null;
  @Column('timestamptz', { nullable: true }) answeredAt!: Date | null;
  @Column('text', { nullable: true }) returnReason!: string | null;
  @Column('integer') urgings!: number;
  @Column('timestamptz', { nullable: true }) lastUrgedAt!: Date | null;
  @Column('uuid', { nullable: true }) endedBy!: string | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('text', { nullable: true }) endingWords!: string | null;
  @Column('timestamptz', { nullable: true }) warnedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) toldLateAt!: Date | null;
  @Column('integer') version!: number;
}

@Entity('meeting_task_file')
export class MeetingTaskFile {
  @Column('uuid') disputeId!: string;
  @PrimaryColumn('uuid') taskId!: string;
  @PrimaryColumn('uuid') attachmentId!: string;
}
