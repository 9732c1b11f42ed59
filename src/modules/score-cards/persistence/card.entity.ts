import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CardPart } from '../domain/card';

@Entity('mediator_weights')
export class MediatorWeights {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { nullable: true }) centerId!: string | null;
  @Column('date') validFrom!: string;
  @Column('integer') agreed!: number;
  @Column('integer') settled!: number;
  @Column('integer') onTime!: number;
  @Column('integer') performed!: number;
  @Column('integer') lasting!: number;
  @Column('integer') satisfied!: number;
  @Column('integer') records!: number;
  @Column('integer') shownFrom!: number;
  @Column('text') basis!: string;
  @Column('uuid', { nullable: true }) madeBy!: string | null;
  @Column('text') madeByName!: string;
  @Column('timestamptz') madeAt!: Date;
}

@Entity('card_appeal')
export class CardAppeal {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') centerId!: string;
  @Column('uuid') mediatorId!: string;
  @Column('text') mediatorName!: string;
  @Column('date') fromOn!: string;
  @Column('date') toOn!: string;
  @Column('text') part!: CardPart;
  @Column('uuid', { nullable: true }) subjectId!: string | null;
  @Column('text', { nullable: true }) number!: string | null;
  @Column('text') reason!: string;
  @Column('timestamptz') lodgedAt!: Date;
  @Column('date') dueOn!: string;
  @Column('text', { nullable: true }) outcome!: 'granted' | 'dismissed' | null;
  @Column('text', { nullable: true }) rulingReason!: string | null;
  @Column('uuid', { nullable: true }) ruledBy!: string | null;
  @Column('text', { nullable: true }) ruledByName!: string | null;
  @Column('timestamptz', { nullable: true }) ruledAt!: Date | null;
  @Column('integer') version!: number;
}
