import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import type { Capacity } from '../domain/dictionaries';

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
