import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Matters } from '../../disputes';
import { Parties } from '../../parties';
import { MESSAGE_CHOICES, type MessageChoice as Answer } from '../domain/deliveries';
import { notBefore } from '../domain/quiet-hours';
import { MessageChoice } from '../persistence/message.entity';
import { KeepQuietHours } from './keep-quiet-hours';

/** Takes down whether a party wants messages; it may change its mind at any time. */
@Injectable()
export class RecordChoice {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly parties: Parties,
    private readonly quietHours: KeepQuietHours,
  ) {}

  async execute(disputeId: string, { partyId, answer, note }: { partyId: string; answer: Answer; note?: string }) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.matters.lock(tx, disputeId, 'messages.record-choice');
      const party = (await this.parties.list(tx, disputeId)).find((p) => p.id === partyId);
      if (!party) throw ruleViolation('messages.no-such-party', '这位当事人不在本事项中，请重新选择。', '/partyId');
      const id = uuidv7();
      await tx.insert(MessageChoice, {
        id,
        disputeId,
        partyId,
        answer,
        note: note ?? null,
        askedBy: tx.actor.accountId,
        askedByName: tx.actor.displayName ?? '',
        at: tx.now,
      });
      if (answer === 'agreed') await this.sendWhatWaited(tx, dispute.centerId, disputeId, partyId);
      await this.matters.record(tx, dispute, {
        act: 'messages.record-choice',
        opinion: `${MESSAGE_CHOICES[answer]}短信`,
        details: { party: party.ordinal, answer },
        objectType: 'message-choice',
        objectId: id,
      });
      return { id, partyId, answer };
    });
  }

  /** People are asked at the counter right after the matter was registered: what they missed that day by not having been asked goes out. */
  private async sendWhatWaited(tx: Tx, centerId: string, disputeId: string, partyId: string): Promise<void> {
    const opensAt = notBefore(tx.now, await this.quietHours.at(tx, centerId));
    await tx.asSystem(() =>
      tx.query(
        `update message_delivery set state = 'queued', unsent_reason = null, settled_at = null, not_before = $3
          where dispute_id = $1 and party_id = $2 and state = 'suppressed' and unsent_reason = 'not-asked'
            and created_at > $4::timestamptz - interval '24 hours'`,
        [disputeId, partyId, opensAt, tx.now],
      ),
    );
  }
}
