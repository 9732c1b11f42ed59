import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Device } from '../domain/draft-rules';

@Entity('draft')
export class Draft {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') accountId!: string;
  @Column('text') key!: string;
  @Column('text') titleCipher!: string;
  @Column('text') contentCipher!: string;
  @Column('text', { nullable: true }) resumePath!: string | null;
  @Column('text') writer!: string;
  @Column('text') device!: Device;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') savedAt!: Date;
  @Column('integer') version!: number;
}
