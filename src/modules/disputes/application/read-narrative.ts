import type { Tx } from '../../../platform/database';

/**
 * Account and requests of a matter for a paper of another module, or null for who may not read the content.
 * Whoever asks audits the reading under its own act.
 */
export async function narrativeOf(
  tx: Tx,
  disputeId: string,
): Promise<{ readonly narrative: string; readonly requests: string | null } | null> {
  const [words] = await tx.query<{ narrative: string; requests: string | null }>(
    'select narrative, requests from dispute_narrative where dispute_id = $1',
    [disputeId],
  );
  return words ?? null;
}
