import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PromiseStep, UnsentReason } from '../domain/promise-steps';

@Entity('promise_notice')
export class PromiseNotice {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') agreementId!: string;
  @Column('uuid') subjectId!: string;
  @Column('text') step!: PromiseStep;
  @Column('date') dueOn!: string;
  @Column('timestamptz') takenAt!: Date;
  @Column('text', { nullable: true }) unsentReason!: UnsentReason | null;
}
