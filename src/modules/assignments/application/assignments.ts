import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { Dispute, Matters } from '../../disputes';
import type { Capacity } from '../domain/dictionaries';
import { Assignment } from '../persistence/assignment.entity';
import { type AssignCommand, AssignmentBook } from './assignment-book';

export interface ActiveAssignment {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly capacity: Capacity;
  readonly committeeId: string;
  readonly since: Date;
}

/** What other modules ask about who serves on a matter. */
@Injectable()
export class Assignments {
  constructor(
    private readonly matters: Matters,
    private readonly book: AssignmentBook,
  ) {}

  /** Refuses where the successor could not serve on the matter in the place of the other. */
  async checkSuccessor(tx: Tx, disputeId: string, fromAccountId: string, toAccountId: string): Promise<void> {
    const dispute = await tx.get(Dispute, disputeId);
    for (const { capacity } of await this.heldBy(tx, disputeId, fromAccountId))
      await this.book.check(tx, dispute, successorIn(capacity, toAccountId));
  }

  /** On a locked matter: puts the successor in each place of the one who leaves; a place that the successor holds already just ends. */
  async handOver(tx: Tx, disputeId: string, fromAccountId: string, toAccountId: string, reason: string): Promise<void> {
    const dispute = await tx.get(Dispute, disputeId);
    const there = await this.heldBy(tx, disputeId, toAccountId);
    for (const held of await this.heldBy(tx, disputeId, fromAccountId)) {
      const { capacity } = held;
      await this.book.leave(tx, held, 'replaced', reason, null);
      const present = there.find((a) => a.capacity === capacity);
      const next = present ?? (await this.book.enter(tx, dispute, successorIn(capacity, toAccountId)));
      await tx.query('update assignment set replaced_by_id = $2 where id = $1', [held.id, next.id]);
      await this.matters.record(tx, dispute, {
        act: 'assignments.replace',
        fromState: held.state,
        toState: 'replaced',
        opinion: reason,
        objectType: 'assignment',
        objectId: held.id,
        details: { capacity, successorId: next.id },
      });
    }
  }

  private async heldBy(tx: Tx, disputeId: string, accountId: string): Promise<Assignment[]> {
    const rows = await tx.query<{ id: string }>(
      'select id from assignment where dispute_id = $1 and account_id = $2 and ended_at is null order by id',
      [disputeId, accountId],
    );
    const held: Assignment[] = [];
    for (const { id } of rows) held.push(await tx.get(Assignment, id));
    return held;
  }

  /** Those in office now: the host first, then co-mediators, then the recorder. */
  async active(tx: Tx, disputeId: string): Promise<ActiveAssignment[]> {
    return tx.query<ActiveAssignment>(
      `select id, account_id as "accountId", name, capacity, committee_id as "committeeId", assigned_at as since
         from assignment where dispute_id = $1 and ended_at is null
        order by array_position(array['host', 'co-mediator', 'recorder'], capacity), assigned_at`,
      [disputeId],
    );
  }
}

function successorIn(capacity: Capacity, accountId: string): AssignCommand {
  return { accountId, capacity, chosenBy: 'committee', basis: '工作交接，由接任人接续办理' };
}
