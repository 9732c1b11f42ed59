import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ClauseSection, ObligationKind } from '../domain/dictionaries';

@Entity('agreement_clause')
export class AgreementClause {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { nullable: true }) centerId!: string | null;
  @Column('uuid', { nullable: true }) replacesId!: string | null;
  @Column('text', { nullable: true }) disputeType!: string | null;
  @Column('text') section!: ClauseSection;
  @Column('text') title!: string;
  @Column('text') text!: string;
  @Column('integer') ordinal!: number;
  @Column('text', { nullable: true }) obligationKind!: ObligationKind | null;
  @Column('text', { nullable: true }) obligationContent!: string | null;
  @Column('text', { nullable: true }) obligationPlace!: string | null;
  @Column('text', { nullable: true }) obligationManner!: string | null;
  @Column('uuid', { nullable: true }) createdBy!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) retiredAt!: Date | null;
  @Column('integer') version!: number;
}
