import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant } from '../../../kernel';
import { UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import { Representative } from '../persistence/party.entity';
import { PartyActs } from './party-acts';
import { PartyViews } from './party-views';

@Injectable()
export class EndRepresentative {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly acts: PartyActs,
    private readonly matters: Matters,
    private readonly views: PartyViews,
  ) {}

  /** Ends a representation from today on: revoked, resigned, the guardian replaced. What was done before stands. */
  async execute(representativeId: string, { reason }: { readonly reason: string }) {
    return this.unitOfWork.run(async (tx) => {
      const found = await tx.get(Representative, representativeId);
      const { matter, party } = await this.acts.open(tx, found.partyId, 'end-representative');
      const representative = await tx.lock(Representative, representativeId);
      if (representative.endedOn !== null) {
        throw new DomainError('conflict', 'parties.representation-ended', '该代理已经终止，请刷新后查看。');
      }
      await tx.update(Representative, representativeId, { endedOn: legalDateFromInstant(tx.now), endReason: reason });
      await this.matters.record(tx, matter.dispute, {
        act: 'parties.end-representative',
        objectType: 'representative',
        objectId: representativeId,
        opinion: reason,
        details: { partyId: party.id, kind: representative.kind },
      });
      return this.views.one(tx, matter, party.id);
    });
  }
}
