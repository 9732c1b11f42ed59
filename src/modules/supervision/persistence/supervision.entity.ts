import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OversightLevel, SupervisionKind, SupervisionState } from '../domain/supervision-lifecycle';

@Entity('supervision')
export class Supervision {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') centerId!: string;
  @Column('uuid', { nullable: true }) taskId!: string | null;
  @Column('uuid', { nullable: true }) agencyId!: string | null;
  @Column('uuid', { nullable: true }) dueId!: string | null;
  @Column('text') kind!: SupervisionKind;
  @Column('text', { nullable: true }) level!: OversightLevel | null;
  @Column('text') reason!: string;
  @Column('date', { nullable: true }) answerDueOn!: string | null;
  @Column('uuid', { nullable: true }) addresseeAccountId!: string | null;
  @Column('text') addresseeName!: string;
  @Column('text') state!: SupervisionState;
  @Column('uuid', { nullable: true }) issuedBy!: string | null;
  @Column('text') issuedByName!: string;
  @Column('timestamptz') issuedAt!: Date;
  @Column('text', { nullable: true }) answer!: string | null;
  @Column('uuid', { nullable: true }) answeredBy!: string | null;
  @Column('text', { nullable: true }) answeredByName!: string | null;
  @Column('timestamptz', { nullable: true }) answeredAt!: Date | null;
  @Column('text', { nullable: true }) returnReason!: string | null;
  @Column('uuid', { nullable: true }) endedBy!: string | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('text', { nullable: true }) endingOpinion!: string | null;
  @Column('integer') version!: number;
}
