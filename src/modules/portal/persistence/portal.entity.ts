import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EndGround, Way } from '../domain/dictionaries';

@Entity('portal_access')
export class PortalAccess {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') partyId!: string;
  @Column('text') numberKey!: string;
  @Column('text') tokenDigest!: string;
  @Column('text') codeDigest!: string;
  @Column('uuid') issuedBy!: string;
  @Column('text') issuedByName!: string;
  @Column('timestamptz') issuedAt!: Date;
  @Column('timestamptz', { nullable: true }) openedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('text', { nullable: true }) endGround!: EndGround | null;
  @Column('text', { nullable: true }) endReason!: string | null;
  @Column('uuid', { nullable: true }) endedBy!: string | null;
  @Column('integer') version!: number;
}

@Entity('portal_session')
export class PortalSession {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') accessId!: string;
  @Column('text') digest!: string;
  @Column('text') way!: Way;
  @Column('timestamptz') openedAt!: Date;
  @Column('timestamptz') lastUsedAt!: Date;
  @Column('timestamptz') expiresAt!: Date;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('text', { nullable: true }) address!: string | null;
  @Column('text', { nullable: true }) device!: string | null;
}

@Entity('portal_attempt')
export class PortalAttempt {
  @PrimaryColumn('uuid') id!: string;
  @Column('timestamptz') at!: Date;
  @Column('text') address!: string;
  @Column('text') way!: Way;
  @Column('text') keyDigest!: string;
}

@Entity('service_rating')
export class ServiceRating {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') partyId!: string;
  @Column('integer') volume!: number;
  @Column('integer') score!: number;
  @Column('text', { nullable: true }) words!: string | null;
  @Column('timestamptz') ratedAt!: Date;
}
