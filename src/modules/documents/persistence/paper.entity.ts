import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PaperState } from '../domain/paper-lifecycle';

@Entity('paper_template')
export class UsedTemplate {
  @PrimaryColumn('text') hash!: string;
  @Column('text') templateId!: string;
  @Column('text') name!: string;
  @Column('text') version!: string;
  @Column('text') file!: string;
  @Column('text') source!: string;
  @Column('timestamptz') firstUsedAt!: Date;
}

@Entity('paper')
export class Paper {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid', { nullable: true }) committeeId!: string | null;
  @Column('text') templateHash!: string;
  @Column('text') templateId!: string;
  @Column('text') templateVersion!: string;
  @Column('text') engineVersion!: string;
  @Column('text') contentHash!: string;
  @Column('text') title!: string;
  @Column('text', { nullable: true }) number!: string | null;
  @Column('text') issuerName!: string;
  @Column('text') dataEncrypted!: string;
  @Column('text', { array: true }) maskedNames!: string[];
  @Column('text') codeDigest!: string;
  @Column('text') codeEncrypted!: string;
  @Column('integer') copies!: number;
  @Column('text', { nullable: true }) governedBy!: string | null;
  @Column('text', { nullable: true }) subjectType!: string | null;
  @Column('uuid', { nullable: true }) subjectId!: string | null;
  @Column('uuid', { nullable: true }) supersedesId!: string | null;
  @Column('uuid', { nullable: true }) amendsId!: string | null;
  @Column('text', { nullable: true }) amendsAs!: 'supplement' | 'correction' | null;
  @Column('uuid', { nullable: true }) previewId!: string | null;
  @Column('uuid', { nullable: true }) issuedBy!: string | null;
  @Column('timestamptz') issuedAt!: Date;
  @Column('text') state!: PaperState;
  @Column('uuid', { nullable: true }) sealId!: string | null;
  @Column('timestamptz', { nullable: true }) sealedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) voidedAt!: Date | null;
  @Column('uuid', { nullable: true }) voidedBy!: string | null;
  @Column('text', { nullable: true }) voidReason!: string | null;
  @Column('timestamptz', { nullable: true }) supersededAt!: Date | null;
  @Column('integer') version!: number;
}

/**
 * final: as drawn; sealed: with the committee's seal; voided: the copy with the watermark 已作废; long-term: the sealed file with
 * validation data behind it.
 */
export type PaperFileKind = 'final' | 'sealed' | 'voided' | 'long-term';

@Entity('paper_file')
export class PaperFile {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') paperId!: string;
  @Column('text') kind!: PaperFileKind;
  @Column('text') sha256!: string;
  @Column('integer') sizeBytes!: number;
  @Column('integer') pageCount!: number;
  @Column('timestamptz') createdAt!: Date;
}

@Entity('paper_long_term')
export class PaperLongTerm {
  @PrimaryColumn('uuid') paperId!: string;
  @Column('uuid') disputeId!: string;
  @Column('timestamptz') dueAt!: Date;
  @Column('integer') attempts!: number;
  @Column('text', { nullable: true }) problem!: string | null;
  @Column('timestamptz', { nullable: true }) collectedAt!: Date | null;
}

@Entity('paper_timestamp')
export class PaperTimestamp {
  @PrimaryColumn('uuid') paperId!: string;
  @Column('uuid') disputeId!: string;
  @Column('text') documentSha256!: string;
  @Column('bytea') token!: Buffer;
  @Column('timestamptz') attestedAt!: Date;
  @Column('timestamptz') createdAt!: Date;
}
