import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConsentAnswer, ConsentChannel, ParticipantKind } from '../domain/dictionaries';
import type { ParticipantState } from '../domain/participant-lifecycle';

@Entity('participant')
export class Participant {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('text') kind!: ParticipantKind;
  @Column('text') name!: string;
  @Column('text', { nullable: true }) organization!: string | null;
  @Column('text') purpose!: string;
  @Column('text') state!: ParticipantState;
  @Column('uuid', { nullable: true }) invitedBy!: string | null;
  @Column('text') invitedByName!: string;
  @Column('timestamptz') invitedAt!: Date;
  @Column('timestamptz', { nullable: true }) withdrawnAt!: Date | null;
  @Column('text', { nullable: true }) withdrawnReason!: string | null;
  @Column('integer') version!: number;
}

@Entity('participant_consent')
export class ParticipantConsent {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') participantId!: string;
  @Column('uuid') partyId!: string;
  @Column('uuid', { nullable: true }) representativeId!: string | null;
  @Column('text') answer!: ConsentAnswer;
  @Column('text') channel!: ConsentChannel;
  @Column('timestamptz') givenAt!: Date;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { nullable: true }) recordedBy!: string | null;
  @Column('timestamptz') recordedAt!: Date;
}
