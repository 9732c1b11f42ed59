import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import type { Particulars } from '../domain/particulars';
import { PartyActs } from './party-acts';
import { PartyRegister } from './party-register';
import { PartyViews } from './party-views';

@Injectable()
export class AddParty {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly acts: PartyActs,
    private readonly register: PartyRegister,
    private readonly matters: Matters,
    private readonly views: PartyViews,
  ) {}

  /** Enters a party into a matter. Answers it masked. */
  async execute(disputeId: string, particulars: Particulars) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, parties } = await this.acts.openToAdd(tx, disputeId);
      const checked = this.register.check(tx, particulars);
      const party = await this.register.enter(tx, disputeId, checked, parties);
      await this.matters.record(tx, matter.dispute, {
        act: 'parties.add',
        toState: party.state,
        objectType: 'party',
        objectId: party.id,
        details: { ordinal: party.ordinal, kind: party.kind },
      });
      return this.views.one(tx, matter, party.id);
    });
  }
}
