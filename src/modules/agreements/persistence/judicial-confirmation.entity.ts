import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConfirmationState, Hint } from '../domain/judicial-confirmation';

@Entity('judicial_confirmation')
export class JudicialConfirmation {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') agreementId!: string;
  @Column('text') state!: ConfirmationState;
  @Column('date') appliedOn!: string;
  @Column('uuid', { array: true }) partyIds!: string[];
  @Column('uuid', { array: true }) agentIds!: string[];
  @Column('text') court!: string;
  @Column('text', { array: true }) hints!: Hint[];
  @Column('text', { nullable: true }) hintsNote!: string | null;
  @Column('uuid', { nullable: true }) applicationAttachmentId!: string | null;
  @Column('date', { nullable: true }) acceptedOn!: string | null;
  @Column('text', { nullable: true }) caseNumber!: string | null;
  @Column('date', { nullable: true }) decidedOn!: string | null;
  @Column('uuid', { nullable: true }) rulingAttachmentId!: string | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('uuid', { nullable: true }) appliedBy!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('integer') version!: number;
}
