import { Injectable } from '@nestjs/common';
import { ROLE_NAMES, type Role } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';

/** Whom a choice of people takes in: those of the house without its agencies, or also who holds no office yet. */
export const COLLEAGUES_AMONG = {
  staff: '本中心及其调委会、区划',
  newcomers: '含尚未任职的人员',
} as const;

export type ColleaguesAmong = keyof typeof COLLEAGUES_AMONG;

interface ColleagueRow {
  readonly id: string;
  readonly name: string;
  readonly offices: readonly { role: Role; of: string }[];
}

/** Who holds an office at a center, its committees, agencies and units today: the choices when someone is to be named. */
@Injectable()
export class ReadColleagues {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute(centerId: string, { role, among }: { readonly role?: Role; readonly among?: ColleaguesAmong }) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'organizations.read');
      if (among === 'newcomers') authorize(tx.actor, 'organizations.add-posting');
      const rows = await tx.query<ColleagueRow>(
        `with place (id, name) as (
           select id, name from center where id = $1
           union all select id, name from committee where center_id = $1 and is_active
           union all select id, name from agency where center_id = $1 and is_active and $4::text is distinct from 'staff'
           union all select v.unit_id, v.name from org_unit_version v join center c on c.id = $1
             where (v.unit_id = c.unit_id or v.parent_id = c.unit_id)
               and v.valid_from <= $2::timestamptz::date and (v.valid_to is null or v.valid_to > $2::timestamptz::date)),
         held as (
           select account_id, role, scope_id from role_grant
            where valid_from <= $2::timestamptz and (valid_to is null or valid_to > $2::timestamptz))
         select a.id, a.display_name as name,
                coalesce(jsonb_agg(jsonb_build_object('role', h.role, 'of', p.name) order by p.name, h.role)
                  filter (where p.id is not null), '[]') as offices
           from account a left join held h on h.account_id = a.id left join place p on p.id = h.scope_id
          where a.status = 'active' and ($3::text is null or h.role = $3)
            and (p.id is not null or ($4::text = 'newcomers' and h.account_id is null))
          group by a.id, a.display_name order by a.display_name, a.id limit 500`,
        [centerId, tx.now, role ?? null, among ?? null],
      );
      return rows.map(({ offices, ...own }) => ({
        ...own,
        offices: offices.map(({ role: held, of }) => ({ role: held, roleName: ROLE_NAMES[held], of })),
      }));
    });
  }
}
