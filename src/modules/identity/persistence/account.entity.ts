import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('account')
export class Account {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') loginName!: string;
  @Column('text') displayName!: string;
  @Column('text') status!: 'active' | 'disabled';
  @Column('boolean') mustChangePassword!: boolean;
  @Column('text', { nullable: true }) homeOrganization!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('integer') version!: number;
}

@Entity('account_credential')
export class AccountCredential {
  @PrimaryColumn('uuid') accountId!: string;
  @Column('text') passwordHash!: string;
  @Column('timestamptz') changedAt!: Date;
}

@Entity('role_grant')
export class RoleGrantRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') accountId!: string;
  @Column('text') role!: string;
  @Column('text') scopeKind!: string;
  @Column('uuid', { nullable: true }) scopeId!: string | null;
  @Column('timestamptz') validFrom!: Date;
  @Column('timestamptz', { nullable: true }) validTo!: Date | null;
  @Column('uuid', { nullable: true }) grantedBy!: string | null;
}

@Entity('login_session')
export class LoginSession {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') accountId!: string;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') lastUsedAt!: Date;
  @Column('timestamptz') expiresAt!: Date;
  @Column('timestamptz', { nullable: true }) revokedAt!: Date | null;
  @Column('text', { nullable: true }) revokedReason!: string | null;
  @Column('text', { nullable: true }) address!: string | null;
  @Column('text', { nullable: true }) userAgent!: string | null;
}

@Entity('refresh_token')
export class RefreshToken {
  @PrimaryColumn('text') digest!: string;
  @Column('uuid') sessionId!: string;
  @Column('timestamptz') issuedAt!: Date;
  @Column('timestamptz', { nullable: true }) usedAt!: Date | null;
}

@Entity('login_attempt')
export class LoginAttempt {
  @PrimaryColumn('text') loginName!: string;
  @PrimaryColumn('text') address!: string;
  @Column('integer') failures!: number;
  @Column('timestamptz') lastFailedAt!: Date;
  @Column('timestamptz', { nullable: true }) blockedUntil!: Date | null;
}

@Entity('former_password')
export class FormerPassword {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') accountId!: string;
  @Column('text') passwordHash!: string;
  @Column('timestamptz') replacedAt!: Date;
}

@Entity('setting')
export class Setting {
  @PrimaryColumn('text') key!: string;
  @Column('jsonb') value!: Readonly<Record<string, unknown>>;
  @Column('uuid', { nullable: true }) changedBy!: string | null;
  @Column('timestamptz') changedAt!: Date;
  @Column('integer') version!: number;
}

export const IDENTITY_ENTITIES = [
  Account,
  AccountCredential,
  RoleGrantRow,
  LoginSession,
  RefreshToken,
  LoginAttempt,
  FormerPassword,
  Setting,
];
