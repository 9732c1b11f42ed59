import { uuidv7 } from './uuid';
import type { Tx } from './transaction';

/** Writes the transaction's messages; the dispatcher takes them up after the commit. */
export async function leaveMessages(tx: Tx): Promise<void> {
  for (const message of tx.messages) {
    await tx.query(
      'insert into outbox_message (id, topic, payload, created_at, available_at) values ($1, $2, $3, $4, $5)',
      [uuidv7(), message.topic, JSON.stringify(message.payload), tx.now, message.availableAt ?? tx.now],
    );
  }
}
