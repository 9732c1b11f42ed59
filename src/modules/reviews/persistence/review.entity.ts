import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Stratum } from '../domain/draw';
import type { FindingAnswer, Grade, Mark } from '../domain/points';
import type { ReviewState } from '../domain/review-lifecycle';

@Entity('review_round')
export class ReviewRound {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') centerId!: string;
  @Column('text') title!: string;
  @Column('date') fromOn!: string;
  @Column('date') toOn!: string;
  @Column('integer') share!: number;
  @Column('integer') atLeast!: number;
  @Column('integer') answerDays!: number;
  @Column('integer') excellentFrom!: number;
  @Column('integer') passingFrom!: number;
  @Column('text') seed!: string;
  @Column('jsonb') pool!: readonly Stratum[];
  @Column('uuid') drawnBy!: string;
  @Column('text') drawnByName!: string;
  @Column('timestamptz') drawnAt!: Date;
  @Column('uuid', { nullable: true }) cancelledBy!: string | null;
  @Column('timestamptz', { nullable: true }) cancelledAt!: Date | null;
  @Column('text', { nullable: true }) cancelReason!: string | null;
  @Column('integer') version!: number;
}

@Entity('review_file')
export class ReviewFile {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') roundId!: string;
  @Column('uuid') disputeId!: string;
  @Column('integer') volume!: number;
  @Column('integer') ordinal!: number;
  @Column('uuid') mediatorId!: string;
  @Column('text') mediatorName!: string;
  @Column('uuid', { nullable: true }) reviewerId!: string | null;
  @Column('text', { nullable: true }) reviewerName!: string | null;
  @Column('text') state!: ReviewState;
  @Column('jsonb', { nullable: true }) marks!: readonly Mark[] | null;
  @Column('integer', { nullable: true }) total!: number | null;
  @Column('text', { nullable: true }) grade!: Grade | null;
  @Column('timestamptz', { nullable: true }) reviewedAt!: Date | null;
  @Column('date', { nullable: true }) answerDueOn!: string | null;
  @Column('jsonb', { nullable: true }) answers!: readonly FindingAnswer[] | null;
  @Column('uuid', { nullable: true }) answeredBy!: string | null;
  @Column('text', { nullable: true }) answeredByName!: string | null;
  @Column('timestamptz', { nullable: true }) answeredAt!: Date | null;
  @Column('text', { nullable: true }) returnReason!: string | null;
  @Column('timestamptz', { nullable: true }) closedAt!: Date | null;
  @Column('integer') version!: number;
}
