import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ObligationKind, PerformanceManner, Receipt, ReceiptChannel, RecordKind } from '../domain/dictionaries';
import type { PerformanceState } from '../domain/performance-lifecycle';

@Entity('performance_item')
export class PerformanceItem {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') agreementId!: string;
  @Column('integer') ordinal!: number;
  @Column('uuid') obligationId!: string;
  @Column('uuid', { nullable: true }) instalmentId!: string | null;
  @Column('uuid') obligorId!: string;
  @Column('uuid') obligeeId!: string;
  @Column('text') kind!: ObligationKind;
  @Column('text') content!: string;
  @Column('bigint', { nullable: true }) amountFen!: number | null;
  @Column('bigint') performedFen!: number;
  @Column('date') dueOn!: string;
  @Column('text') state!: PerformanceState;
  @Column('date', { nullable: true }) performedOn!: string | null;
  @Column('timestamptz', { nullable: true }) breachedAt!: Date | null;
  @Column('text', { nullable: true }) breachReason!: string | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('integer') version!: number;
}

@Entity('performance_record')
export class PerformanceRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') itemId!: string;
  @Column('text') kind!: RecordKind;
  @Column('bigint', { nullable: true }) amountFen!: number | null;
  @Column('date', { nullable: true }) performedOn!: string | null;
  @Column('text', { nullable: true }) manner!: PerformanceManner | null;
  @Column('boolean', { nullable: true }) isConfirmedByObligee!: boolean | null;
  @Column('text', { nullable: true }) receipt!: Receipt | null;
  @Column('date', { nullable: true }) receiptDueOn!: string | null;
  @Column('uuid', { array: true }) attachmentIds!: string[];
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { nullable: true }) recordedBy!: string | null;
  @Column('timestamptz') recordedAt!: Date;
  @Column('timestamptz', { nullable: true }) retractedAt!: Date | null;
  @Column('uuid', { nullable: true }) retractedBy!: string | null;
  @Column('text', { nullable: true }) retractReason!: string | null;
}

/** What an obligee said of a performance on record, or what was held of it: never changed. */
@Entity('receipt_word')
export class ReceiptWord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') recordId!: string;
  @Column('text') said!: Exclude<Receipt, 'awaited'>;
  @Column('uuid', { nullable: true }) partyId!: string | null;
  @Column('text') channel!: ReceiptChannel;
  @Column('text', { nullable: true }) words!: string | null;
  @Column('timestamptz') saidAt!: Date;
  @Column('uuid', { nullable: true }) recordedBy!: string | null;
}
