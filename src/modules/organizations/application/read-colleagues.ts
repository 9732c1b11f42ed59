import { Injectable } from '@nestjs/common';
import { ROLE_NAMES, type Role } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';

interface ColleagueRow {
  readonly id: string;
  readonly name: string;
  readonly offices: readonly { role: Role; of: string }[];
}

/** Who holds an office at a center, its committees, agencies and units today: the choices when someone is to be named. */
@Injectable()
export class ReadColleagues {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute(centerId: string, role: Role | undefined) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'organizations.read');
      const rows = await tx.query<ColleagueRow>(
        `with place (id, name) as (
           select id, name from center where id = $1
           union all select id, name from committee where center_id = $1 and is_active
           union all select id, name from agency where center_id = $1 and is_active
           union all select v.unit_id, v.name from org_unit_version v join center c on c.id = $1
             where (v.unit_id = c.unit_id or v.parent_id = c.unit_id)
               and v.valid_from <= $2::timestamptz::date and (v.valid_to is null or v.valid_to > $2::timestamptz::date))
         select a.id, a.display_name as name,
                jsonb_agg(jsonb_build_object('role', g.role, 'of', p.name) order by p.name, g.role) as offices
           from role_grant g join place p on p.id = g.scope_id join account a on a.id = g.account_id
          where a.status = 'active' and g.valid_from <= $2::timestamptz and (g.valid_to is null or g.valid_to > $2::timestamptz)
            and ($3::text is null or g.role = $3)
          group by a.id, a.display_name order by a.display_name, a.id limit 500`,
        [centerId, tx.now, role ?? null],
      );
      return rows.map(({ offices, ...own }) => ({
        ...own,
        offices: offices.map(({ role: held, of }) => ({ role: held, roleName: ROLE_NAMES[held], of })),
      }));
    });
  }
}
