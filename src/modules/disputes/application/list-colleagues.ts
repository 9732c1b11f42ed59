import { Injectable } from '@nestjs/common';
import { ROLE_NAMES, type Role } from '../../../kernel';
import { UnitOfWork } from '../../../platform/database';
import { Matters } from './matters';

/** Those who may be named on a matter: whoever holds an office at its centers or at its committee. */
@Injectable()
export class ListColleagues {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /** By name, with their offices: for whoever chooses a handler or the list of a sealed matter. No personal data. */
  async execute(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'disputes.list-colleagues');
      const scopes = [dispute.centerId, dispute.handlingCenterId, dispute.committeeId].filter((id) => id !== null);
      // Postings are no secret, but row security lets only the security administrator list them.
      const rows = await tx.asSystem(() =>
        tx.query<{ accountId: string; name: string; roles: Role[] }>(
          `select a.id as "accountId", a.display_name as name, array_agg(distinct g.role order by g.role) as roles
             from role_grant g join account a on a.id = g.account_id
            where g.scope_id = any ($1::uuid[]) and a.status = 'active' and g.valid_from <= $2
              and (g.valid_to is null or g.valid_to > $2)
            group by a.id, a.display_name order by a.display_name, a.id limit 500`,
          [scopes, tx.now],
        ),
      );
      return { items: rows.map(({ roles, ...row }) => ({ ...row, roleNames: roles.map((role) => ROLE_NAMES[role]) })) };
    });
  }
}
