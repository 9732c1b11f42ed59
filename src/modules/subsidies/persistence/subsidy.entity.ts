import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ListState } from '../domain/list-lifecycle';
import type { AgreementForm, HoldReason, SubsidyGrade } from '../domain/rates';

@Entity('subsidy_rules')
export class SubsidyRules {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') centerId!: string;
  @Column('date') validFrom!: string;
  @Column('text') basis!: string;
  @Column('uuid') madeBy!: string;
  @Column('text') madeByName!: string;
  @Column('timestamptz') madeAt!: Date;
}

@Entity('subsidy_rate')
export class SubsidyRate {
  @PrimaryColumn('uuid') rulesId!: string;
  @PrimaryColumn('text') grade!: SubsidyGrade;
  @PrimaryColumn('text') form!: AgreementForm;
  @PrimaryColumn('boolean') isDifficult!: boolean;
  @Column('bigint') amountFen!: number;
}

@Entity('subsidy_list')
export class SubsidyList {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') centerId!: string;
  @Column('date') fromOn!: string;
  @Column('date') toOn!: string;
  @Column('text') state!: ListState;
  @Column('bigint') totalFen!: number;
  @Column('uuid') madeBy!: string;
  @Column('text') madeByName!: string;
  @Column('timestamptz') madeAt!: Date;
  @Column('uuid', { nullable: true }) checkedBy!: string | null;
  @Column('text', { nullable: true }) checkedByName!: string | null;
  @Column('timestamptz', { nullable: true }) checkedAt!: Date | null;
  @Column('uuid', { nullable: true }) approvedBy!: string | null;
  @Column('text', { nullable: true }) approvedByName!: string | null;
  @Column('timestamptz', { nullable: true }) approvedAt!: Date | null;
  @Column('date', { nullable: true }) paidOn!: string | null;
  @Column('text', { nullable: true }) paidNote!: string | null;
  @Column('text', { nullable: true }) paidByName!: string | null;
  @Column('text', { nullable: true }) cancelReason!: string | null;
  @Column('text', { nullable: true }) cancelledByName!: string | null;
  @Column('timestamptz', { nullable: true }) cancelledAt!: Date | null;
  @Column('integer') version!: number;
}

@Entity('subsidy_line')
export class SubsidyLine {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') listId!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') agreementId!: string;
  @Column('uuid') mediatorId!: string;
  @Column('text') mediatorName!: string;
  @Column('date') agreedOn!: string;
  @Column('text') form!: AgreementForm;
  @Column('boolean') isDifficult!: boolean;
  @Column('text') grade!: SubsidyGrade;
  @Column('text') state!: 'counted' | 'held' | 'dropped';
  @Column('bigint', { nullable: true }) amountFen!: number | null;
  @Column('text', { nullable: true }) holdReason!: HoldReason | null;
}
