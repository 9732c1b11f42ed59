import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeliveryChannel, DeliveryState, MessageChoice as Answer, UnsentReason } from '../domain/deliveries';
import type { MessageKind } from '../domain/message-kinds';

@Entity('message_template')
export class MessageTemplate {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') centerId!: string;
  @Column('text') kind!: MessageKind;
  @Column('text') channel!: DeliveryChannel;
  @Column('integer') version!: number;
  @Column('text') text!: string;
  @Column('boolean') isEnabled!: boolean;
  @Column('text') note!: string;
  @Column('uuid') madeBy!: string;
  @Column('text') madeByName!: string;
  @Column('timestamptz') madeAt!: Date;
}

@Entity('message_quiet_hours')
export class MessageQuietHours {
  @PrimaryColumn('uuid') centerId!: string;
  @Column('text') startsAt!: string;
  @Column('text') endsAt!: string;
  @Column('uuid', { nullable: true }) changedBy!: string | null;
  @Column('timestamptz') changedAt!: Date;
  @Column('integer') version!: number;
}

@Entity('message_contact')
export class MessageContact {
  @PrimaryColumn('uuid') accountId!: string;
  @Column('text', { nullable: true }) phoneCipher!: string | null;
  @Column('text', { nullable: true }) emailCipher!: string | null;
  @Column('text', { array: true }) smsKinds!: MessageKind[];
  @Column('text', { array: true }) emailKinds!: MessageKind[];
  @Column('timestamptz') changedAt!: Date;
  @Column('integer') version!: number;
}

@Entity('message_choice')
export class MessageChoice {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') partyId!: string;
  @Column('text') answer!: Answer;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { nullable: true }) askedBy!: string | null;
  @Column('text') askedByName!: string;
  @Column('timestamptz') at!: Date;
}

@Entity('message_delivery')
export class MessageDelivery {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') cause!: string;
  @Column('text', { nullable: true }) kind!: MessageKind | null;
  @Column('text') channel!: DeliveryChannel;
  @Column('text') recipient!: string;
  @Column('text') recipientName!: string;
  @Column('uuid', { nullable: true }) accountId!: string | null;
  @Column('uuid', { nullable: true }) partyId!: string | null;
  @Column('text', { nullable: true }) addressMasked!: string | null;
  @Column('uuid', { nullable: true }) centerId!: string | null;
  @Column('uuid', { nullable: true }) disputeId!: string | null;
  @Column('integer') templateVersion!: number;
  @Column('text') text!: string;
  @Column('text') state!: DeliveryState;
  @Column('text', { nullable: true }) unsentReason!: UnsentReason | null;
  @Column('timestamptz') notBefore!: Date;
  @Column('text', { nullable: true }) waitsFor!: string | null;
  @Column('integer') attempts!: number;
  @Column('timestamptz', { nullable: true }) leaseUntil!: Date | null;
  @Column('text', { nullable: true }) lastError!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) settledAt!: Date | null;
  @Column('text', { nullable: true }) resentReason!: string | null;
  @Column('uuid', { nullable: true }) resentBy!: string | null;
}
