import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('agreement_draft')
export class AgreementDraft {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') agreementId!: string;
  @Column('integer') number!: number;
  @Column('text') dataEncrypted!: string;
  @Column('text') dataSha256!: string;
  @Column('uuid', { nullable: true }) writtenBy!: string | null;
  @Column('timestamptz') writtenAt!: Date;
  @Column('timestamptz', { nullable: true }) shownAt!: Date | null;
  @Column('integer', { nullable: true }) round!: number | null;
}
