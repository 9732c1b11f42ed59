import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ImageKind } from '../domain/dictionaries';

@Entity('signing_image')
export class SigningImage {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') agreementId!: string;
  @Column('uuid') markId!: string;
  @Column('text') kind!: ImageKind;
  @Column('text') mediaType!: string;
  @Column('integer') sizeBytes!: number;
  @Column('text') sha256!: string;
  @Column('text', { nullable: true }) pictureEncrypted!: string | null;
  @Column('text') consentText!: string;
  @Column('timestamptz') consentedAt!: Date;
  @Column('uuid') recordedBy!: string;
  @Column('text') previousHash!: string;
  @Column('text') chainHash!: string;
  @Column('timestamptz', { nullable: true }) removedAt!: Date | null;
  @Column('uuid', { nullable: true }) removedBy!: string | null;
  @Column('text', { nullable: true }) removedReason!: string | null;
}
