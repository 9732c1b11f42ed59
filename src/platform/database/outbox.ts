import { uuidv7 } from './uuid';
import type { Tx } from './transaction';

/** Writes the transaction's messages; the dispatcher takes them up after the commit. */
export async function leaveMessages(tx: Tx): Promise<void> {
  if (tx.messages.length === 0) return;
  await tx.query(
    `insert into outbox_message (id, topic, payload, created_at, available_at)
     select id, topic, payload, $4, available_at
       from unnest($1::uuid[], $2::text[], $3::jsonb[], $5::timestamptz[]) as m(id, topic, payload, available_at)`,
    [
      tx.messages.map(() => uuidv7()),
      tx.messages.map((m) => m.topic),
      tx.messages.map((m) => JSON.stringify(m.payload)),
      tx.now,
      tx.messages.map((m) => (m.availableAt ?? tx.now).toISOString()),
    ],
  );
}
