import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a center's template says from one moment on. Rows are never changed but for the moment at which they end. */
@Entity('template_version')
export class TemplateVersion {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') centerId!: string;
  @Column('text') templateId!: string;
  @Column('integer') number!: number;
  @Column('text', { nullable: true }) source!: string | null;
  @Column('text', { nullable: true }) hash!: string | null;
  @Column('integer', { nullable: true }) restoredFrom!: number | null;
  @Column('text') note!: string;
  @Column('uuid', { nullable: true }) madeBy!: string | null;
  @Column('text') madeByName!: string;
  @Column('timestamptz') madeAt!: Date;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
}
