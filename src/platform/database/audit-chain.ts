import type { KeyRing } from '../crypto';
import type { Tx } from './transaction';

/** Chain of acts that belong to no center. */
export const PLATFORM_CHAIN = '00000000-0000-0000-0000-000000000000';

/**
 * Appends the transaction's entries to their chains. The lock on a chain is taken last, so that writers of one center
 * wait for each other only over the final statements; chains are locked in one order, so that they never deadlock.
 * The MAC covers the stored text byte for byte: jsonb would reorder keys and rewrite numbers.
 */
export async function appendAudit(tx: Tx, keys: KeyRing): Promise<void> {
  const chains = new Set(tx.auditEntries.map((entry) => entry.chain ?? PLATFORM_CHAIN));
  for (const chain of [...chains].sort()) {
    const [head] = await tx.query<{ seq: number; mac: Buffer }>('select seq, mac from app.audit_head($1)', [chain]);
    let { seq, mac } = head ?? { seq: 0, mac: Buffer.alloc(0) };
    const { principal } = tx.actor;
    const rows = tx.auditEntries
      .filter((entry) => (entry.chain ?? PLATFORM_CHAIN) === chain)
      .map(({ act, objectType, objectId = null, disputeId = null, details = {} }) => {
        seq += 1;
        const body = JSON.stringify({
          chain,
          seq,
          at: tx.now.toISOString(),
          actor: principal,
          address: tx.context.address,
          traceId: tx.context.traceId,
          act,
          object: [objectType, objectId],
          dispute: disputeId,
          details,
        });
        const previous = mac;
        mac = keys.auditMac(previous, body);
        return { seq, act, objectType, objectId, disputeId, body, previous, mac };
      });
    await tx.query(
      `select app.audit_append($1, e.seq, $2, $3, $4, e.act, e.object_type, e.object_id, e.dispute_id, e.body, e.previous, e.mac)
         from unnest($5::bigint[], $6::text[], $7::text[], $8::uuid[], $9::uuid[], $10::text[], $11::bytea[], $12::bytea[])
           as e(seq, act, object_type, object_id, dispute_id, body, previous, mac)`,
      [
        chain,
        tx.now,
        principal.kind,
        tx.actor.accountId,
        rows.map((r) => r.seq),
        rows.map((r) => r.act),
        rows.map((r) => r.objectType),
        rows.map((r) => r.objectId),
        rows.map((r) => r.disputeId),
        rows.map((r) => r.body),
        rows.map((r) => r.previous),
        rows.map((r) => r.mac),
      ],
    );
  }
}
