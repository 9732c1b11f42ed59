import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CatalogueRow } from '../domain/binding-rules';
import type { DossierKind } from '../domain/dossier-kinds';

@Entity('dossier_binding')
export class DossierBinding {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('text') kind!: DossierKind;
  @Column('integer') volume!: number;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('text') state!: 'running' | 'done' | 'failed';
  @Column('integer') stepsDone!: number;
  @Column('integer') steps!: number;
  @Column('text', { array: true }) gaps!: string[];
  @Column('jsonb') contents!: readonly CatalogueRow[];
  @Column('integer', { nullable: true }) pageCount!: number | null;
  @Column('text', { nullable: true }) bookSha256!: string | null;
  @Column('bigint', { nullable: true }) bookBytes!: number | null;
  @Column('text', { nullable: true }) archiveSha256!: string | null;
  @Column('bigint', { nullable: true }) archiveBytes!: number | null;
  @Column('text', { nullable: true }) problem!: string | null;
  @Column('uuid') requestedBy!: string;
  @Column('text') requestedByName!: string;
  @Column('timestamptz') requestedAt!: Date;
  @Column('timestamptz') movedAt!: Date;
  @Column('timestamptz', { nullable: true }) finishedAt!: Date | null;
}
