import { ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import type { Dispute } from '../persistence/dispute.entity';

interface Committee {
  readonly id: string;
  readonly name: string;
  readonly numberingWord: string;
}

/**
 * The committee that is to take the matter: active, and working with the center of the matter, with the one that
 * handles it, or with one below either.
 */
export async function eligibleCommittee(
  tx: Tx,
  dispute: Pick<Dispute, 'centerId' | 'handlingCenterId'>,
  committeeId: string,
): Promise<Committee> {
  const [committee] = await tx.query<Committee>(
    `select m.id, m.name, m.numbering_word as "numberingWord" from committee m join center c on c.id = m.center_id
      where m.id = $1 and m.is_active and (c.id = any ($2::uuid[]) or c.ancestor_center_ids && $2::uuid[])`,
    [committeeId, [dispute.centerId, dispute.handlingCenterId ?? dispute.centerId]],
  );
  if (!committee) {
    throw ruleViolation(
      'disputes.committee-not-eligible',
      '该调解委员会不存在、已撤销或不属于本中心辖区。请从本中心的调解委员会中选择。',
      '/committeeId',
    );
  }
  return committee;
}
