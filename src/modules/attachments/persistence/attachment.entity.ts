import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AttachmentState } from '../domain/attachment-lifecycle';
import type { EvidenceForm, EvidenceType, Ring } from '../domain/dictionaries';

@Entity('attachment')
export class Attachment {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('integer') ordinal!: number;
  @Column('integer') pageOrder!: number;
  @Column('text') fileName!: string;
  @Column('text') mediaType!: string;
  @Column('bigint') sizeBytes!: number;
  @Column('text') sha256!: string;
  @Column('boolean') isLocked!: boolean;
  @Column('text') evidenceType!: EvidenceType;
  @Column('text') form!: EvidenceForm;
  @Column('text', { nullable: true }) source!: string | null;
  @Column('uuid', { nullable: true }) providedByPartyId!: string | null;
  @Column('date', { nullable: true }) obtainedOn!: string | null;
  @Column('text', { nullable: true }) description!: string | null;
  @Column('text') ring!: Ring;
  @Column('boolean') isShareable!: boolean;
  @Column('text') state!: AttachmentState;
  @Column('text', { nullable: true }) withdrawnReason!: string | null;
  @Column('timestamptz', { nullable: true }) withdrawnAt!: Date | null;
  @Column('uuid', { nullable: true }) uploadedBy!: string | null;
  @Column('text') uploadedByName!: string;
  @Column('timestamptz') uploadedAt!: Date;
  @Column('integer') version!: number;
}
