import type { KeyRing } from '../../../platform/crypto';
import type { Tx } from '../../../platform/database';

/** A six-digit code is one of a million: without the key its digest would be reversed at once. */
export function codeDigest(keys: KeyRing, disputeId: string, code: string): string {
  return keys.linkDigest(`portal-code:${disputeId}:${code}`);
}

/** What failed tries are counted under, whether there is such a token or number or not. */
export function attemptDigest(keys: KeyRing, way: string, key: string): string {
  return keys.linkDigest(`portal-attempt:${way}:${key}`);
}

/** Name of a member of staff, as it is told to parties. */
export async function accountName(tx: Tx, accountId: string): Promise<string> {
  const { name } = await tx.one<{ name: string }>('select display_name as name from account where id = $1', [
    accountId,
  ]);
  return name;
}
