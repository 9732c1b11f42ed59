import type { TestApp } from '../../support/test-app';
import { keepFigures, type Told, tell } from './stage';

const STREETS = ['中山东路街道', '迎新路街道', '海拉尔东路街道', '锡林路街道', '保合少镇'];
const TYPES = [
  'property',
  'neighbor.noise',
  'neighbor.adjacency',
  'family.inheritance',
  'contract.lease',
  'labor.arrears',
  'traffic',
  'consumer',
];
const CHANNELS = ['visit', 'phone', 'online', 'hotline', 'grid', 'police'];

/** A year of a district's matters, the same each time. */
function aYear(agencies: readonly string[], mediators: readonly string[]): Told[] {
  const day = (n: number): string => new Date(Date.UTC(2025, 9, 1 + n)).toISOString().slice(0, 10);
  return Array.from({ length: 330 }, (_, i): Told => {
    const from = Math.floor((i * 356) / 330);
    const [isAccepted, isAgreed, isEnded] = [i % 9 !== 0, i % 9 < 7 && i % 9 > 0, i % 9 > 6];
    return {
      registered: day(from),
      type: TYPES[Math.min((i * 7) % 11, (i * 5) % 13) % TYPES.length] ?? null,
      handler: mediators[i % mediators.length] ?? '',
      ...(isAccepted
        ? { accepted: day(from + 1), period: { due: day(from + 31), ended: day(from + 12 + (i % 25)) } }
        : {}),
      ...(isAgreed && from < 330
        ? {
            agreement: { effective: day(from + 12) },
            items: [{ due: day(from + 20), state: i % 11 === 0 ? ('breached' as const) : ('performed' as const) }],
            closed: day(from + 21),
          }
        : {}),
      ...(isEnded && from < 330
        ? {
            ending: { on: day(from + 15), state: 'terminated' as const, code: 'irreconcilable' },
            closed: day(from + 16),
          }
        : {}),
      ...(i % 6 === 0
        ? {
            tasks: [
              {
                agency: agencies[i % agencies.length] ?? '',
                issued: day(from + 2),
                due: day(from + 4),
                signed: day(from + (i % 4 === 0 ? 6 : 3)),
              },
            ],
          }
        : {}),
    };
  });
}

/** Tells the year, in streets and by sources; answers the matters. */
export async function tellAYear(t: TestApp): Promise<string[]> {
  const { world } = t;
  const streets = await t.sql<{ id: string }>(
    `with u as (insert into org_unit (id, kind) select gen_random_uuid(), 'street' from unnest($1::text[]) returning id),
      n as (select id, row_number() over () as at from u)
     insert into org_unit_version (id, unit_id, parent_id, name, valid_from)
       select gen_random_uuid(), n.id, $2, ($1::text[])[n.at], '2020-01-01' from n returning unit_id as id`,
    [STREETS, world.districtId],
  );
  const ids = await tell(
    t,
    aYear(
      world.agencyIds,
      ['mediator', 'mediator-2'].map((key) => world.account(key).id),
    ),
  );
  await t.sql("set session_replication_role = 'replica'");
  await t.sql(
    `update dispute d set channel = ($2::text[])[1 + n.at % 6],
            place_unit_id = ($3::uuid[])[1 + least(n.at * 5 % 9, n.at % 7) % 7]
       from unnest($1::uuid[]) with ordinality n(id, at) where d.id = n.id`,
    [ids, CHANNELS, [...streets.map((s) => s.id), world.communityId, world.communityId]],
  );
  await t.sql(
    `update mediation_period p set start_on = (d.accepted_at at time zone 'Asia/Shanghai')::date from dispute d
        where d.id = p.dispute_id and d.id = any ($1)`,
    [ids],
  );
  await t.sql(
    `insert into dispute_closing (id, dispute_id, volume, outcome, summary, handler_account_id, reviewed_by, closed_at)
       select gen_random_uuid(), id, 1, outcome, '双方已经当面确认。', handler_account_id, $2, closed_at from dispute
        where id = any ($1) and closed_at is not null`,
    [ids, world.account('duty-leader').id],
  );
  await t.sql("set session_replication_role = 'origin'");
  await keepFigures(t, ids);
  return ids;
}
