import { Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { DELIVERY_CHANNELS, type DeliveryChannel } from '../domain/deliveries';
import { MESSAGE_RULES, type MessageKind, PLACEHOLDERS, channelsOf, ruleOf } from '../domain/message-kinds';
import { faultsOf, placeholdersOf, sampleOf, segmentsOf } from '../domain/template-text';
import { MessageTemplate } from '../persistence/message.entity';

/** What is said on an occasion by one way, and whether it is said at all. */
export interface TemplateInForce {
  readonly text: string;
  readonly isEnabled: boolean;
  /** 0 is the delivered wording. */
  readonly version: number;
}

interface PutTemplateCommand {
  readonly kind: MessageKind;
  readonly channel: DeliveryChannel;
  readonly text: string;
  readonly isEnabled: boolean;
  readonly note: string;
}

const KINDS = Object.keys(MESSAGE_RULES) as MessageKind[];

/** Wording of messages: delivered with the program, replaced by each center as it likes, every version kept. */
@Injectable()
export class MessageTemplates {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Everything that is said, in the words that hold, with what was said before. */
  async list(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'messages.list-templates', { centerId });
      const versions = await versionsOf(tx, centerId);
      return {
        items: KINDS.flatMap((kind) => channelsOf(kind).map((channel) => viewOf(kind, channel, versions))),
      };
    });
  }

  /** How a text would read, and what keeps it from being put in force. */
  async preview(centerId: string, { kind, channel, text }: Pick<PutTemplateCommand, 'kind' | 'channel' | 'text'>) {
    return this.unitOfWork.read(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'messages.preview-template', { centerId });
      mustGoBy(kind, channel);
      return { faults: faultsOf(kind, text), ...readingOf(text) };
    });
  }

  /** A new version, which holds from now on. An earlier one comes back as a new version with its text. */
  async put(centerId: string, { kind, channel, text, isEnabled, note }: PutTemplateCommand) {
    return this.unitOfWork.run(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'messages.put-template', { centerId });
      mustGoBy(kind, channel);
      await tx.query('select pg_advisory_xact_lock(727049, hashtext($1))', [`${centerId} ${kind} ${channel}`]);
      const before = inForce(kind, channel, await versionsOf(tx, centerId));
      tx.checkVersion(before);
      const [fault] = faultsOf(kind, text);
      if (fault !== undefined) throw ruleViolation('messages.template-fault', fault, '/text');
      const id = uuidv7();
      const version = before.version + 1;
      await tx.insert(MessageTemplate, {
        id,
        centerId,
        kind,
        channel,
        version,
        text,
        isEnabled,
        note,
        madeBy: tx.actor.accountId ?? '',
        madeByName: tx.actor.displayName ?? '',
        madeAt: tx.now,
      });
      tx.audit({
        act: 'messages.put-template',
        objectType: 'message-template',
        objectId: id,
        chain: centerId,
        details: { kind, channel, version, isEnabled },
      });
      return viewOf(kind, channel, await versionsOf(tx, centerId));
    });
  }

  /** What holds at a center, by kind and channel. */
  async inForceAt(tx: Tx, centerId: string): Promise<(kind: MessageKind, channel: DeliveryChannel) => TemplateInForce> {
    const versions = await versionsOf(tx, centerId);
    return (kind, channel) => inForce(kind, channel, versions);
  }
}

function mustGoBy(kind: MessageKind, channel: DeliveryChannel): void {
  if (!channelsOf(kind).includes(channel))
    throw new DomainError('rule', 'messages.channel-of-kind', '发给当事人的消息只用短信。', [
      { pointer: '/channel', code: 'messages.channel-of-kind', detail: '发给当事人的消息只用短信。' },
    ]);
}

async function versionsOf(tx: Tx, centerId: string): Promise<MessageTemplate[]> {
  return tx.query<MessageTemplate>(
    `select id, center_id as "centerId", kind, channel, version, text, is_enabled as "isEnabled", note, made_by as "madeBy",
            made_by_name as "madeByName", made_at as "madeAt"
       from message_template where center_id = $1 order by kind, channel, version desc`,
    [centerId],
  );
}

function deliveredOf(kind: MessageKind, channel: DeliveryChannel): TemplateInForce {
  const { text, offIn = [] } = ruleOf(kind);
  return { text, isEnabled: !offIn.includes(channel), version: 0 };
}

function inForce(kind: MessageKind, channel: DeliveryChannel, versions: readonly MessageTemplate[]): TemplateInForce {
  return versions.find((v) => v.kind === kind && v.channel === channel) ?? deliveredOf(kind, channel);
}

function readingOf(text: string) {
  const preview = sampleOf(text);
  return { preview, characters: preview.length, segments: segmentsOf(preview) };
}

function viewOf(kind: MessageKind, channel: DeliveryChannel, all: readonly MessageTemplate[]) {
  const { label, to, isUrgent = false } = ruleOf(kind);
  const own = all.filter((v) => v.kind === kind && v.channel === channel);
  const { text, isEnabled, version } = inForce(kind, channel, all);
  const delivered = deliveredOf(kind, channel);
  return {
    kind,
    kindName: label,
    isForParties: to === 'party',
    isUrgent,
    channel,
    channelName: DELIVERY_CHANNELS[channel],
    text,
    isEnabled,
    version,
    ...readingOf(text),
    placeholders: placeholdersOf(kind).map((name) => ({ name, hint: PLACEHOLDERS[name].hint })),
    versions: [
      ...own.map((v) => ({
        version: v.version,
        text: v.text,
        isEnabled: v.isEnabled,
        note: v.note,
        madeByName: v.madeByName,
        madeAt: v.madeAt.toISOString(),
      })),
      { ...delivered, note: '随系统提供', madeByName: null, madeAt: null },
    ],
  };
}
