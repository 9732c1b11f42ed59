import { Injectable } from '@nestjs/common';
import { legalDateFromInstant, ruleViolation } from '../../../kernel';
import { UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import type { Particulars } from '../domain/particulars';
import { Party } from '../persistence/party.entity';
import { PartyActs } from './party-acts';
import { PartyRegister } from './party-register';
import { PartyViews } from './party-views';

export interface SucceedPartyCommand {
  readonly diedOn: string;
  readonly reason: string;
  readonly successors: readonly Particulars[];
}

@Injectable()
export class SucceedParty {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly acts: PartyActs,
    private readonly register: PartyRegister,
    private readonly matters: Matters,
    private readonly views: PartyViews,
  ) {}

  /**
   * Records the death of a party and who takes its place, on the same side. Powers given by the dead end (民法典第一百七十三条
   * 第四项、第一百七十五条第三项); every successor is asked for consent and told of rights anew.
   */
  async execute(partyId: string, { diedOn, reason, successors }: SucceedPartyCommand) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, party, parties, next } = await this.acts.open(tx, partyId, 'succeed');
      tx.checkVersion(party);
      const today = legalDateFromInstant(tx.now);
      if (diedOn > today || (party.birthOn !== null && diedOn < party.birthOn)) {
        throw ruleViolation(
          'parties.death-impossible',
          '死亡日期晚于今天或者早于出生日期，请对照证明核对。',
          '/diedOn',
        );
      }
      await tx.update(Party, partyId, {
        state: next,
        stateReason: reason,
        stateChangedAt: tx.now,
        diedOn,
        updatedAt: tx.now,
      });
      await tx.query(
        `update representative set ended_on = greatest($3::date, valid_from), end_reason = $4, version = version + 1
          where dispute_id = $1 and party_id = $2 and ended_on is null`,
        [party.disputeId, partyId, diedOn, '被代理人死亡，代理终止'],
      );
      const entered: Party[] = [];
      for (const [index, given] of successors.entries()) {
        const pointer = `/successors/${index}`;
        const checked = this.register.check(tx, { ...given, side: given.side ?? party.side ?? undefined }, pointer);
        entered.push(
          await this.register.enter(tx, party.disputeId, checked, [...parties, ...entered], {
            pointer,
            succeedsPartyId: partyId,
          }),
        );
      }
      await this.acts.note(tx, party, {
        act: 'succeed',
        fields: ['state', 'diedOn'],
        reason,
        before: { state: party.state },
      });
      await this.matters.record(tx, matter.dispute, {
        act: 'parties.succeed',
        fromState: party.state,
        toState: next,
        objectType: 'party',
        objectId: partyId,
        opinion: reason,
        details: { ordinal: party.ordinal, successors: entered.map((p) => p.id) },
      });
      return this.views.all(tx, matter);
    });
  }
}
