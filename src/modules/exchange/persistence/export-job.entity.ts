import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('export_job')
export class ExportJob {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') accountId!: string;
  @Column('text') title!: string;
  @Column('jsonb') query!: Readonly<Record<string, string>>;
  @Column('text', { array: true }) columns!: string[];
  @Column('text') format!: 'xlsx' | 'csv' | 'json';
  @Column('text') state!: 'running' | 'done' | 'failed';
  @Column('integer') rowCount!: number;
  @Column('text', { nullable: true }) fileSha256!: string | null;
  @Column('bigint', { nullable: true }) sizeBytes!: number | null;
  @Column('text', { nullable: true }) problem!: string | null;
  @Column('timestamptz') requestedAt!: Date;
  @Column('timestamptz') movedAt!: Date;
  @Column('timestamptz', { nullable: true }) finishedAt!: Date | null;
}
