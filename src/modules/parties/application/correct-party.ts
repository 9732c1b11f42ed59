import { Injectable } from '@nestjs/common';
import { legalDateFromInstant } from '../../../kernel';
import { UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import { isMinorOn } from '../domain/may-sign';
import type { CheckedParticulars, Particulars } from '../domain/particulars';
import { Party } from '../persistence/party.entity';
import { PartyActs } from './party-acts';
import { PartyRegister } from './party-register';
import { PartyViews } from './party-views';

export interface CorrectPartyCommand extends Particulars {
  readonly reason: string;
}

@Injectable()
export class CorrectParty {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly acts: PartyActs,
    private readonly register: PartyRegister,
    private readonly matters: Matters,
    private readonly views: PartyViews,
  ) {}

  /**
   * Replaces the particulars of a party by corrected ones, with the reason. What is left out is cleared, except what the
   * reader only ever sees masked (numbers, address, birthday, aliases of a minor): it stays unless given anew.
   */
  async execute(partyId: string, { reason, ...given }: CorrectPartyCommand) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, party, parties } = await this.acts.open(tx, partyId, 'correct');
      tx.checkVersion(party);
      const before = this.views.particularsOf(party);
      const particulars: Particulars = {
        ...given,
        ...this.kept(given, before, isMinorOn(party, legalDateFromInstant(tx.now))),
      };
      const checked = this.register.check(tx, particulars);
      const fields = changedFields(before, checked);
      const columns = this.register.columns(partyId, checked);
      this.register.refuseTwice(columns, parties, '', partyId);
      await tx.update(Party, partyId, { ...columns, updatedAt: tx.now });
      await this.acts.note(tx, party, {
        act: 'correct',
        fields,
        reason,
        before: Object.fromEntries(fields.map((f) => [f, before[f]])),
      });
      await this.matters.record(tx, matter.dispute, {
        act: 'parties.correct',
        objectType: 'party',
        objectId: partyId,
        opinion: reason,
        details: { fields },
      });
      return this.views.one(tx, matter, partyId);
    });
  }

  private kept(given: Particulars, before: CheckedParticulars, isMinor: boolean): Partial<Particulars> {
    const sameKind = given.kind === before.kind;
    return {
      ...(given.phone === undefined && before.phone !== null ? { phone: before.phone } : {}),
      ...(given.address === undefined && before.address !== null ? { address: before.address } : {}),
      ...(sameKind && given.birthOn === undefined && before.birthOn !== null ? { birthOn: before.birthOn } : {}),
      ...(sameKind &&
      given.capacityProof === undefined &&
      given.capacity === before.capacity &&
      before.capacityProof !== null
        ? { capacityProof: before.capacityProof }
        : {}),
      ...(isMinor && given.aliases === undefined ? { aliases: [...before.aliases] } : {}),
      ...(sameKind &&
      given.documentNumber === undefined &&
      given.documentKind === undefined &&
      before.documentKind !== null &&
      before.documentNumber !== null
        ? { documentKind: before.documentKind, documentNumber: before.documentNumber }
        : {}),
      ...(sameKind && given.creditCode === undefined && before.creditCode !== null
        ? { creditCode: before.creditCode }
        : {}),
    };
  }
}

function changedFields(before: CheckedParticulars, after: CheckedParticulars): (keyof CheckedParticulars)[] {
  const keys = Object.keys(after) as (keyof CheckedParticulars)[];
  return keys.filter((key) => key !== 'nameKey' && JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}
