import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { Dispute, Matters } from '../../disputes';
import { Party } from '../persistence/party.entity';
import { Consequences } from './consequences';
import { PartyActs } from './party-acts';
import { PartyViews } from './party-views';

@Injectable()
export class ChangeParticipation {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly acts: PartyActs,
    private readonly matters: Matters,
    private readonly consequences: Consequences,
    private readonly views: PartyViews,
  ) {}

  /**
   * - `exclude`: the others go on about what does not touch this party's share; the matter becomes a partial mediation,
   *   and this party's refusal no longer ends it
   * - `withdraw`: the party leaves
   * - `readmit`: back in, to be asked for consent anew
   */
  async execute(partyId: string, act: 'exclude' | 'withdraw' | 'readmit', { reason }: { readonly reason: string }) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, party, next } = await this.acts.open(tx, partyId, act);
      tx.checkVersion(party);
      await tx.update(Party, partyId, {
        state: next,
        stateReason: reason,
        stateChangedAt: tx.now,
        updatedAt: tx.now,
        ...(act === 'readmit' ? { consent: 'pending' as const, consentAt: null } : {}),
      });
      if (act === 'exclude' && !matter.dispute.isPartial)
        await tx.update(Dispute, party.disputeId, { isPartial: true, updatedAt: tx.now });
      await this.acts.note(tx, party, { act, fields: ['state'], reason, before: { state: party.state } });
      await this.matters.record(tx, matter.dispute, {
        act: `parties.${act}`,
        fromState: party.state,
        toState: next,
        objectType: 'party',
        objectId: partyId,
        opinion: reason,
        details: { ordinal: party.ordinal },
      });
      // Those who remain may have been waiting for this one alone.
      if (act !== 'readmit') await this.consequences.acceptWhenReady(tx, party.disputeId);
      return this.views.one(tx, matter, partyId);
    });
  }
}
