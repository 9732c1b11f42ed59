import { Injectable } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import { type PhoneNumber, maskPhone } from '../../../kernel';
import { Chores } from '../../../platform/chores';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { ChannelFailure } from '../../../platform/messaging';
import {
  type DeliveryChannel,
  type DeliveryState,
  type UnsentReason,
  maskEmail,
  waitAfter,
} from '../domain/deliveries';
import { MESSAGE_KINDS, type MessageKind, ruleOf } from '../domain/message-kinds';
import { notBefore } from '../domain/quiet-hours';
import { KeepQuietHours } from './keep-quiet-hours';
import { OutChannels } from './out-channels';
import { OwnContacts } from './own-contacts';
import { PartyAddresses } from './party-addresses';

const EVERY_MS = 5000;
/** Taken together and sent side by side: all tries end well before the lease does. */
const BATCH = 5;
const LEASE_SECONDS = 120;

interface Taken {
  readonly id: string;
  readonly kind: MessageKind | null;
  readonly channel: DeliveryChannel;
  readonly accountId: string | null;
  readonly partyId: string | null;
  readonly centerId: string | null;
  readonly disputeId: string | null;
  readonly text: string;
  readonly attempts: number;
  /** By which this turn holds the row. */
  readonly lease: Date;
  /** Instant of the try. */
  readonly at: Date;
}

interface Outcome {
  readonly state: DeliveryState;
  readonly unsent?: UnsentReason;
  readonly error?: string;
  readonly waitMs?: number;
  /** Where it went, masked. */
  readonly masked?: string | null;
}

/**
 * Sends what is due. Several instances share the work by SKIP LOCKED and a lease; one that dies in the middle leaves a lease that
 * runs out, and the message is tried again. So each row is settled once, and the outside is told at least once: the id of the row
 * goes along, by which a gateway recognises a repetition.
 */
@Injectable()
export class SendMessages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly channels: OutChannels,
    private readonly contacts: OwnContacts,
    private readonly partyAddresses: PartyAddresses,
    private readonly quietHours: KeepQuietHours,
    private readonly chores: Chores,
  ) {
    chores.add({ name: 'messages', everyMs: EVERY_MS, work: () => this.sweep() });
  }

  /** Tries everything that is due; answers how many tries were made. */
  async sweep(): Promise<number> {
    let tried = 0;
    for (let batch = await this.take(); batch.length > 0; batch = this.chores.isStopped ? [] : await this.take()) {
      await Promise.all(batch.map((one) => this.try(one)));
      tried += batch.length;
    }
    return tried;
  }

  private async take(): Promise<Taken[]> {
    return this.unitOfWork.runAsSystem('messages', async (tx) => {
      const rows = await tx.query<Omit<Taken, 'at'>>(
        `update message_delivery m set attempts = attempts + 1, lease_until = $1::timestamptz + make_interval(secs => ${LEASE_SECONDS})
          where m.id in (select id from message_delivery
                          where state = 'queued' and not_before <= $1 and (lease_until is null or lease_until <= $1)
                          order by not_before, created_at, id limit ${BATCH} for update skip locked)
          returning m.id, m.kind, m.channel, m.account_id as "accountId", m.party_id as "partyId", m.center_id as "centerId",
                    m.dispute_id as "disputeId", m.text, m.attempts, m.lease_until as lease`,
        [tx.now],
      );
      return rows.map((row) => ({ ...row, at: tx.now }));
    });
  }

  private async try(message: Taken): Promise<void> {
    const outcome = await this.outcomeOf(message);
    await this.unitOfWork.runAsSystem('messages', (tx) => this.settle(tx, message, outcome));
  }

  private async outcomeOf(message: Taken): Promise<Outcome> {
    const { id, kind, text, attempts, at } = message;
    const channel = this.channels.of(message.channel);
    if (channel === null) return { state: 'logged', unsent: 'channel-off' };
    let to: string | null = null;
    try {
      const address = await this.unitOfWork.readAsSystem('messages', (tx) => this.addressOf(tx, message));
      if (address !== null && 'unsent' in address) return { state: 'suppressed', unsent: address.unsent };
      to = address?.to ?? null;
      const subject = kind === null ? '试发' : MESSAGE_KINDS[kind];
      await channel.send({ id, to, subject, text, at });
      return { state: 'sent', masked: maskedFor(message.channel, to) };
    } catch (error) {
      const failure = error instanceof ChannelFailure ? error : null;
      const said = failure?.message ?? '程序出错，请查看运行日志';
      const waitMs = waitAfter(attempts, failure?.isPermanent ?? false, randomInt(1000) / 1000);
      const went = { error: said, masked: maskedFor(message.channel, to) };
      return waitMs === null ? { state: 'failed', ...went } : { state: 'queued', ...went, waitMs };
    }
  }

  /** Read anew at each try: a corrected number counts, and so does a party that has changed its mind. */
  private async addressOf(
    tx: Tx,
    { channel, accountId, partyId, disputeId }: Taken,
  ): Promise<{ readonly to: string } | { readonly unsent: UnsentReason } | null> {
    if (accountId !== null) {
      const [contact] = await this.contacts.of(tx, [accountId]);
      const to = (channel === 'email' ? contact?.email : contact?.phone) ?? null;
      return to === null ? { unsent: 'no-phone' } : { to };
    }
    if (partyId === null || disputeId === null) return null;
    const found = (await this.partyAddresses.addresses(tx, disputeId)).find((one) => one.partyId === partyId);
    if (found === undefined) return { unsent: 'declined' };
    return 'phone' in found.address ? { to: found.address.phone } : found.address;
  }

  /** Only by whoever still holds it: one whose lease has run out says nothing any more. */
  private async settle(tx: Tx, message: Taken, { state, unsent, error, waitMs, masked }: Outcome): Promise<void> {
    const again = waitMs === undefined ? null : await this.nextTry(tx, message, new Date(tx.now.getTime() + waitMs));
    await tx.query(
      `update message_delivery set state = $3, unsent_reason = $4, last_error = $5, not_before = coalesce($6, not_before),
              lease_until = null, waits_for = null, address_masked = coalesce($8, address_masked), settled_at = case when $3 = 'queued' then null else $7::timestamptz end
        where id = $1 and lease_until = $2 and state = 'queued'`,
      [message.id, message.lease, state, unsent ?? null, error ?? null, again, tx.now, masked ?? null],
    );
  }

  /** A further try disturbs nobody at night either. */
  private async nextTry(tx: Tx, { kind, centerId }: Taken, at: Date): Promise<Date> {
    if (centerId === null || (kind !== null && ruleOf(kind).isUrgent === true)) return at;
    return notBefore(at, await this.quietHours.at(tx, centerId));
  }
}

function maskedFor(channel: DeliveryChannel, to: string | null): string | null {
  if (to === null) return null;
  return channel === 'email' ? maskEmail(to) : maskPhone(to as PhoneNumber);
}
