import { DomainError } from '../../kernel';
import type { Tx } from './transaction';

interface KeptAnswer {
  readonly response: unknown;
}

function owner(tx: Tx): string | null {
  const { principal } = tx.actor;
  if (principal.kind === 'account') return principal.accountId;
  return principal.kind === 'link' ? `link:${principal.linkDigest}` : null;
}

/**
 * Claims the request's Idempotency-Key in the same transaction as its effect. A second request with the key waits on
 * the unique index until the first ends, then gets the first one's answer; with another body it is refused.
 */
export async function claimIdempotency(tx: Tx): Promise<KeptAnswer | null> {
  const claim = tx.context.idempotency;
  const principal = owner(tx);
  if (!claim || principal === null) return null;
  const claimed = await tx.query(
    `insert into idempotency_record (principal, key, route, body_hash, created_at) values ($1, $2, $3, $4, $5)
     on conflict (principal, key) do nothing returning 1`,
    [principal, claim.key, claim.route, claim.bodyHash, tx.now],
  );
  if (claimed.length === 1) return null;
  const [kept] = await tx.query<{ route: string; body_hash: string; status: number | null; response: unknown }>(
    'select route, body_hash, status, response from idempotency_record where principal = $1 and key = $2',
    [principal, claim.key],
  );
  if (!kept || kept.status === null) {
    throw new DomainError('conflict', 'idempotency-in-flight', '相同的请求正在处理，请稍候再查看结果。');
  }
  if (kept.route !== claim.route || kept.body_hash !== claim.bodyHash) {
    throw new DomainError(
      'rule',
      'idempotency-key-reused',
      '该 Idempotency-Key 已用于另一份内容。请为新的提交换用新的键。',
    );
  }
  return { response: kept.response };
}

/** Keeps the answer beside the claim. */
export async function settleIdempotency(tx: Tx, response: unknown): Promise<void> {
  const claim = tx.context.idempotency;
  const principal = owner(tx);
  if (!claim || principal === null) return;
  await tx.query('update idempotency_record set status = $3, response = $4 where principal = $1 and key = $2', [
    principal,
    claim.key,
    200,
    JSON.stringify(response ?? null),
  ]);
}
