import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('local_type')
export class LocalType {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') centerId!: string;
  @Column('text') disputeType!: string;
  @Column('text') name!: string;
  @Column('integer') ordinal!: number;
  @Column('timestamptz', { nullable: true }) stoppedAt!: Date | null;
  @Column('uuid', { nullable: true }) createdBy!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('integer') version!: number;
}
