import { legalDateFromInstant, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';

/** Streets, communities and grids below the unit that the center serves, as the units stand today. */
export async function mustBeWithin(tx: Tx, unitId: string, centerId: string, pointer: string): Promise<void> {
  const [unit] = await tx.query(
    `with recursive below as (
       select c.unit_id as id, 0 as depth from center c where c.id = $2
       union all
       select v.unit_id, b.depth + 1 from org_unit_version v join below b on v.parent_id = b.id
        where b.depth < 6 and v.valid_from <= $3 and (v.valid_to is null or v.valid_to > $3)
     )
     select 1 from below where id = $1 and depth > 0`,
    [unitId, centerId, legalDateFromInstant(tx.now)],
  );
  if (!unit) {
    throw ruleViolation(
      'disputes.unit-not-below',
      '所选单位不在本中心辖区内。请从本中心下属的街道、社区、网格中选择。',
      pointer,
    );
  }
}
