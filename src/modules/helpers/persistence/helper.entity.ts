import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AuthorityState } from '../domain/authority';
import type { HelperAct, HelperKind } from '../domain/dictionaries';

@Entity('helper_authority')
export class HelperAuthority {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') centerId!: string;
  @Column('integer') ordinal!: number;
  @Column('text') kind!: HelperKind;
  @Column('text') helperName!: string;
  @Column('text', { nullable: true }) helperUnit!: string | null;
  @Column('uuid', { nullable: true }) helperAccountId!: string | null;
  @Column('uuid', { array: true }) partyIds!: string[];
  @Column('text', { array: true }) scope!: HelperAct[];
  @Column('date') validFrom!: string;
  @Column('date') validTo!: string;
  @Column('text') state!: AuthorityState;
  @Column('uuid', { nullable: true }) attachmentId!: string | null;
  @Column('text', { nullable: true }) signedByNames!: string | null;
  @Column('uuid') grantedBy!: string;
  @Column('timestamptz') grantedAt!: Date;
  @Column('timestamptz', { nullable: true }) inForceAt!: Date | null;
  @Column('timestamptz', { nullable: true }) revokedAt!: Date | null;
  @Column('text', { nullable: true }) revokeReason!: string | null;
  @Column('integer') version!: number;
}

@Entity('helper_act')
export class HelperDeed {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') authorityId!: string;
  @Column('text') act!: HelperAct;
  @Column('text') words!: string;
  @Column('text') recordedByName!: string;
  @Column('timestamptz') doneAt!: Date;
}
