import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { Matters } from '../../disputes';
import type { ContactChannel, ContactOutcome, ContactedPerson } from '../domain/dictionaries';
import { ContactAttempt } from '../persistence/party.entity';
import { countUnreachableAttempts } from '../persistence/consent-rows';
import { PartyActs, actorName } from './party-acts';
import { refuseFuture } from './record-consent';

export interface LogContactCommand {
  readonly at: string;
  readonly channel: ContactChannel;
  readonly contacted: ContactedPerson;
  readonly contactedName?: string;
  readonly purpose?: string;
  readonly basis?: string;
  readonly outcome: ContactOutcome;
  readonly note?: string;
}

@Injectable()
export class LogContact {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly acts: PartyActs,
    private readonly matters: Matters,
  ) {}

  /**
   * Records an attempt to reach a party. Speaking with anyone else discloses something of the matter: whom, why and on
   * what ground is written down (个人信息保护法第二十三条、第二十五条).
   */
  async execute(partyId: string, command: LogContactCommand) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, party } = await this.acts.open(tx, partyId, 'log-contact');
      const at = new Date(command.at);
      refuseFuture(at, tx.now, 'at', '联系时间');
      const isThirdPerson = command.contacted !== 'party' && command.contacted !== 'representative';
      for (const [field, label] of [
        ['contactedName', '联系人姓名'],
        ['purpose', '联系目的'],
        ['basis', '告知的依据'],
      ] as const) {
        if (isThirdPerson && command[field] === undefined) {
          throw ruleViolation(
            'parties.disclosure-ungrounded',
            `联系本人以外的人会向其透露本案情况，请填写${label}。`,
            `/${field}`,
          );
        }
      }
      if (command.outcome === 'reached' && isThirdPerson) {
        throw ruleViolation(
          'parties.reached-another',
          '联系上的是他人，不是当事人本人，结果请选“已请他人转告”。',
          '/outcome',
        );
      }
      const id = uuidv7();
      await tx.insert(ContactAttempt, {
        id,
        disputeId: party.disputeId,
        partyId,
        at,
        channel: command.channel,
        contacted: command.contacted,
        contactedName: command.contactedName ?? null,
        purpose: command.purpose ?? null,
        basis: command.basis ?? null,
        outcome: command.outcome,
        note: command.note ?? null,
        madeBy: tx.actor.accountId,
        madeByName: actorName(tx),
        recordedAt: tx.now,
      });
      await this.matters.record(tx, matter.dispute, {
        act: 'parties.log-contact',
        objectType: 'party',
        objectId: partyId,
        details: {
          ordinal: party.ordinal,
          contacted: command.contacted,
          channel: command.channel,
          outcome: command.outcome,
        },
      });
      return { id, unreachableAttempts: await countUnreachableAttempts(tx, party.disputeId) };
    });
  }
}
