import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Capacity, ChosenBy, DisclosureKind } from '../domain/dictionaries';
import type { AssignmentState } from '../domain/assignment-lifecycle';

@Entity('assignment')
export class Assignment {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') accountId!: string;
  @Column('uuid') committeeId!: string;
  @Column('text') name!: string;
  @Column('text') capacity!: Capacity;
  @Column('text') chosenBy!: ChosenBy;
  @Column('uuid', { array: true }) chosenByPartyIds!: string[];
  @Column('text', { nullable: true }) basis!: string | null;
  @Column('text') state!: AssignmentState;
  @Column('uuid', { nullable: true }) assignedBy!: string | null;
  @Column('timestamptz') assignedAt!: Date;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('text', { nullable: true }) endedReason!: string | null;
  @Column('uuid', { nullable: true }) replacedById!: string | null;
  @Column('integer') version!: number;
}

@Entity('conflict_disclosure')
export class ConflictDisclosure {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') assignmentId!: string;
  @Column('text') kind!: DisclosureKind;
  @Column('text', { nullable: true }) detail!: string | null;
  @Column('uuid', { nullable: true }) disclosedBy!: string | null;
  @Column('timestamptz') disclosedAt!: Date;
}

@Entity('mediator_challenge')
export class MediatorChallenge {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') assignmentId!: string;
  @Column('uuid') partyId!: string;
  @Column('text') reason!: string;
  @Column('timestamptz') raisedAt!: Date;
  @Column('uuid', { nullable: true }) recordedBy!: string | null;
  @Column('uuid', { nullable: true }) answeredByAssignmentId!: string | null;
  @Column('timestamptz', { nullable: true }) withdrawnAt!: Date | null;
}
