import { Injectable } from '@nestjs/common';
import { DomainError, notFound } from '../../../kernel';
import { authorize, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { momentAfter, momentCursor, pageOf } from '../../../platform/http';
import { Matters } from '../../disputes';
import { Parties } from '../../parties';
import {
  DELIVERY_CHANNELS,
  DELIVERY_STATES,
  type DeliveryChannel,
  type DeliveryState,
  UNSENT_REASONS,
} from '../domain/deliveries';
import { MESSAGE_KINDS, ruleOf } from '../domain/message-kinds';
import { notBefore } from '../domain/quiet-hours';
import { MessageDelivery } from '../persistence/message.entity';
import { KeepQuietHours } from './keep-quiet-hours';
import { PartyAddresses, latestChoices } from './party-addresses';

export interface DeliveryFilter {
  readonly state?: DeliveryState;
  readonly channel?: DeliveryChannel;
  readonly disputeId?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

const COLUMNS = `m.id, m.kind, m.channel, m.recipient_name as "recipientName", m.party_id as "partyId", m.address_masked as "addressMasked",
  m.dispute_id as "disputeId", m.text, m.template_version as "templateVersion", m.state, m.unsent_reason as "unsentReason",
  m.not_before as "notBefore", m.waits_for as "waitsFor", m.attempts, m.last_error as "lastError", m.created_at as "createdAt",
  m.settled_at as "settledAt", m.resent_reason as "resentReason"`;

const PAGE = `
  select ${COLUMNS} from message_delivery m
   where ($1::text is null or m.state = $1) and ($2::text is null or m.channel = $2) and ($3::uuid is null or m.dispute_id = $3)
     and ($4::timestamptz is null or (m.created_at, m.id) < ($4, $5::uuid))
   order by m.created_at desc, m.id desc limit $6`;

/** What was sent to whom, and what became of it: addresses masked. */
@Injectable()
export class MessageLog {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly parties: Parties,
    private readonly partyAddresses: PartyAddresses,
    private readonly quietHours: KeepQuietHours,
  ) {}

  /**
   * Of the matters that the reader meets. Whoever looks after the program sees beside them that something went out and whether it
   * arrived, not what it said nor of which matter.
   */
  async list(filter: DeliveryFilter) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'messages.list-deliveries');
      const { state = null, channel = null, disputeId = null, limit = 50 } = filter;
      const [beforeAt, beforeId] = momentAfter(filter.cursor);
      const ask = (): Promise<MessageDelivery[]> =>
        tx.query<MessageDelivery>(PAGE, [state, channel, disputeId, beforeAt, beforeId, limit + 1]);
      const rows = isKeeper(tx) ? await tx.asSystem(ask) : await ask();
      const page = pageOf(rows, limit, (r) => momentCursor(r.createdAt, r.id));
      const numbers = await numbersOf(
        tx,
        page.items.flatMap((r) => r.disputeId ?? []),
      );
      const mayResend = mayAct(tx.actor, policyOf('messages.resend')?.by ?? [], {});
      return {
        nextCursor: page.nextCursor,
        items: page.items.map((row) => {
          const number = row.disputeId === null ? null : (numbers.get(row.disputeId) ?? null);
          const isOpen = row.disputeId === null || number !== null;
          return {
            ...viewOf(row),
            text: isOpen ? row.text : null,
            disputeId: number === null ? null : row.disputeId,
            number,
            allowedActs: mayResend && row.state === 'failed' ? ['messages.resend'] : [],
          };
        }),
      };
    });
  }

  /** What the parties of one matter and those who work on it were told, and who of the parties can be told anything. */
  async ofMatter(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { standing } = await this.matters.read(tx, disputeId, 'messages.list-of-matter');
      const rows = await tx.query<MessageDelivery>(
        `select ${COLUMNS} from message_delivery m where m.dispute_id = $1 order by m.created_at desc, m.id desc limit 200`,
        [disputeId],
      );
      const choices = await latestChoices(tx, disputeId);
      const names = new Map((await this.parties.list(tx, disputeId)).map((p) => [p.id, p]));
      const addresses = await this.partyAddresses.addresses(tx, disputeId);
      const mayRecord = mayAct(tx.actor, policyOf('messages.record-choice')?.by ?? [], standing);
      return {
        parties: addresses.map(({ partyId, address }) => {
          const choice = choices.find((c) => c.partyId === partyId);
          const party = names.get(partyId);
          return {
            partyId,
            name: party?.shownName ?? '',
            phoneMasked: party?.phoneMasked ?? null,
            choice: choice?.answer ?? null,
            choiceAt: choice?.at.toISOString() ?? null,
            canBeTold: 'phone' in address,
            reachWords: 'phone' in address ? '可以发短信' : UNSENT_REASONS[address.unsent],
          };
        }),
        items: rows.map((row) => ({
          ...viewOf(row),
          recipientName: (row.partyId === null ? undefined : names.get(row.partyId)?.shownName) ?? row.recipientName,
          text: row.text,
        })),
        allowedActs: mayRecord ? ['messages.record-choice'] : [],
      };
    });
  }

  /** One more round of tries for what was given up. */
  async resend(id: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'messages.resend');
      const find = (): Promise<{ disputeId: string | null; centerId: string | null }[]> =>
        tx.query('select dispute_id as "disputeId", center_id as "centerId" from message_delivery where id = $1', [id]);
      const [found] = isKeeper(tx) ? await tx.asSystem(find) : await find();
      if (found === undefined) throw notFound();
      const row = await tx.asSystem(async () => {
        const delivery = await tx.lock(MessageDelivery, id);
        if (delivery.state !== 'failed')
          throw new DomainError('conflict', 'messages.not-failed', '只有发送失败的消息可以重新发送，请刷新后再看。');
        const isUrgent = delivery.kind !== null && ruleOf(delivery.kind).isUrgent === true;
        const opensAt =
          isUrgent || delivery.centerId === null
            ? tx.now
            : notBefore(tx.now, await this.quietHours.at(tx, delivery.centerId));
        await tx.update(MessageDelivery, id, {
          state: 'queued',
          attempts: 0,
          notBefore: opensAt,
          settledAt: null,
          resentReason: reason,
          resentBy: tx.actor.accountId,
        });
        return tx.get(MessageDelivery, id);
      });
      tx.audit({
        act: 'messages.resend',
        objectType: 'message-delivery',
        objectId: id,
        disputeId: found.disputeId,
        chain: found.centerId,
        details: { reason },
      });
      return { id, state: row.state, stateName: DELIVERY_STATES[row.state] };
    });
  }
}

