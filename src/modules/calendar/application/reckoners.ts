import { Injectable } from '@nestjs/common';
import type { LegalDate } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import type { ReckonedDeadline } from '../domain/dictionaries';

/** Which open deadlines are to be reckoned anew. */
export interface ReckoningScope {
  /** Deadlines that end before this day do not depend on what has changed. */
  readonly fromDay: LegalDate;
  /** Nor do those that begin after this day; null for no such day. */
  readonly toDay: LegalDate | null;
  /** Center whose hours have changed; null for all. */
  readonly centerId: string | null;
  /** Why, in words, for the records of the matters. */
  readonly reason: string;
}

/** A deadline before and after. Instants are the first that are too late; null while it stands still. */
export interface ReckonedChange {
  readonly disputeId: string;
  readonly taskId: string | null;
  readonly kind: ReckonedDeadline;
  readonly subjectId: string;
  readonly before: Date | null;
  readonly after: Date | null;
  readonly wasProvisional: boolean;
  readonly isProvisional: boolean;
  readonly calendarVersion: string;
}

export interface ReckonedBatch {
  readonly looked: number;
  /** The last row looked at; null when none was left. */
  readonly last: string | null;
  readonly changes: readonly ReckonedChange[];
}

/** Reckons the open deadlines of one kind anew, some at a time, in the order of their ids: those after the one named. */
export interface Reckoner {
  readonly name: string;
  reckon(tx: Tx, scope: ReckoningScope, after: string, limit: number): Promise<ReckonedBatch>;
  /** How many open deadlines of this kind wait for a year. */
  provisional(tx: Tx): Promise<number>;
}

/** Where modules that keep deadlines say how theirs are reckoned anew, so that the calendar need not know them. */
@Injectable()
export class Reckoners {
  private readonly reckoners = new Map<string, Reckoner>();

  register(reckoner: Reckoner): void {
    if (this.reckoners.has(reckoner.name)) throw new Error(`${reckoner.name} is reckoned already`);
    this.reckoners.set(reckoner.name, reckoner);
  }

  /** In an order of its own, so that a run goes on where it stopped, whatever was started first. */
  after(stage: string | null): Reckoner | undefined {
    const name = [...this.reckoners.keys()].sort().find((n) => stage === null || n > stage);
    return name === undefined ? undefined : this.reckoners.get(name);
  }

  named(stage: string): Reckoner | undefined {
    return this.reckoners.get(stage);
  }

  async provisional(tx: Tx): Promise<number> {
    let count = 0;
    for (const reckoner of this.reckoners.values()) count += await reckoner.provisional(tx);
    return count;
  }
}
