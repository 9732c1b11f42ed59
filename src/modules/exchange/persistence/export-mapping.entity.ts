import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MappingColumn, MappingTarget } from '../domain/mapping-columns';

@Entity('export_mapping')
export class ExportMapping {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { nullable: true }) centerId!: string | null;
  @Column('text') target!: MappingTarget;
  @Column('integer') version!: number;
  @Column('jsonb') columns!: readonly MappingColumn[];
  @Column('uuid', { nullable: true }) madeBy!: string | null;
  @Column('timestamptz') madeAt!: Date;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
}
