import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  Confirmation,
  IntervieweeKind,
  InvestigationEntryKind,
  InvestigationMode,
  Ring,
} from '../domain/dictionaries';
import type { InvestigationState } from '../domain/investigation-lifecycle';

/** One question, answer or statement, with who said it. */
export interface InvestigationEntry {
  readonly kind: InvestigationEntryKind;
  readonly speaker: string;
  readonly text: string;
}

@Entity('investigation_record')
export class InvestigationRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('integer') number!: number;
  @Column('integer') revision!: number;
  @Column('uuid', { nullable: true }) supersedesId!: string | null;
  @Column('text') ring!: Ring;
  @Column('text') state!: InvestigationState;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text') mode!: InvestigationMode;
  @Column('text') intervieweeKind!: IntervieweeKind;
  @Column('uuid', { nullable: true }) partyId!: string | null;
  @Column('text') intervieweeName!: string;
  @Column('text') relation!: string;
  @Column('timestamptz') startedAt!: Date;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('text') place!: string;
  @Column('uuid', { array: true }) investigatorIds!: string[];
  @Column('text', { array: true }) investigatorNames!: string[];
  @Column('uuid', { nullable: true }) recorderId!: string | null;
  @Column('text') recorderName!: string;
  @Column('text', { nullable: true }) interpreterName!: string | null;
  @Column('text', { array: true }) present!: string[];
  @Column('jsonb') entries!: readonly InvestigationEntry[];
  @Column('text', { nullable: true }) confirmation!: Confirmation | null;
  @Column('text', { nullable: true }) confirmedByName!: string | null;
  @Column('text', { nullable: true }) confirmationNote!: string | null;
  @Column('timestamptz', { nullable: true }) confirmedAt!: Date | null;
  @Column('uuid') openedBy!: string;
  @Column('timestamptz') openedAt!: Date;
  @Column('integer') version!: number;
}
