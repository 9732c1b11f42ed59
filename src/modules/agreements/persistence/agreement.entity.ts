import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AgreementState } from '../domain/agreement-lifecycle';
import type { AgreementKind, ObligationKind, Relation, VoidGround } from '../domain/dictionaries';

@Entity('agreement')
export class Agreement {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('integer') ordinal!: number;
  @Column('text') kind!: AgreementKind;
  @Column('text') relation!: Relation;
  @Column('uuid', { nullable: true }) baseId!: string | null;
  @Column('text') state!: AgreementState;
  @Column('boolean') isPartial!: boolean;
  @Column('uuid', { array: true }) excludedPartyIds!: string[];
  @Column('text', { nullable: true }) facts!: string | null;
  @Column('text', { nullable: true }) responsibilities!: string | null;
  @Column('text', { array: true }) clauses!: string[];
  @Column('text', { nullable: true }) performanceNote!: string | null;
  @Column('text', { nullable: true }) breachClause!: string | null;
  @Column('uuid', { array: true }) electronicPartyIds!: string[];
  @Column('date', { nullable: true }) electronicAgreedOn!: string | null;
  @Column('integer') round!: number;
  @Column('uuid', { array: true }) partyIds!: string[];
  @Column('integer', { nullable: true }) copies!: number | null;
  @Column('text', { nullable: true }) contentHash!: string | null;
  @Column('text', { nullable: true }) templateHash!: string | null;
  @Column('text', { nullable: true }) signingCopySha256!: string | null;
  @Column('text', { nullable: true }) frozenDataEncrypted!: string | null;
  @Column('uuid', { nullable: true }) frozenBy!: string | null;
  @Column('timestamptz', { nullable: true }) frozenAt!: Date | null;
  @Column('text', { nullable: true }) number!: string | null;
  @Column('timestamptz', { nullable: true }) reachedAt!: Date | null;
  @Column('text', { nullable: true }) reachedPlace!: string | null;
  @Column('uuid', { nullable: true }) paperId!: string | null;
  @Column('uuid', { nullable: true }) sealedBy!: string | null;
  @Column('timestamptz', { nullable: true }) sealedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) effectiveAt!: Date | null;
  @Column('date', { nullable: true }) effectiveOn!: string | null;
  @Column('date', { nullable: true }) confirmationDueOn!: string | null;
  @Column('boolean', { nullable: true }) confirmationIsProvisional!: boolean | null;
  @Column('text', { array: true, nullable: true }) confirmationExplanation!: string[] | null;
  @Column('text', { nullable: true }) confirmationCalendar!: string | null;
  @Column('uuid', { nullable: true }) confirmationRuleId!: string | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('uuid', { nullable: true }) endedBy!: string | null;
  @Column('text', { nullable: true }) endGround!: VoidGround | null;
  @Column('text', { nullable: true }) endReason!: string | null;
  @Column('uuid', { nullable: true }) createdBy!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('integer') version!: number;
}

@Entity('agreement_obligation')
export class AgreementObligation {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') agreementId!: string;
  @Column('integer') ordinal!: number;
  @Column('text') kind!: ObligationKind;
  @Column('uuid', { nullable: true }) obligorId!: string | null;
  @Column('uuid', { nullable: true }) obligeeId!: string | null;
  @Column('text') content!: string;
  @Column('bigint', { nullable: true }) amountFen!: number | null;
  @Column('date', { nullable: true }) dueOn!: string | null;
  @Column('text', { nullable: true }) place!: string | null;
  @Column('text', { nullable: true }) manner!: string | null;
  @Column('uuid', { nullable: true }) replacesItemId!: string | null;
}

@Entity('agreement_instalment')
export class AgreementInstalment {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') obligationId!: string;
  @Column('integer') ordinal!: number;
  @Column('bigint') amountFen!: number;
  @Column('date') dueOn!: string;
}
