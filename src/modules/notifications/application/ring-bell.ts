import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OutboxDispatcher, type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { OCCASIONS } from '../domain/message-kinds';
import { NOTIFICATION_RULES, type NotificationKind } from '../domain/rules';
import { QueueMessages } from './queue-messages';
import { type Subject, recipientsOf } from './recipients';

interface Ring {
  readonly cause: string;
  readonly kind: NotificationKind;
  readonly text: string;
  readonly at: Date;
}

/** Turns what acts, and clocks that climb their ladder, have left in the outbox into messages in the bells of those concerned and beyond. */
@Injectable()
export class RingBell implements OnModuleInit {
  constructor(
    private readonly outbox: OutboxDispatcher,
    private readonly unitOfWork: UnitOfWork,
    private readonly messages: QueueMessages,
  ) {}

  onModuleInit(): void {
    for (const topic of new Set([...Object.keys(NOTIFICATION_RULES), ...Object.keys(OCCASIONS)])) {
      this.outbox.handle(topic, (payload, messageId) => this.ring(topic, payload, messageId));
    }
  }

  /** Messages for one act. A repetition of the message rings nobody twice. */
  private async ring(topic: string, payload: Readonly<Record<string, unknown>>, messageId: string): Promise<void> {
    await this.unitOfWork.runAsSystem('notifications', async (tx) => {
      const subject = await subjectOf(tx, payload);
      const accountIds = await this.ringFor(tx, topic, subject, messageId);
      const item = payload['itemId'] ?? payload['subjectId'];
      const itemId = typeof item === 'string' ? item : null;
      await this.messages.queue(tx, { topic, cause: messageId, subject, itemId, accountIds });
    });
  }

  /** Answers for whom it rang. */
  private async ringFor(tx: Tx, topic: string, subject: Subject, messageId: string): Promise<string[]> {
    const rule = NOTIFICATION_RULES[topic];
    if (!rule) return [];
    const { at } = await tx.one<{ at: Date }>('select created_at as at from outbox_message where id = $1', [messageId]);
    const actors = await tx.query<{ id: string }>(
      'select actor_account_id as id from dispute_event where dispute_id = $1 and at = $2 and actor_account_id is not null',
      [subject.disputeId, at],
    );
    const concerned = await recipientsOf(tx, rule.to, subject);
    const text = await withSession(tx, rule.text, subject.objectId);
    const others = concerned.filter((id) => !actors.some((a) => a.id === id));
    await this.write(tx, others, subject, { cause: messageId, kind: rule.kind, text, at });
    return others;
  }

  private async write(tx: Tx, accountIds: readonly string[], subject: Subject, ring: Ring): Promise<void> {
    const [taskId = null] = subject.taskIds.length === 1 ? subject.taskIds : [];
    for (const accountId of accountIds) {
      await tx.query(
        `insert into notification (id, account_id, cause, kind, dispute_id, task_id, text, at)
           values ($1, $2, $3, $4, $5, coalesce($6::uuid, (select t.id from summons_task t
             join role_grant g on g.scope_id = t.agency_id and g.account_id = $2 where t.id = any ($7::uuid[]) limit 1)), $8, $9)
           on conflict (account_id, cause) do nothing`,
        [uuidv7(), accountId, ring.cause, ring.kind, subject.disputeId, taskId, subject.taskIds, ring.text, ring.at],
      );
    }
  }
}

/** Reads matter and tasks from what the payload names; an agency's messages name the task alone. */
async function subjectOf(tx: Tx, payload: Readonly<Record<string, unknown>>): Promise<Subject> {
  const text = (key: string): string | null => (typeof payload[key] === 'string' ? payload[key] : null);
  const named = Array.isArray(payload['taskIds']) ? (payload['taskIds'] as string[]) : [text('taskId')];
  const taskIds = named.filter((id) => id !== null);
  const objectId =
    text('assignmentId') ??
    text('transferId') ??
    text('sessionId') ??
    text('copyId') ??
    text('supervisionId') ??
    text('meetingId') ??
    text('meetingTaskId') ??
    text('handOverId') ??
    text('namedId');
  const [found] = await tx.query<{ disputeId: string }>(
    `select dispute_id as "disputeId" from summons_task where id = any ($1::uuid[])
      union select dispute_id from summons where id = $2::uuid limit 1`,
    [taskIds, text('summonsId')],
  );
  return { disputeId: text('disputeId') ?? found?.disputeId ?? null, taskIds, objectId };
}

async function withSession(tx: Tx, text: string, sessionId: string | null): Promise<string> {
  if (!text.includes('{when}') || sessionId === null) return text;
  const [session] = await tx.query<{ when: string; place: string }>(
    `select to_char(starts_at at time zone 'Asia/Shanghai', 'FMMM"月"FMDD"日 "HH24:MI') as when, place
       from mediation_session where id = $1`,
    [sessionId],
  );
  return text.replace('{when}', session?.when ?? '').replace('{place}', session?.place ?? '');
}
