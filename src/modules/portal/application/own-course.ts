import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { type Dispute, OUTCOMES } from '../../disputes';
import { Sessions } from '../../sessions';
import { type Progress, progressOf } from '../domain/progress';

/** Where a matter stands, as one of its parties is told. */
@Injectable()
export class OwnCourse {
  constructor(private readonly sessions: Sessions) {}

  async progress(tx: Tx, dispute: Dispute, partyId: string): Promise<Progress> {
    const { state, mediationState, route, outcome } = dispute;
    const [next] = await this.sessions.toCome(tx, dispute.id, partyId);
    return progressOf({
      state,
      mediationState,
      route,
      outcomeName: outcome === null ? null : OUTCOMES[outcome],
      nextSessionAt: next?.startsAt ?? null,
    });
  }
}
