import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { IdentityCheck, MarkKind, MarkMethod, SlotCapacity, SlotState } from '../domain/dictionaries';

@Entity('signature_slot')
export class SignatureSlot {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') agreementId!: string;
  @Column('integer') round!: number;
  @Column('integer') ordinal!: number;
  @Column('text') slot!: string;
  @Column('text') capacity!: SlotCapacity;
  @Column('uuid', { nullable: true }) partyId!: string | null;
  @Column('uuid', { nullable: true }) representativeId!: string | null;
  @Column('uuid', { nullable: true }) accountId!: string | null;
  @Column('uuid', { nullable: true }) committeeId!: string | null;
  @Column('text', { nullable: true }) language!: string | null;
  @Column('uuid', { array: true }) interpretsFor!: string[];
  @Column('text') signsFor!: string;
  @Column('text') signerName!: string;
  @Column('boolean') needsCorporateSeal!: boolean;
  @Column('integer', { nullable: true }) turn!: number | null;
  @Column('text') state!: SlotState;
  @Column('timestamptz', { nullable: true }) signedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) refusedAt!: Date | null;
  @Column('text', { nullable: true }) refusalReason!: string | null;
  @Column('timestamptz', { nullable: true }) voidedAt!: Date | null;
}

@Entity('signing_link')
export class SigningLink {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') agreementId!: string;
  @Column('uuid') slotId!: string;
  @Column('text') digest!: string;
  @Column('text') contentHash!: string;
  @Column('text') identityCheck!: IdentityCheck;
  @Column('text', { nullable: true }) identityNote!: string | null;
  @Column('uuid') createdBy!: string;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') expiresAt!: Date;
  @Column('timestamptz', { nullable: true }) openedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) usedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) revokedAt!: Date | null;
}

@Entity('signature_mark')
export class SignatureMark {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') agreementId!: string;
  @Column('uuid') slotId!: string;
  @Column('integer') round!: number;
  @Column('integer') sequence!: number;
  @Column('text') kind!: MarkKind;
  @Column('text') method!: MarkMethod;
  @Column('text') contentHash!: string;
  @Column('text') signingCopySha256!: string;
  @Column('text') signerName!: string;
  @Column('text') identityCheck!: IdentityCheck;
  @Column('text', { nullable: true }) identityNote!: string | null;
  @Column('boolean') agreedElectronic!: boolean;
  @Column('text', { nullable: true }) strokesEncrypted!: string | null;
  @Column('text', { nullable: true }) strokesSha256!: string | null;
  @Column('boolean') hasSignature!: boolean;
  @Column('boolean') hasFingerprint!: boolean;
  @Column('uuid', { nullable: true }) scanAttachmentId!: string | null;
  @Column('text', { nullable: true }) scanSha256!: string | null;
  @Column('text', { nullable: true }) witnessName!: string | null;
  @Column('boolean') isReadAloud!: boolean;
  @Column('boolean') isMachineRead!: boolean;
  @Column('date') signedOn!: string;
  @Column('timestamptz', { nullable: true }) clientAt!: Date | null;
  @Column('timestamptz') serverAt!: Date;
  @Column('text', { nullable: true }) device!: string | null;
  @Column('text', { nullable: true }) address!: string | null;
  @Column('integer', { nullable: true }) secondsSpent!: number | null;
  @Column('boolean', { nullable: true }) scrolledToEnd!: boolean | null;
  @Column('uuid', { nullable: true }) linkId!: string | null;
  @Column('uuid', { nullable: true }) recordedBy!: string | null;
  @Column('text') previousHash!: string;
  @Column('text') chainHash!: string;
  @Column('timestamptz', { nullable: true }) voidedAt!: Date | null;
  @Column('text', { nullable: true }) voidReason!: string | null;
}
