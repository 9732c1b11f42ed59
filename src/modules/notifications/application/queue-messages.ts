import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config';
import { type LegalDate, type PhoneNumber, formatLegalDateCn, maskPhone } from '../../../kernel';
import { type Tx, uuidv7 } from '../../../platform/database';
import { type DeliveryChannel, type UnsentReason, isGroupChannel, maskEmail } from '../domain/deliveries';
import { type MessageKind, OCCASIONS, type Placeholder, channelsOf, ruleOf } from '../domain/message-kinds';
import { notBefore, quietWords } from '../domain/quiet-hours';
import { fill } from '../domain/template-text';
import { KeepQuietHours } from './keep-quiet-hours';
import { MessageTemplates, type TemplateInForce } from './message-templates';
import { OutChannels } from './out-channels';
import { OwnContacts } from './own-contacts';
import { PartyAddresses } from './party-addresses';
import type { Subject } from './recipients';

interface Happening {
  readonly topic: string;
  /** Id of the outbox's message. */
  readonly cause: string;
  readonly subject: Subject;
  /** What was promised, where that is what the message is about. */
  readonly itemId: string | null;
  /** For whom the bell rings. */
  readonly accountIds: readonly string[];
}

interface MatterRow {
  readonly id: string;
  readonly centerId: string;
  readonly centerName: string;
  readonly phone: string | null;
  readonly number: string;
  readonly isSealed: boolean;
}

interface Recipient {
  readonly key: string;
  readonly name: string;
  readonly channel: DeliveryChannel;
  readonly accountId?: string;
  readonly partyId?: string;
  readonly masked: string | null;
  readonly unsent?: UnsentReason;
}

/** One occasion, ready to be written down for each recipient. */
interface Letter {
  readonly kind: MessageKind;
  readonly isUrgent: boolean;
  readonly values: Readonly<Partial<Record<Placeholder, string>>>;
  readonly templates: (kind: MessageKind, channel: DeliveryChannel) => TemplateInForce;
}

/**
 * Writes down who is to be told of an act beyond the bell, and in which words: one row for each cause, recipient and channel, in
 * the transaction in which the bell rings. Nothing leaves the house here.
 */
