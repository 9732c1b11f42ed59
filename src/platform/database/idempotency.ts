import { createHash } from 'node:crypto';
import { DomainError } from '../../kernel';
import type { KeyRing } from '../crypto';
import { currentContext, withContext } from './request-context';
import type { Tx } from './transaction';

interface KeptAnswer {
  readonly response: unknown;
}

interface RecordRow {
  readonly route: string;
  readonly bodyHash: string;
  readonly status: number | null;
  readonly response: string | null;
}

interface OwnClaim {
  readonly principal: string;
  readonly key: string;
  readonly route: string;
  /** Keyed: a plain hash of a body with a password in it would let the password be guessed at the speed of SHA-256. */
  readonly bodyDigest: string;
}

function claimOf(tx: Tx, keys: KeyRing): OwnClaim | null {
  const { idempotency } = tx.context;
  const { principal } = tx.actor;
  if (!idempotency || (principal.kind !== 'account' && principal.kind !== 'link')) return null;
  const { key, route, bodyHash } = idempotency;
  return {
    principal: principal.kind === 'account' ? principal.accountId : `link:${principal.linkDigest}`,
    key,
    route,
    bodyDigest: keys.linkDigest(`request-body:${bodyHash}`),
  };
}

/** Answers may hold one-time codes, links and names: they are kept encrypted, bound to who asked and under which key. */
function placeOf({ principal, key }: OwnClaim): string {
  return `idempotency_record.response:${principal}:${key}`;
}

/**
 * Claims the request's Idempotency-Key in the same transaction as its effect. A second request with the key waits on
 * the unique index until the first ends, then gets the first one's answer; with another body it is refused.
 */
export async function claimIdempotency(tx: Tx, keys: KeyRing): Promise<KeptAnswer | null> {
  const claim = claimOf(tx, keys);
  if (!claim) return null;
  const claimed = await tx.query(
    `insert into idempotency_record (principal, key, route, body_hash, created_at) values ($1, $2, $3, $4, $5)
     on conflict (principal, key) do nothing returning 1`,
    [claim.principal, claim.key, claim.route, claim.bodyDigest, tx.now],
  );
  if (claimed.length === 1) return null;
  const kept = await answerOf(tx, keys, claim);
  if (!kept) throw new DomainError('conflict', 'idempotency-in-flight', '相同的请求正在处理，请稍候再查看结果。');
  return kept;
}

/** The answer already given under the request's key, or null where there is none yet. Claims nothing. */
export async function keptAnswer(tx: Tx, keys: KeyRing): Promise<KeptAnswer | null> {
  const claim = claimOf(tx, keys);
  return claim && answerOf(tx, keys, claim);
}

async function answerOf(tx: Tx, keys: KeyRing, claim: OwnClaim): Promise<KeptAnswer | null> {
  const [kept] = await tx.query<RecordRow>(
    'select route, body_hash as "bodyHash", status, response from idempotency_record where principal = $1 and key = $2',
    [claim.principal, claim.key],
  );
  if (kept?.status === undefined || kept.status === null || kept.response === null) return null;
  if (kept.route !== claim.route || kept.bodyHash !== claim.bodyDigest) {
    throw new DomainError(
      'rule',
      'idempotency-key-reused',
      '上一次提交其实已经办成，这一次的内容与它不同，没有重复办理。请先查看办理结果，需要时再另行办理。',
    );
  }
  return { response: JSON.parse(keys.decrypt(kept.response, placeOf(claim))) as unknown };
}

/** Keeps the answer beside the claim. */
export async function settleIdempotency(tx: Tx, keys: KeyRing, response: unknown): Promise<void> {
  const claim = claimOf(tx, keys);
  if (!claim) return;
  await tx.query('update idempotency_record set status = $3, response = $4 where principal = $1 and key = $2', [
    claim.principal,
    claim.key,
    200,
    keys.encrypt(JSON.stringify(response ?? null), placeOf(claim)),
  ]);
}

/** A multipart body has no digest of its own: the claim of its Idempotency-Key covers the file and the fields. */
export function withFileInClaim<T>(
  { sha256, fileName }: { readonly sha256: string; readonly fileName: string },
  fields: object,
  work: () => Promise<T>,
): Promise<T> {
  const context = currentContext();
  if (context.idempotency === null) return work();
  const canonical = JSON.stringify([sha256, fileName, Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))]);
  const bodyHash = createHash('sha256').update(canonical).digest('hex');
  return withContext({ ...context, idempotency: { ...context.idempotency, bodyHash } }, work);
}
