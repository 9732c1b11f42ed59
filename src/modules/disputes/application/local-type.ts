import { ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import type { Dispute } from '../persistence/dispute.entity';

/** A finer kind (本地小类) is the center's own, still in use, and lies beneath the type of the matter. */
export async function refuseForeignLocalType(
  tx: Tx,
  centerId: string,
  disputeType: string | null,
  localTypeId: string | undefined,
): Promise<void> {
  if (localTypeId === undefined) return;
  const [fits] = await tx.query(
    `select 1 from local_type where id = $1 and center_id = $2 and dispute_type = $3 and stopped_at is null`,
    [localTypeId, centerId, disputeType],
  );
  if (!fits)
    throw ruleViolation(
      'disputes.local-type-unfit',
      '这个小类已停用，或者不属于所选的纠纷类型。请重新选择。',
      '/localTypeId',
    );
}

/** The finer kind after an amendment: another type leaves the old one behind. */
export async function localTypeAfter(
  tx: Tx,
  dispute: Pick<Dispute, 'centerId' | 'disputeType' | 'localTypeId'>,
  change: { readonly disputeType?: string; readonly localTypeId?: string },
): Promise<string | null> {
  const disputeType = change.disputeType ?? dispute.disputeType;
  await refuseForeignLocalType(tx, dispute.centerId, disputeType, change.localTypeId);
  if (change.localTypeId !== undefined) return change.localTypeId;
  return disputeType === dispute.disputeType ? dispute.localTypeId : null;
}