@Injectable()
export class QueueMessages {
  constructor(
    private readonly templates: MessageTemplates,
    private readonly quietHours: KeepQuietHours,
    private readonly contacts: OwnContacts,
    private readonly partyAddresses: PartyAddresses,
    private readonly channels: OutChannels,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async queue(tx: Tx, happening: Happening): Promise<void> {
    const { topic, subject, accountIds } = happening;
    const occasion = OCCASIONS[topic];
    const matter = occasion === undefined ? undefined : await matterOf(tx, subject.disputeId);
    if (occasion === undefined || matter === undefined) return;
    const templates = await this.templates.inForceAt(tx, matter.centerId);
    const values = await this.valuesOf(tx, matter, happening);
    if (occasion.staff !== undefined) {
      const whistle = await whistleOf(tx, subject.taskIds);
      const kind = occasion.staff === 'whistle' && whistle?.isEmergency === true ? 'emergency-whistle' : occasion.staff;
      const letter: Letter = {
        kind: matter.isSealed ? 'staff-neutral' : kind,
        isUrgent: ruleOf(kind).isUrgent === true,
        values: { ...values, ...(typeof whistle?.number === 'string' ? { 编号: whistle.number } : {}) },
        templates,
      };
      await this.write(tx, happening.cause, matter, letter, await this.staff(tx, kind, letter.isUrgent, accountIds));
    }
    if (occasion.parties !== undefined) {
      const { kind, group } = occasion.parties;
      const letter: Letter = { kind: matter.isSealed ? 'party-neutral' : kind, isUrgent: false, values, templates };
      const found = await this.partyAddresses.of(tx, matter.id, group, {
        sessionId: subject.objectId,
        itemId: happening.itemId,
      });
      const recipients = found.map(({ partyId, calledAs, address }): Recipient => ({
        key: `party:${partyId}`,
        name: calledAs,
        channel: 'sms',
        partyId,
        ...('phone' in address
          ? { masked: maskPhone(address.phone as PhoneNumber) }
          : { masked: null, unsent: address.unsent }),
      }));
      await this.write(tx, happening.cause, matter, letter, recipients);
    }
  }

  /** Staff who keep an address and want the kind by that way, and the groups. What is urgent is told whatever they want. */
  private async staff(
    tx: Tx,
    kind: MessageKind,
    isUrgent: boolean,
    accountIds: readonly string[],
  ): Promise<Recipient[]> {
    const contacts = await this.contacts.of(tx, accountIds);
    const persons = contacts.flatMap(({ accountId, name, phone, email, smsKinds, emailKinds }): Recipient[] => {
      const one = { key: `account:${accountId}`, name, accountId };
      return [
        ...(phone !== null && (isUrgent || smsKinds.includes(kind))
          ? [{ ...one, channel: 'sms' as const, masked: maskPhone(phone as PhoneNumber) }]
          : []),
        ...(email !== null && (isUrgent || emailKinds.includes(kind))
          ? [{ ...one, channel: 'email' as const, masked: maskEmail(email) }]
          : []),
      ];
    });
    const groups = channelsOf(kind)
      .filter(isGroupChannel)
      .map((channel): Recipient => ({ key: 'group', name: '工作群', channel, masked: null }));
    return [...persons, ...groups];
  }

  private async valuesOf(
    tx: Tx,
    { number, centerName, phone }: MatterRow,
    { subject, itemId }: Happening,
  ): Promise<Letter['values']> {
    const [session] = await tx.query<{ when: string; place: string }>(
      `select to_char(starts_at at time zone 'Asia/Shanghai', 'FMMM"月"FMDD"日 "HH24:MI') as when, place
         from mediation_session where id = $1`,
      [subject.objectId],
    );
    const [item] = await tx.query<{ dueOn: LegalDate }>(
      'select due_on as "dueOn" from performance_item where id = $1',
      [itemId],
    );
    return {
      中心: centerName,
      编号: number,
      电话: phone ?? '受理窗口公示的电话',
      // The entry alone: what it opens is asked of the slip in the party's hand.
      查询网址: `${this.config.publicUrl}/p`,
      ...(session === undefined ? {} : { 时间: session.when, 地点: session.place }),
      ...(item === undefined ? {} : { 日期: formatLegalDateCn(item.dueOn) }),
    };
  }

  private async write(
    tx: Tx,
    cause: string,
    { id: disputeId, centerId }: MatterRow,
    { kind, isUrgent, values, templates }: Letter,
    recipients: readonly Recipient[],
  ): Promise<void> {
    const hours = await this.quietHours.at(tx, centerId);
    const opensAt = isUrgent ? tx.now : notBefore(tx.now, hours);
    for (const { key, name, channel, accountId = null, partyId = null, masked, unsent } of recipients) {
      const { text, isEnabled, version } = templates(kind, channel);
      if (!isEnabled) continue;
      const isOff = this.channels.of(channel) === null;
      const state = unsent !== undefined ? 'suppressed' : isOff ? 'logged' : 'queued';
      const isWaiting = state === 'queued';
      await tx.query(
        `insert into message_delivery (id, cause, kind, channel, recipient, recipient_name, account_id, party_id, address_masked,
                                       center_id, dispute_id, template_version, text, state, unsent_reason, not_before, waits_for,
                                       created_at, settled_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
           on conflict (cause, recipient, channel) do nothing`,
        [
          uuidv7(),
          cause,
          kind,
          channel,
          key,
          name,
          accountId,
          partyId,
          masked,
          centerId,
          disputeId,
          version,
          fill(text, values),
          state,
          unsent ?? (isOff ? 'channel-off' : null),
          opensAt,
          isWaiting && opensAt > tx.now ? quietWords(hours) : null,
          tx.now,
          isWaiting ? null : tx.now,
        ],
      );
    }
  }
}

async function matterOf(tx: Tx, disputeId: string | null): Promise<MatterRow | undefined> {
  const [row] = await tx.query<MatterRow>(
    `select d.id, d.center_id as "centerId", c.name as "centerName", c.phone, coalesce(d.case_number, d.registration_number) as number,
            d.is_sealed as "isSealed" from dispute d join center c on c.id = d.center_id where d.id = $1`,
    [disputeId],
  );
  return row;
}

async function whistleOf(
  tx: Tx,
  taskIds: readonly string[],
): Promise<{ readonly number: string | null; readonly isEmergency: boolean } | undefined> {
  const [row] = await tx.query<{ number: string | null; isEmergency: boolean }>(
    `select s.number, s.kind = 'emergency' or s.ground = 'emergency' as "isEmergency"
       from summons_task t join summons s on s.id = t.summons_id where t.id = any ($1::uuid[]) limit 1`,
    [taskIds],
  );
  return row;
}
