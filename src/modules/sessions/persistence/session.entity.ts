import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  Confirmation,
  EntryKind,
  InviteeKind,
  Publicity,
  Ring,
  SessionMode,
  SessionResult,
} from '../domain/dictionaries';
import type { SessionState } from '../domain/session-lifecycle';

@Entity('mediation_session')
export class MediationSession {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('integer') ordinal!: number;
  @Column('text') state!: SessionState;
  @Column('text') mode!: SessionMode;
  @Column('timestamptz') startsAt!: Date;
  @Column('timestamptz') endsAt!: Date;
  @Column('uuid', { nullable: true }) slotId!: string | null;
  @Column('text') place!: string;
  @Column('text') publicity!: Publicity;
  @Column('timestamptz', { nullable: true }) startedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('text', { nullable: true }) result!: SessionResult | null;
  @Column('timestamptz', { nullable: true }) nextAt!: Date | null;
  @Column('timestamptz', { nullable: true }) recordedAt!: Date | null;
  @Column('uuid', { nullable: true }) recordedBy!: string | null;
  @Column('timestamptz', { nullable: true }) confirmedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) cancelledAt!: Date | null;
  @Column('uuid', { nullable: true }) plannedBy!: string | null;
  @Column('timestamptz') plannedAt!: Date;
  @Column('integer') version!: number;
}

@Entity('session_invitee')
export class SessionInvitee {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') sessionId!: string;
  @Column('text') kind!: InviteeKind;
  @Column('uuid', { nullable: true }) partyId!: string | null;
  @Column('uuid', { nullable: true }) representativeId!: string | null;
  @Column('uuid', { nullable: true }) participantId!: string | null;
  @Column('uuid', { nullable: true }) accountId!: string | null;
  @Column('uuid', { nullable: true }) agencyId!: string | null;
  @Column('text') name!: string;
  @Column('text') roleName!: string;
  /** `[from,to)`, the time for which the person is taken. */
  @Column('tstzrange', { nullable: true }) booked!: string | null;
  @Column('timestamptz', { nullable: true }) removedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) arrivedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) leftAt!: Date | null;
  @Column('text', { nullable: true }) absentReason!: string | null;
  @Column('text', { nullable: true }) confirmation!: Confirmation | null;
  @Column('timestamptz', { nullable: true }) confirmedAt!: Date | null;
  @Column('text', { nullable: true }) confirmationNote!: string | null;
}

@Entity('session_publicity_choice')
export class SessionPublicityChoice {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') sessionId!: string;
  @Column('uuid') partyId!: string;
  @Column('text') choice!: Publicity;
  @Column('timestamptz') givenAt!: Date;
  @Column('uuid', { nullable: true }) recordedBy!: string | null;
  @Column('timestamptz') recordedAt!: Date;
}

@Entity('session_entry')
export class SessionEntry {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') sessionId!: string;
  @Column('integer') ordinal!: number;
  @Column('text') ring!: Ring;
  @Column('text') kind!: EntryKind;
  @Column('uuid', { nullable: true }) inviteeId!: string | null;
  @Column('text') speaker!: string;
  @Column('text') text!: string;
  @Column('uuid') writtenBy!: string;
  @Column('timestamptz') writtenAt!: Date;
  @Column('timestamptz', { nullable: true }) revisedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) struckAt!: Date | null;
  @Column('integer') version!: number;
}

@Entity('session_fact')
export class SessionFact {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') sessionId!: string;
  @Column('integer') ordinal!: number;
  @Column('text') text!: string;
  @Column('uuid', { nullable: true }) recordedBy!: string | null;
  @Column('timestamptz') recordedAt!: Date;
  @Column('timestamptz', { nullable: true }) retractedAt!: Date | null;
}

@Entity('session_concession')
export class SessionConcession {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') sessionId!: string;
  @Column('text') ring!: Ring;
  @Column('uuid', { nullable: true }) inviteeId!: string | null;
  @Column('text') madeBy!: string;
  @Column('text') text!: string;
  @Column('uuid') recordedBy!: string;
  @Column('timestamptz') recordedAt!: Date;
}

@Entity('session_note')
export class SessionNote {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid', { nullable: true }) sessionId!: string | null;
  @Column('text') ring!: Ring;
  @Column('text') text!: string;
  @Column('uuid') authorId!: string;
  @Column('text') authorName!: string;
  @Column('timestamptz') writtenAt!: Date;
  @Column('timestamptz', { nullable: true }) narrowedAt!: Date | null;
  @Column('text', { nullable: true }) narrowedReason!: string | null;
}
