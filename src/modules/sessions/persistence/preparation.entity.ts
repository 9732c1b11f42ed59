import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Ring } from '../domain/dictionaries';
import type { PointKind } from '../domain/preparation';

@Entity('preparation_point')
export class PreparationPoint {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('text') ring!: Ring;
  @Column('text') kind!: PointKind;
  @Column('text') text!: string;
  @Column('uuid', { nullable: true }) partyId!: string | null;
  @Column('date', { nullable: true }) onDate!: string | null;
  @Column('bigint', { nullable: true }) amountFen!: number | null;
  @Column('text', { nullable: true }) reference!: string | null;
  @Column('uuid') writtenBy!: string;
  @Column('text') writtenByName!: string;
  @Column('timestamptz') writtenAt!: Date;
  @Column('timestamptz', { nullable: true }) settledAt!: Date | null;
  @Column('text', { nullable: true }) settlement!: string | null;
  @Column('integer') version!: number;
}
