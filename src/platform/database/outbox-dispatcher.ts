import { Inject, Injectable } from '@nestjs/common';
import { Chores } from '../chores';
import { LOGGER, type Logger } from '../logging';
import { UnitOfWork } from './unit-of-work';

interface WaitingMessage {
  readonly id: string;
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly attempts: number;
}

/** Does what a message asks. Called at least once per message: `id` lets it recognise a repetition. */
export type OutboxHandler = (payload: Readonly<Record<string, unknown>>, id: string) => Promise<void>;

const POLL_MS = 500;
const LEASE_SECONDS = 60;
const MAX_ATTEMPTS = 8;

/** Delivers outbox messages after their commit: several instances share the work by SKIP LOCKED and a lease. */
@Injectable()
export class OutboxDispatcher {
  private readonly handlers = new Map<string, OutboxHandler>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    chores: Chores,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    chores.add({ name: 'outbox', everyMs: POLL_MS, work: () => this.drain() });
  }

  /** Registers the one handler of a topic. */
  handle(topic: string, handler: OutboxHandler): void {
    if (this.handlers.has(topic)) throw new Error(`Outbox topic ${topic} has a handler already`);
    this.handlers.set(topic, handler);
  }

  /** Delivers everything that is due; returns how many messages were settled. */
  async drain(): Promise<number> {
    let settled = 0;
    for (let batch = await this.claim(); batch.length > 0; batch = await this.claim()) {
      for (const message of batch) {
        await this.deliver(message);
        settled += 1;
      }
    }
    return settled;
  }

  private async claim(): Promise<WaitingMessage[]> {
    return this.unitOfWork.runAsSystem('outbox', (tx) =>
      tx.query<WaitingMessage>(
        `update outbox_message m set attempts = attempts + 1, available_at = $1::timestamptz + make_interval(secs => ${LEASE_SECONDS})
          where m.id in (select id from outbox_message
                          where delivered_at is null and dead_at is null and available_at <= $1
                          order by available_at limit 100 for update skip locked)
          returning m.id, m.topic, m.payload, m.attempts`,
        [tx.now],
      ),
    );
  }

  private async deliver(message: WaitingMessage): Promise<void> {
    const handler = this.handlers.get(message.topic);
    try {
      // A message nobody listens for is settled: its record in the table is the log of what would be sent.
      await handler?.(message.payload, message.id);
      await this.unitOfWork.runAsSystem('outbox', (tx) =>
        tx.query('update outbox_message set delivered_at = $2, last_error = null where id = $1', [message.id, tx.now]),
      );
    } catch (error) {
      const isLast = message.attempts >= MAX_ATTEMPTS;
      this.logger.warn({ topic: message.topic, messageId: message.id, err: error }, 'outbox: delivery failed');
      const waitSeconds = Math.min(3600, 2 ** message.attempts);
      await this.unitOfWork.runAsSystem('outbox', (tx) =>
        tx.query(
          `update outbox_message set last_error = $2, dead_at = case when $3::boolean then $4::timestamptz end,
                  available_at = $4::timestamptz + make_interval(secs => $5) where id = $1`,
          [message.id, kindOf(error), isLast, tx.now, waitSeconds],
        ),
      );
    }
  }
}

/** What kept of a failure says where to look: a message may quote what people said, the log cuts that out. */
function kindOf(error: unknown): string {
  const { name = 'Error', code } = (error ?? {}) as { name?: string; code?: unknown };
  return typeof code === 'string' ? `${name} ${code}` : name;
}
