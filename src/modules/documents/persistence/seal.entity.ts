import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SealOrigin, SealState } from '../domain/seal-lifecycle';

@Entity('committee_seal')
export class CommitteeSeal {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') committeeId!: string;
  @Column('text') name!: string;
  @Column('text') code!: string;
  @Column('text') origin!: SealOrigin;
  @Column('text') algorithm!: string;
  @Column('text') certificatesPem!: string;
  /** Null when the key lies elsewhere, under `keyName`. */
  @Column('text', { nullable: true }) privateKeyEncrypted!: string | null;
  @Column('text', { nullable: true }) keyName!: string | null;
  @Column('text') subjectName!: string;
  @Column('text') issuerName!: string;
  @Column('text') serialNumber!: string;
  @Column('timestamptz') validFrom!: Date;
  @Column('timestamptz') validTo!: Date;
  @Column('boolean') requiresSecondPerson!: boolean;
  @Column('uuid', { nullable: true }) installedBy!: string | null;
  @Column('timestamptz') installedAt!: Date;
  @Column('text') state!: SealState;
  @Column('timestamptz', { nullable: true }) retiredAt!: Date | null;
  @Column('uuid', { nullable: true }) retiredBy!: string | null;
  @Column('text', { nullable: true }) retireReason!: string | null;
  @Column('integer') version!: number;
}

@Entity('seal_use')
export class SealUse {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') sealId!: string;
  @Column('uuid') committeeId!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') paperId!: string;
  @Column('uuid', { nullable: true }) usedBy!: string | null;
  @Column('uuid', { nullable: true }) requestedBy!: string | null;
  @Column('timestamptz') usedAt!: Date;
  @Column('text') documentSha256!: string;
  @Column('text') purpose!: string;
  @Column('text') level!: 'B-B' | 'B-T';
  @Column('text', { nullable: true }) timestampProblem!: string | null;
}

@Entity('trust_anchor')
export class TrustAnchor {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') purpose!: 'seal' | 'timestamp';
  @Column('text') subjectName!: string;
  @Column('text') fingerprint!: string;
  @Column('text') certificatePem!: string;
  @Column('timestamptz') validTo!: Date;
  @Column('uuid', { nullable: true }) addedBy!: string | null;
  @Column('timestamptz') addedAt!: Date;
}

@Entity('demo_authority')
export class DemoAuthority {
  @PrimaryColumn('text') kind!: 'root' | 'timestamp';
  @Column('text') certificatesPem!: string;
  @Column('text') privateKeyEncrypted!: string;
  @Column('timestamptz') createdAt!: Date;
}
