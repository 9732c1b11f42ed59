import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('audit_entry')
export class AuditEntryRow {
  @PrimaryColumn('uuid') chain!: string;
  @PrimaryColumn('bigint') seq!: number;
  @Column('timestamptz') at!: Date;
  @Column('text') actorKind!: string;
  @Column('uuid', { nullable: true }) actorId!: string | null;
  @Column('text') act!: string;
  @Column('text') objectType!: string;
  @Column('uuid', { nullable: true }) objectId!: string | null;
  @Column('uuid', { nullable: true }) disputeId!: string | null;
  @Column('text') body!: string;
  @Column('bytea') previousMac!: Buffer;
  @Column('bytea') mac!: Buffer;
}
