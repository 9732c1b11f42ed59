import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OutboxDispatcher, UnitOfWork } from '../../../platform/database';
import { TimestampError, requestTimestamp } from '../../../platform/pdf/sign';
import { TIMESTAMP_WANTED } from './papers';
import { Papers } from './papers';
import { Seals } from './seals';

const RETRY_MS = 15 * 60_000;

/**
 * Fetches the timestamps that did not come while sealing. An issued file is never changed, and its seal forbids appending: the
 * token over the whole file is kept beside it and proves the same moment.
 */
@Injectable()
export class LateTimestamps implements OnModuleInit {
  constructor(
    private readonly outbox: OutboxDispatcher,
    private readonly unitOfWork: UnitOfWork,
    private readonly papers: Papers,
    private readonly seals: Seals,
  ) {}

  onModuleInit(): void {
    this.outbox.handle(TIMESTAMP_WANTED, ({ paperId }) => this.fetch(String(paperId)));
  }

  private async fetch(paperId: string): Promise<void> {
    const service = this.seals.timestampService();
    if (!service) return;
    const { current } = await this.unitOfWork.readAsSystem('late-timestamp', (tx) => this.papers.load(tx, paperId));
    try {
      const token = await requestTimestamp(service, Buffer.from(current.sha256, 'hex'));
      await this.unitOfWork.runAsSystem('late-timestamp', (tx) =>
        tx.query(
          `insert into paper_timestamp (paper_id, dispute_id, document_sha256, token, attested_at, created_at)
           values ($1, $2, $3, $4, $5, $6) on conflict (paper_id) do nothing`,
          [paperId, current.disputeId, current.sha256, Buffer.from(token.der), token.time, tx.now],
        ),
      );
    } catch (error) {
      if (!(error instanceof TimestampError)) throw error;
      // An outage may last for days: asked again for as long as it takes, rather than given up after a few tries.
      await this.unitOfWork.runAsSystem('late-timestamp', (tx) => {
        tx.send({ topic: TIMESTAMP_WANTED, payload: { paperId }, availableAt: new Date(tx.now.getTime() + RETRY_MS) });
        return Promise.resolve();
      });
    }
  }
}
