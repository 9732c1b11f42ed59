import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('duty_change')
export class DutyChange {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') postingId!: string;
  @Column('date') dutyOn!: string;
  @Column('uuid', { nullable: true }) substituteId!: string | null;
  @Column('text') reason!: string;
  @Column('uuid') madeBy!: string;
  @Column('text') madeByName!: string;
  @Column('timestamptz') madeAt!: Date;
  @Column('uuid', { nullable: true }) withdrawnBy!: string | null;
  @Column('timestamptz', { nullable: true }) withdrawnAt!: Date | null;
}
