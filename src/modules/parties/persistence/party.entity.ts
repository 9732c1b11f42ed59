import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  Capacity,
  Consent,
  ConsentAnswer,
  ContactChannel,
  ContactOutcome,
  ContactedPerson,
  DocumentKind,
  Ethnicity,
  NoticeMethod,
  OrganizationKind,
  OtherRoute,
  PartyKind,
  RepresentativeKind,
  Scope,
  Side,
} from '../domain/dictionaries';
import type { PartyState } from '../domain/party-lifecycle';

@Entity('party')
export class Party {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('integer') ordinal!: number;
  @Column('text') kind!: PartyKind;
  @Column('text', { nullable: true }) side!: Side | null;
  @Column('text') name!: string;
  @Column('text') nameKey!: string;
  @Column('text', { array: true }) aliases!: string[];
  @Column('text') state!: PartyState;
  @Column('text', { nullable: true }) stateReason!: string | null;
  @Column('timestamptz', { nullable: true }) stateChangedAt!: Date | null;
  @Column('date', { nullable: true }) diedOn!: string | null;
  @Column('uuid', { nullable: true }) succeedsPartyId!: string | null;
  @Column('text', { nullable: true }) sex!: 'male' | 'female' | null;
  @Column('date', { nullable: true }) birthOn!: string | null;
  @Column('text') capacity!: Capacity;
  @Column('text', { nullable: true }) capacityProof!: string | null;
  @Column('text', { nullable: true }) ethnicity!: Ethnicity | null;
  @Column('text', { nullable: true }) occupation!: string | null;
  @Column('text', { nullable: true }) neededLanguage!: string | null;
  @Column('text', { nullable: true }) address!: string | null;
  @Column('text', { nullable: true }) phoneCipher!: string | null;
  @Column('text', { nullable: true }) phoneIndex!: string | null;
  @Column('text', { nullable: true }) phoneEndIndex!: string | null;
  @Column('text', { nullable: true }) contactThrough!: string | null;
  @Column('text', { nullable: true }) documentKind!: DocumentKind | null;
  @Column('text', { nullable: true }) documentNumberCipher!: string | null;
  @Column('text', { nullable: true }) documentNumberIndex!: string | null;
  @Column('text', { nullable: true }) organizationKind!: OrganizationKind | null;
  @Column('text', { nullable: true }) creditCodeCipher!: string | null;
  @Column('text', { nullable: true }) creditCodeIndex!: string | null;
  @Column('text', { nullable: true }) legalRepresentative!: string | null;
  @Column('text', { nullable: true }) operatorName!: string | null;
  @Column('text', { nullable: true }) parentOrganization!: string | null;
  @Column('text') consent!: Consent;
  @Column('timestamptz', { nullable: true }) consentAt!: Date | null;
  @Column('timestamptz', { nullable: true }) noticeSignedAt!: Date | null;
  @Column('uuid', { nullable: true }) createdBy!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') updatedAt!: Date;
  @Column('integer') version!: number;
}

@Entity('representative')
export class Representative {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') partyId!: string;
  @Column('text') kind!: RepresentativeKind;
  @Column('text') name!: string;
  @Column('text') nameKey!: string;
  @Column('text', { nullable: true }) relation!: string | null;
  @Column('text', { nullable: true }) employer!: string | null;
  @Column('text', { nullable: true }) phoneCipher!: string | null;
  @Column('text', { nullable: true }) phoneIndex!: string | null;
  @Column('text', { nullable: true }) phoneEndIndex!: string | null;
  @Column('text', { nullable: true }) documentKind!: DocumentKind | null;
  @Column('text', { nullable: true }) documentNumberCipher!: string | null;
  @Column('text', { nullable: true }) documentNumberIndex!: string | null;
  @Column('text', { array: true }) scope!: Scope[];
  @Column('date') validFrom!: string;
  @Column('date', { nullable: true }) validTo!: string | null;
  @Column('uuid', { nullable: true }) authorityAttachmentId!: string | null;
  @Column('text', { nullable: true }) authorityNote!: string | null;
  @Column('text', { nullable: true }) wardView!: string | null;
  @Column('boolean') isDoubleAgreed!: boolean;
  @Column('date', { nullable: true }) endedOn!: string | null;
  @Column('text', { nullable: true }) endReason!: string | null;
  @Column('uuid', { nullable: true }) createdBy!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('integer') version!: number;
}

@Entity('party_consent')
export class PartyConsent {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') partyId!: string;
  @Column('text') answer!: ConsentAnswer;
  @Column('text') channel!: ContactChannel;
  @Column('timestamptz') askedAt!: Date;
  @Column('uuid', { nullable: true }) askedBy!: string | null;
  @Column('text') askedByName!: string;
  @Column('uuid', { nullable: true }) answeredByRepresentativeId!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('text', { array: true }) routesTold!: OtherRoute[];
  @Column('uuid', { nullable: true }) attachmentId!: string | null;
  @Column('timestamptz') recordedAt!: Date;
}

@Entity('rights_notice')
export class RightsNotice {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') partyId!: string;
  @Column('text') method!: NoticeMethod;
  @Column('timestamptz') signedAt!: Date;
  @Column('uuid', { nullable: true }) signedByRepresentativeId!: string | null;
  @Column('text', { nullable: true }) witness!: string | null;
  @Column('uuid', { nullable: true }) attachmentId!: string | null;
  @Column('uuid', { nullable: true }) toldBy!: string | null;
  @Column('text') toldByName!: string;
  @Column('timestamptz') recordedAt!: Date;
}

@Entity('contact_attempt')
export class ContactAttempt {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') partyId!: string;
  @Column('timestamptz') at!: Date;
  @Column('text') channel!: ContactChannel;
  @Column('text') contacted!: ContactedPerson;
  @Column('text', { nullable: true }) contactedName!: string | null;
  @Column('text', { nullable: true }) purpose!: string | null;
  @Column('text', { nullable: true }) basis!: string | null;
  @Column('text') outcome!: ContactOutcome;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { nullable: true }) madeBy!: string | null;
  @Column('text') madeByName!: string;
  @Column('timestamptz') recordedAt!: Date;
}

@Entity('represented_person')
export class RepresentedPerson {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') partyId!: string;
  @Column('integer') ordinal!: number;
  @Column('text') name!: string;
  @Column('text') nameKey!: string;
  @Column('text', { nullable: true }) phoneCipher!: string | null;
  @Column('text', { nullable: true }) documentNumberCipher!: string | null;
  @Column('text', { nullable: true }) documentNumberIndex!: string | null;
  @Column('bigint', { nullable: true }) amountFen!: number | null;
  @Column('timestamptz', { nullable: true }) settlementAgreedAt!: Date | null;
  @Column('uuid', { nullable: true }) settlementAttachmentId!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('integer') version!: number;
}

@Entity('party_change')
export class PartyChange {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') partyId!: string;
  @Column('timestamptz') at!: Date;
  @Column('uuid', { nullable: true }) byAccountId!: string | null;
  @Column('text') byName!: string;
  @Column('text') act!: string;
  @Column('text', { array: true }) fields!: string[];
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text', { nullable: true }) beforeCipher!: string | null;
}
