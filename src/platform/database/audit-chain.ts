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
    for (const entry of tx.auditEntries.filter((e) => (e.chain ?? PLATFORM_CHAIN) === chain)) {
      seq += 1;
      const { principal } = tx.actor;
      const body = JSON.stringify({
        chain,
        seq,
        at: tx.now.toISOString(),
        actor: principal,
        address: tx.context.address,
        traceId: tx.context.traceId,
        act: entry.act,
        object: [entry.objectType, entry.objectId ?? null],
        dispute: entry.disputeId ?? null,
        details: entry.details ?? {},
      });
      const next = keys.auditMac(mac, body);
      await tx.query('select app.audit_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)', [
        chain,
        seq,
        tx.now,
        principal.kind,
        tx.actor.accountId,
        entry.act,
        entry.objectType,
        entry.objectId ?? null,
        entry.disputeId ?? null,
        body,
        mac,
        next,
      ]);
      mac = next;
    }
  }
}
