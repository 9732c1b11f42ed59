import { Injectable } from '@nestjs/common';
import { type PhoneNumber, maskPhone, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import {
  DELIVERY_CHANNELS,
  DELIVERY_STATES,
  type DeliveryChannel,
  isGroupChannel,
  maskEmail,
} from '../domain/deliveries';
import { MessageDelivery } from '../persistence/message.entity';
import { OutChannels } from './out-channels';
import { OwnContacts } from './own-contacts';
import { SendMessages } from './send-messages';

const TRIAL = '这是综治中心调解系统的试发消息，收到即说明通道可用，不必回复。';

interface ChannelCounts {
  readonly channel: DeliveryChannel;
  readonly waiting: number;
  readonly failed: number;
  readonly lastSentAt: Date | null;
}

/** The channels as the administrator sees them: which are set up, whether they work. */
@Injectable()
export class TryChannel {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly channels: OutChannels,
    private readonly contacts: OwnContacts,
    private readonly sender: SendMessages,
  ) {}

  async list() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'messages.list-channels');
      const counts = await tx.asSystem(() =>
        tx.query<ChannelCounts>(
          `select channel, count(*) filter (where state = 'queued')::int as waiting, count(*) filter (where state = 'failed')::int as failed,
                  max(settled_at) filter (where state = 'sent') as "lastSentAt"
             from message_delivery where created_at > $1::timestamptz - interval '30 days' group by channel`,
          [tx.now],
        ),
      );
      return {
        items: (Object.keys(DELIVERY_CHANNELS) as DeliveryChannel[]).map((channel) => {
          const found = counts.find((c) => c.channel === channel);
          const out = this.channels.of(channel);
          return {
            channel,
            channelName: DELIVERY_CHANNELS[channel],
            isOn: out !== null,
            host: out?.host ?? null,
            isForGroup: isGroupChannel(channel),
            waiting: found?.waiting ?? 0,
            failed: found?.failed ?? 0,
            lastSentAt: found?.lastSentAt?.toISOString() ?? null,
          };
        }),
        allowedActs: ['messages.try-channel'],
      };
    });
  }

  /** A message to oneself or to the group, which says no more than that it is a trial. */
  async execute(channel: DeliveryChannel) {
    const { id } = await this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'messages.try-channel');
      const accountId = tx.actor.accountId ?? '';
      const isOn = this.channels.of(channel) !== null;
      const [own] = await tx.asSystem(() => this.contacts.of(tx, [accountId]));
      const address = isGroupChannel(channel) ? null : ((channel === 'email' ? own?.email : own?.phone) ?? null);
      if (address === null && !isGroupChannel(channel)) {
        throw ruleViolation(
          'messages.no-own-contact',
          '试发发到您本人，请先在“消息接收”中登记您的手机号码或电子邮箱。',
          '/channel',
        );
      }
      const made = uuidv7();
      await tx.asSystem(() =>
        tx.insert(MessageDelivery, {
          id: made,
          cause: `trial:${made}`,
          kind: null,
          channel,
          recipient: address === null ? 'group' : `account:${accountId}`,
          recipientName: address === null ? '工作群' : (tx.actor.displayName ?? ''),
          accountId: address === null ? null : accountId,
          partyId: null,
          addressMasked:
            address === null ? null : channel === 'email' ? maskEmail(address) : maskPhone(address as PhoneNumber),
          centerId: null,
          disputeId: null,
          templateVersion: 0,
          text: TRIAL,
          state: isOn ? 'queued' : 'logged',
          unsentReason: isOn ? null : 'channel-off',
          notBefore: tx.now,
          attempts: 0,
          createdAt: tx.now,
          settledAt: isOn ? null : tx.now,
        }),
      );
      tx.audit({ act: 'messages.try-channel', objectType: 'message-delivery', objectId: made, details: { channel } });
      return { id: made };
    });
    // Outside the transaction; what is not taken at once goes on as every other message does.
    await this.sender.sweep();
    return this.unitOfWork.readAsSystem('messages', async (tx) => {
      const { state, lastError, text } = await tx.get(MessageDelivery, id);
      return { id, state, stateName: DELIVERY_STATES[state], error: lastError, text };
    });
  }
}
