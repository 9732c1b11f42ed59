import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { type LoadedMatter, Matters } from '../../disputes';
import { endsByRefusal } from '../domain/consent-rules';
import { CONTACT_CHANNELS, type ContactChannel, type OtherRoute } from '../domain/dictionaries';
import type { Party } from '../persistence/party.entity';
import { takesPart } from './parties';

/** What consents and refusals do to the mediation of the matter, in the transaction of the act. */
@Injectable()
export class Consequences {
  constructor(private readonly matters: Matters) {}

  /** Accepts the mediation once everybody who takes part has agreed and signed for the notice. */
  async acceptWhenReady(tx: Tx, disputeId: string): Promise<boolean> {
    return this.matters.acceptMediationWhenReady(tx, disputeId);
  }

  /** Ends the mediation at once upon a refusal by one who takes part (人民调解法第十七条), with the routes told (第二十六条). */
  async endByRefusal(
    tx: Tx,
    { dispute }: LoadedMatter,
    party: Party,
    told: { readonly routes: readonly OtherRoute[]; readonly channel: ContactChannel },
  ): Promise<boolean> {
    if (!endsByRefusal(dispute.mediationState, takesPart(party))) return false;
    const explanation = `第${party.ordinal}位当事人明确拒绝调解。`;
    await this.matters.advanceMediation(tx, dispute.id, 'terminate-on-refusal', {
      opinion: explanation,
      details: { partyId: party.id },
      ending: {
        code: 'refused',
        explanation,
        routesTold: told.routes,
        toldHow: `征询意愿时以${CONTACT_CHANNELS[told.channel]}方式告知`,
      },
    });
    return true;
  }
}
