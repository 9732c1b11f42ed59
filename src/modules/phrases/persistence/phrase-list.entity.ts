import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('phrase_list')
export class PhraseList {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { nullable: true }) centerId!: string | null;
  @Column('uuid', { nullable: true }) accountId!: string | null;
  @Column('text') place!: string;
  @Column('text', { array: true }) texts!: string[];
  @Column('uuid', { nullable: true }) changedBy!: string | null;
  @Column('timestamptz') changedAt!: Date;
  @Column('integer') version!: number;
}
