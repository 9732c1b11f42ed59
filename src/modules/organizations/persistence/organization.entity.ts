import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('org_unit')
export class OrgUnit {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: string;
  @Column('timestamptz') createdAt!: Date;
}

@Entity('org_unit_version')
export class OrgUnitVersion {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') unitId!: string;
  @Column('uuid', { nullable: true }) parentId!: string | null;
  @Column('text') name!: string;
  @Column('text', { nullable: true }) code!: string | null;
  @Column('date') validFrom!: string;
  @Column('date', { nullable: true }) validTo!: string | null;
}

@Entity('center')
export class Center {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') unitId!: string;
  @Column('text') name!: string;
  @Column('text') code!: string;
  @Column('text', { nullable: true }) phone!: string | null;
  @Column('text', { nullable: true }) address!: string | null;
  @Column('uuid', { array: true }) ancestorCenterIds!: string[];
  @Column('smallint') yellowPart!: number;
  @Column('smallint') receiptDays!: number;
  @Column('smallint') relapseDays!: number;
  @Column('smallint') callBackShare!: number;
  @Column('text', { array: true }) ownAddresses!: string[];
  @Column('boolean') isActive!: boolean;
  @Column('integer') version!: number;
}

@Entity('committee')
export class Committee {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') centerId!: string;
  @Column('uuid', { nullable: true }) unitId!: string | null;
  @Column('text') name!: string;
  @Column('text') kind!: string;
  @Column('text') numberingWord!: string;
  @Column('text', { nullable: true }) specialty!: string | null;
  @Column('text', { nullable: true }) courtName!: string | null;
  @Column('boolean') isActive!: boolean;
  @Column('integer') version!: number;
}

@Entity('agency')
export class Agency {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') centerId!: string;
  @Column('text') name!: string;
  @Column('text') residency!: string;
  @Column('text', { nullable: true }) duties!: string | null;
  @Column('boolean') isActive!: boolean;
  @Column('integer') version!: number;
}

@Entity('committee_member')
export class CommitteeMember {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') committeeId!: string;
  @Column('uuid', { nullable: true }) accountId!: string | null;
  @Column('text') name!: string;
  @Column('text') engagement!: string;
  @Column('text') position!: string;
  @Column('text', { nullable: true }) sex!: string | null;
  @Column('text', { nullable: true }) ethnicity!: string | null;
  @Column('boolean') isFullTime!: boolean;
  @Column('text', { array: true }) languages!: string[];
  @Column('text', { array: true }) specialties!: string[];
  @Column('text', { nullable: true }) certificateNumber!: string | null;
  @Column('date') termFrom!: string;
  @Column('date', { nullable: true }) termTo!: string | null;
  @Column('text', { nullable: true }) endedReason!: string | null;
  @Column('integer') version!: number;
}

@Entity('agency_liaison')
export class AgencyLiaison {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') agencyId!: string;
  @Column('text') slot!: string;
  @Column('uuid', { nullable: true }) accountId!: string | null;
  @Column('text') name!: string;
  @Column('text', { nullable: true }) officePhone!: string | null;
  @Column('date') validFrom!: string;
  @Column('date', { nullable: true }) validTo!: string | null;
}

@Entity('center_slot')
export class CenterSlot {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') centerId!: string;
  @Column('text') kind!: string;
  @Column('integer') ordinal!: number;
  @Column('text', { nullable: true }) name!: string | null;
  @Column('text', { nullable: true }) duty!: string | null;
  @Column('uuid', { nullable: true }) agencyId!: string | null;
  @Column('date') validFrom!: string;
  @Column('date', { nullable: true }) validTo!: string | null;
  @Column('integer') version!: number;
}

@Entity('posting')
export class Posting {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') accountId!: string;
  @Column('uuid') centerId!: string;
  @Column('text') homeOrganization!: string;
  @Column('uuid', { nullable: true }) agencyId!: string | null;
  @Column('uuid', { nullable: true }) slotId!: string | null;
  @Column('text') residency!: string;
  @Column('smallint', { array: true, nullable: true }) weekdays!: number[] | null;
  @Column('date') validFrom!: string;
  @Column('date', { nullable: true }) validTo!: string | null;
  @Column('text', { nullable: true }) endedReason!: string | null;
}

export const ORGANIZATION_ENTITIES = [
  OrgUnit,
  OrgUnitVersion,
  Center,
  Committee,
  Agency,
  CommitteeMember,
  AgencyLiaison,
  CenterSlot,
  Posting,
];