/** Looks after the program, without standing to any matter. */
function isKeeper(tx: Tx): boolean {
  return mayAct(tx.actor, ['system-admin@any'], {});
}

/** Numbers of those matters that the reader meets: asked under row security. */
async function numbersOf(tx: Tx, disputeIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ id: string; number: string }>(
    'select id, coalesce(case_number, registration_number) as number from dispute where id = any ($1::uuid[])',
    [[...new Set(disputeIds)]],
  );
  return new Map(rows.map(({ id, number }) => [id, number]));
}

function viewOf(row: MessageDelivery) {
  const { id, kind, channel, state, unsentReason, recipientName, addressMasked, attempts, lastError, waitsFor } = row;
  return {
    id,
    kindName: kind === null ? '试发' : MESSAGE_KINDS[kind],
    channel,
    channelName: DELIVERY_CHANNELS[channel],
    recipientName,
    addressMasked,
    state,
    stateName: DELIVERY_STATES[state],
    /** One sentence for whoever asks why. */
    note:
      unsentReason !== null
        ? UNSENT_REASONS[unsentReason]
        : state === 'queued' && waitsFor !== null
          ? waitsFor
          : lastError,
    attempts,
    createdAt: row.createdAt.toISOString(),
    notBefore: row.notBefore.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
    resentReason: row.resentReason,
  };
}
