import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Form, ReportState, RowsBy } from '../domain/forms';
import type { Dimension } from '../domain/national';
import type { Span } from '../domain/periods';
import type { FrozenContent, Texts, Typed } from '../domain/content';

@Entity('report')
export class Report {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') centerId!: string;
  @Column('text') form!: Form;
  @Column('text') span!: Span;
  @Column('text') rowsBy!: RowsBy;
  @Column('date') fromOn!: string;
  @Column('date') toOn!: string;
  @Column('text') state!: ReportState;
  @Column('jsonb') texts!: Texts;
  @Column('jsonb') typed!: Typed;
  @Column('jsonb', { nullable: true }) content!: FrozenContent | null;
  @Column('uuid') madeBy!: string;
  @Column('text') madeByName!: string;
  @Column('timestamptz') madeAt!: Date;
  @Column('uuid', { nullable: true }) frozenBy!: string | null;
  @Column('text', { nullable: true }) frozenByName!: string | null;
  @Column('timestamptz', { nullable: true }) frozenAt!: Date | null;
  @Column('integer') version!: number;
}

/** One row of `report_fact` as entities name it; written by one statement for the whole period. */
@Entity('report_fact')
export class ReportFact {
  @PrimaryColumn('uuid') reportId!: string;
  @PrimaryColumn('text') kind!: string;
  @PrimaryColumn('uuid') subjectId!: string;
  @Column('uuid', { nullable: true }) disputeId!: string | null;
  @Column('text') unit!: string;
  @Column('text') body!: string;
  @Column('text') source!: string;
  @Column('text') type!: string;
  @Column('text', { nullable: true }) form!: string | null;
  @Column('boolean') success!: boolean;
  @Column('boolean') difficult!: boolean;
  @Column('bigint') people!: number;
  @Column('bigint') amount!: number;
  @Column('bigint') times!: number;
  @Column('bigint') matters!: number;
}

@Entity('report_correction')
export class ReportCorrection {
  @PrimaryColumn('uuid') reportId!: string;
  @PrimaryColumn('uuid') reportedIn!: string;
  @PrimaryColumn('text') unit!: string;
  @PrimaryColumn('text') cell!: string;
  @Column('bigint') before!: number;
  @Column('bigint') after!: number;
}

@Entity('report_mapping')
export class ReportMapping {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { nullable: true }) centerId!: string | null;
  @Column('text') dimension!: Dimension;
  @Column('text') fromKey!: string;
  @Column('text') toKey!: string;
  @Column('date') validFrom!: string;
  @Column('uuid', { nullable: true }) madeBy!: string | null;
  @Column('text') madeByName!: string;
  @Column('timestamptz') madeAt!: Date;
}

/** 排查、预防 on record. */
@Entity('prevention_record')
export class PreventionRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') centerId!: string;
  @Column('uuid', { nullable: true }) committeeId!: string | null;
  @Column('text') kind!: string;
  @Column('date') happenedOn!: string;
  @Column('integer') times!: number;
  @Column('integer') matters!: number;
  @Column('integer') persons!: number;
  @Column('text') note!: string;
  @Column('uuid') recordedBy!: string;
  @Column('text') recordedByName!: string;
  @Column('timestamptz') recordedAt!: Date;
  @Column('uuid', { nullable: true }) withdrawnBy!: string | null;
  @Column('timestamptz', { nullable: true }) withdrawnAt!: Date | null;
  @Column('text', { nullable: true }) withdrawReason!: string | null;
}
