import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DueKind, Tab } from '../domain/dictionaries';
import type { StepKey } from '../domain/steps';

/** A matter copied to a colleague for information. */
@Entity('dispute_copy')
export class DisputeCopy {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') disputeId!: string;
  @Column('uuid') accountId!: string;
  @Column('text') reason!: string;
  @Column('uuid') copiedBy!: string;
  @Column('timestamptz') copiedAt!: Date;
}

/** Where a matter stands, as made from its traces. */
@Entity('worklist_matter')
export class WorklistMatter {
  @PrimaryColumn('uuid') disputeId!: string;
  @Column('uuid') centerId!: string;
  @Column('boolean') isOpen!: boolean;
  @Column('text', { nullable: true }) step!: StepKey | null;
  @Column('text', { nullable: true }) holder!: string | null;
  @Column('timestamptz', { nullable: true }) since!: Date | null;
  @Column('text', { nullable: true }) dueKind!: DueKind | null;
  @Column('date', { nullable: true }) dueOn!: string | null;
  @Column('timestamptz', { nullable: true }) dueAt!: Date | null;
  @Column('timestamptz', { nullable: true }) warnsAt!: Date | null;
  @Column('boolean') isPaused!: boolean;
  @Column('jsonb') waits!: readonly KeptWait[];
  @Column('text') rules!: string;
  @Column('timestamptz') keptAt!: Date;
}

/** One thing for which a matter waits, as JSON keeps it. */
export interface KeptWait {
  readonly step: StepKey;
  readonly holder: string | null;
  readonly since: string;
  readonly dueKind: DueKind | null;
  readonly dueOn: string | null;
  readonly dueAt: string | null;
  readonly warnsAt: string | null;
  readonly isPaused: boolean;
  readonly lineId: string;
}

/** A line of a worklist. */
@Entity('worklist_entry')
export class WorklistEntry {
  @PrimaryColumn('uuid') disputeId!: string;
  @PrimaryColumn('text') tab!: Tab;
  @PrimaryColumn('text') audience!: string;
  @PrimaryColumn('uuid') lineId!: string;
  @Column('smallint') phase!: number;
  @Column('timestamptz') sortAt!: Date;
  @Column('text', { nullable: true }) step!: StepKey | null;
  @Column('text', { nullable: true }) holder!: string | null;
  @Column('timestamptz') since!: Date;
  @Column('text', { nullable: true }) dueKind!: DueKind | null;
  @Column('date', { nullable: true }) dueOn!: string | null;
  @Column('timestamptz', { nullable: true }) dueAt!: Date | null;
  @Column('timestamptz', { nullable: true }) warnsAt!: Date | null;
  @Column('boolean') isPaused!: boolean;
  @Column('uuid', { array: true }) excluded!: string[];
  /** Where the matter belongs: row security asks it here. */
  @Column('uuid') centerId!: string;
  @Column('uuid', { nullable: true }) handlingCenterId!: string | null;
  @Column('uuid', { nullable: true }) committeeId!: string | null;
  @Column('uuid', { nullable: true }) handlingUnitId!: string | null;
  @Column('boolean') isSealed!: boolean;
}
