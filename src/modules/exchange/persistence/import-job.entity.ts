import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('import_job')
export class ImportJob {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') accountId!: string;
  @Column('uuid') centerId!: string;
  @Column('text') fileName!: string;
  @Column('text') state!: 'checked' | 'running' | 'done';
  @Column('boolean', { nullable: true }) isWhole!: boolean | null;
  @Column('integer') rowCount!: number;
  @Column('integer') writtenCount!: number;
  @Column('text', { nullable: true }) problem!: string | null;
  @Column('timestamptz') checkedAt!: Date;
  @Column('timestamptz') movedAt!: Date;
  @Column('timestamptz', { nullable: true }) finishedAt!: Date | null;
}

@Entity('import_row')
export class ImportRow {
  @PrimaryColumn('uuid') jobId!: string;
  @PrimaryColumn('integer') rowNumber!: number;
  @Column('text') state!: 'good' | 'refused' | 'known' | 'imported';
  @Column('text') oldNumber!: string;
  @Column('text', { nullable: true }) contentCipher!: string | null;
  @Column('jsonb') faults!: readonly { readonly column: string; readonly detail: string }[];
  @Column('uuid', { nullable: true }) becameId!: string | null;
}
