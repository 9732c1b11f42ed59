import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CourtOutcomeKind } from '../domain/court-outcome';

/** Never changed, only retracted with a reason. */
@Entity('judicial_outcome')
export class JudicialOutcome {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') agreementId!: string;
  @Column('text') kind!: CourtOutcomeKind;
  @Column('date') happenedOn!: string;
  @Column('text') court!: string;
  @Column('text', { nullable: true }) caseNumber!: string | null;
  @Column('uuid', { nullable: true }) attachmentId!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid') recordedBy!: string;
  @Column('text') recordedByName!: string;
  @Column('timestamptz') recordedAt!: Date;
  @Column('uuid', { nullable: true }) retractedBy!: string | null;
  @Column('timestamptz', { nullable: true }) retractedAt!: Date | null;
  @Column('text', { nullable: true }) retractReason!: string | null;
}
