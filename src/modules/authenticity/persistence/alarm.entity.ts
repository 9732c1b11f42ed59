import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AlarmKind, AlarmState } from '../domain/kinds';

@Entity('alarm')
export class Alarm {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') centerId!: string;
  @Column('text') kind!: AlarmKind;
  @Column('text') fingerprint!: string;
  @Column('jsonb') facts!: Readonly<Record<string, string | number>>;
  @Column('text', { array: true }) explanation!: readonly string[];
  @Column('text') state!: AlarmState;
  @Column('timestamptz') raisedAt!: Date;
  @Column('uuid', { nullable: true }) decidedBy!: string | null;
  @Column('text', { nullable: true }) decidedByName!: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  @Column('text', { nullable: true }) decision!: string | null;
  @Column('integer') version!: number;
}

@Entity('alarm_matter')
export class AlarmMatter {
  @PrimaryColumn('uuid') alarmId!: string;
  @PrimaryColumn('uuid') disputeId!: string;
}
