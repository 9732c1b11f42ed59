import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('party_word')
export class PartyWord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') partyId!: string;
  @Column('integer') volume!: number;
  @Column('boolean') isSolved!: boolean;
  @Column('boolean', { nullable: true }) isPerformed!: boolean | null;
  @Column('text', { nullable: true }) words!: string | null;
  @Column('uuid', { nullable: true }) helperAuthorityId!: string | null;
  @Column('timestamptz') saidAt!: Date;
}
