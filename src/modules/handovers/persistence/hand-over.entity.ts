import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Duty, HandOverState, ItemOutcome, OverrideGround } from '../domain/dictionaries';

@Entity('hand_over')
export class HandOver {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') centerId!: string;
  @Column('uuid') leaverId!: string;
  @Column('text') leaverName!: string;
  @Column('uuid') successorId!: string;
  @Column('text') successorName!: string;
  @Column('date') leavesOn!: string;
  @Column('text') reason!: string;
  @Column('text') state!: HandOverState;
  @Column('integer') round!: number;
  @Column('uuid', { array: true, nullable: true }) disputeIds!: string[] | null;
  @Column('jsonb') beside!: readonly string[];
  @Column('timestamptz') packedAt!: Date;
  @Column('uuid') madeBy!: string;
  @Column('text') madeByName!: string;
  @Column('timestamptz') madeAt!: Date;
  @Column('timestamptz', { nullable: true }) leaverSignedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) successorSignedAt!: Date | null;
  @Column('text', { nullable: true }) overrideGround!: OverrideGround | null;
  @Column('text', { nullable: true }) overrideReason!: string | null;
  @Column('uuid', { nullable: true }) overriddenBy!: string | null;
  @Column('text', { nullable: true }) overriddenByName!: string | null;
  @Column('timestamptz', { nullable: true }) overriddenAt!: Date | null;
  @Column('timestamptz', { nullable: true }) doneAt!: Date | null;
  @Column('text', { nullable: true }) cancelReason!: string | null;
  @Column('uuid', { nullable: true }) cancelledBy!: string | null;
  @Column('timestamptz', { nullable: true }) cancelledAt!: Date | null;
  @Column('integer') version!: number;
}

@Entity('hand_over_item')
export class HandOverItem {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') handOverId!: string;
  @Column('integer') round!: number;
  @Column('uuid') disputeId!: string;
  @Column('text') number!: string;
  @Column('text') title!: string;
  @Column('text', { array: true }) duties!: Duty[];
  @Column('jsonb') standing!: readonly string[];
  @Column('text', { nullable: true }) outcome!: ItemOutcome | null;
  @Column('timestamptz', { nullable: true }) movedAt!: Date | null;
}
