import type { Tx } from '../../../platform/database';
import { WATCH_TERMS, type WatchClock } from '../domain/clocks';

/** A clock that runs on a matter, with who lets it run. */
export interface OpenClock {
  readonly clock: WatchClock;
  readonly subjectId: string;
  readonly startsAt: Date;
  readonly dueAt: Date;
  readonly isRealTime: boolean;
  /** A year that it runs into is not in force yet. */
  readonly isProvisional: boolean;
  readonly disputeId: string;
  readonly taskId: string | null;
  readonly holder: string;
  readonly centerId: string;
  readonly centerName: string;
  readonly handlingCenterId: string | null;
  readonly handlingUnitId: string | null;
  readonly committeeId: string | null;
  readonly registrationNumber: string;
  readonly title: string;
  readonly disputeType: string | null;
  readonly riskLevel: string | null;
  readonly state: string;
  readonly mediationState: string | null;
  readonly isHidden: boolean;
  readonly isSealed: boolean;
  readonly assignedRoles: readonly string[];
  /** Days, from the start to now, that a mediation was paused; null for other clocks. */
  readonly pausedDays: number | null;
}

export interface ClockScope {
  readonly centerIds: readonly string[];
  readonly clock?: WatchClock;
  readonly agencyId?: string;
  readonly disputeId?: string;
}

export interface ClockPlace {
  readonly dueAt: Date;
  readonly clock: string;
  readonly subjectId: string;
}

const DAY = (days: number): string => `interval '${days} days'`;
/** The first instant after the civil day of Hohhot. */
const after = (column: string): string => `((${column} + 1)::timestamp at time zone 'Asia/Shanghai')`;
const start = (column: string): string => `(${column}::timestamp at time zone 'Asia/Shanghai')`;

/** The term of a rule that held when a clock of matter `h` began. */
const TERM = (rule: string, since: string): string =>
  `join terms r on r.rule_id = '${rule}' and r.center_id = h.center_id and ${since} >= r.from_at and ${since} < r.to_at`;
const LOCAL_DAY = (instant: string): string => `((${instant})::timestamptz at time zone 'Asia/Shanghai')::date`;

/**
 * Every running clock of the centers in scope, the first due first. Read as the system, since directors do not read the
 * content that some clocks hang on: nothing but days and the name of who holds it comes out, and the scope stands in
 * the statement. `isHidden` marks sealed matters of which the actor is not on the list: they are counted, never shown.
 */
const OPEN_CLOCKS = `
  with scoped as (
    select d.id, d.center_id, d.handling_center_id, d.handling_unit_id, d.committee_id, d.registration_number, d.title,
           d.dispute_type, d.risk_level, d.state, d.mediation_state, d.is_sealed, d.handler_account_id, d.accepted_at,
           d.registered_at
      from dispute d
     where (d.center_id = any ($1) or d.handling_center_id = any ($1)) and d.state not in ('archived', 'merged')
       and ($8::uuid is null or d.id = $8)
  ),
  in_hand as (
    select * from scoped where state in ('registered', 'triaged', 'accepted', 'in-progress', 'sent-down', 'sent-up', 'reopened')
  ),
  -- A handful of rows for each center: what held when a clock began.
  terms as materialized (
    select rule_id, center_id, from_at, to_at, make_interval(days => term) as term from deadline_rule_span
     where rule_id in ('transfer.sign', 'consent.ask', 'matter.idle', 'mediation.pause')
  ),
  clocks as (
    select 'mediation' as clock, p.id as subject_id, p.dispute_id, null::uuid as task_id, ${start('p.start_on')} as starts_at,
           ${after('p.current_due_on')} as due_at, false as is_real, null::text as holder, null::uuid as agency_id
      from mediation_period p where p.ended_at is null and p.current_due_on is not null
        and p.dispute_id in (select id from scoped)
    union all
    select 'paused', z.id, z.dispute_id, null, z.paused_at, coalesce(${after('z.expected_until')}, z.paused_at + r.term), false, null, null
      from mediation_pause z join scoped h on h.id = z.dispute_id ${TERM('mediation.pause', 'z.paused_at')}
     where z.resumed_at is null
    union all
    select 'summons-' || u.kind, u.id, u.dispute_id, case when u.kind <> 'ruling' then u.task_id end, u.starts_at, u.current_due_at,
           u.unit in ('real-minute', 'real-hour'), case when u.kind = 'ruling' then sc.name else a.name end,
           case when u.kind <> 'ruling' then t.agency_id end
      from summons_due u join summons_task t on t.id = u.task_id join agency a on a.id = t.agency_id
      join summons sm on sm.id = t.summons_id join center sc on sc.id = sm.center_id
     where u.met_at is null and u.stopped_at is null and u.current_due_at is not null
       and u.dispute_id in (select id from scoped)
    union all
    select 'transfer', x.id, x.dispute_id, null, coalesce(x.objected_at, x.sent_at),
           coalesce(x.objected_at, x.sent_at) + r.term, false,
           case when x.state = 'objected' then (select fc.name from center fc where fc.id = x.from_center_id)
             else coalesce(x.organ, (select tc.name from center tc where tc.id = x.to_center_id),
               (select v.name from org_unit_version v where v.unit_id = x.to_unit_id order by v.valid_from desc limit 1)) end, null
      from dispute_transfer x join scoped h on h.id = x.dispute_id ${TERM('transfer.sign', 'coalesce(x.objected_at, x.sent_at)')}
     where x.state in ('sent', 'objected')
    union all
    select 'notice', n.id, n.dispute_id, null, n.given_at, ${after('n.due_on')}, false,
           (select a.display_name from account a where a.id = n.given_by), null
      from one_time_notice n where n.kind = 'supplement' and n.supplemented_at is null and n.due_on is not null
        and n.dispute_id in (select id from in_hand)
    union all
    select 'performance', i.id, i.dispute_id, null, ${start('i.due_on')} - ${DAY(WATCH_TERMS.performance)}, ${after('i.due_on')}, false, null, null
      from performance_item i where i.state in ('open', 'breached') and i.dispute_id in (select id from scoped)
    union all
    select 'consent', h.id, h.id, null, o.at, o.at + r.term, false, null, null
      from in_hand h cross join lateral (select coalesce(max(e.at), h.accepted_at, h.registered_at) as at
        from dispute_event e where e.dispute_id = h.id and e.act = 'mediation.open') o
      ${TERM('consent.ask', 'o.at')}
     where h.mediation_state = 'consent-pending'
    union all
    select 'idle', h.id, h.id, null, o.at, o.at + r.term, false, null, null
      from in_hand h cross join lateral (select coalesce(max(e.at), h.registered_at) as at
        from dispute_event e where e.dispute_id = h.id and e.act not like 'supervisions.%' and e.act not in ('calendars.recompute', 'performance.remind', 'mediation.chase-pause')) o
      ${TERM('matter.idle', 'o.at')}
     where h.mediation_state is distinct from 'suspended'
    union all
    select 'answer', s.id, s.dispute_id, s.task_id, s.issued_at, ${after('s.answer_due_on')}, false, s.addressee_name, s.agency_id
      from supervision s where s.state = 'open' and s.answer_due_on is not null and s.dispute_id in (select id from scoped)
  )
  select c.clock, c.subject_id as "subjectId", c.starts_at as "startsAt", date_trunc('milliseconds', c.due_at) as "dueAt",
         c.is_real as "isRealTime",
         case when c.clock = 'mediation' then (select p.is_provisional from mediation_period p where p.id = c.subject_id)
              when c.clock like 'summons-%' then (select u.is_provisional from summons_due u where u.id = c.subject_id)
              else false end as "isProvisional", c.dispute_id as "disputeId", c.task_id as "taskId",
         coalesce(c.holder, ha.display_name,
           (select v.name from org_unit_version v where v.unit_id = d.handling_unit_id order by v.valid_from desc limit 1),
           hc.name, cm.name, ce.name) as holder,
         d.center_id as "centerId", ce.name as "centerName", d.handling_center_id as "handlingCenterId",
         d.handling_unit_id as "handlingUnitId", d.committee_id as "committeeId",
         d.registration_number as "registrationNumber", d.title, d.dispute_type as "disputeType", d.risk_level as "riskLevel",
         d.state, d.mediation_state as "mediationState", d.is_sealed as "isSealed",
         d.is_sealed and not exists (select 1 from dispute_access a where a.dispute_id = d.id and a.account_id = $2
           and (a.ends_at is null or a.ends_at > $3)) as "isHidden",
         coalesce((select array_agg(a.role) from dispute_access a where a.dispute_id = d.id and a.account_id = $2
           and a.ground = 'assigned' and (a.ends_at is null or a.ends_at > $3)), '{}') as "assignedRoles",
         case when c.clock in ('mediation', 'paused') then (select coalesce(sum(${LOCAL_DAY('coalesce(z.resumed_at, $3)')} - ${LOCAL_DAY('z.paused_at')}), 0)::int
           from mediation_pause z where z.dispute_id = c.dispute_id) end as "pausedDays"
    from clocks c
    join scoped d on d.id = c.dispute_id
    join center ce on ce.id = d.center_id
    left join account ha on ha.id = d.handler_account_id
    left join center hc on hc.id = d.handling_center_id
    left join committee cm on cm.id = d.committee_id
   where (c.due_at < $3::timestamptz + ${DAY(WATCH_TERMS.horizon)} or c.clock = 'paused')
     and ($4::timestamptz is null or (date_trunc('milliseconds', c.due_at), c.clock, c.subject_id) > ($4, $5::text, $6::uuid))
     and ($7::text is null or c.clock = $7)
     and ($9::uuid is null or c.agency_id = $9)
   order by date_trunc('milliseconds', c.due_at), c.clock, c.subject_id
   limit $10`;

/** One batch of running clocks after a place. The actor must have been authorized for the scope. */
export async function openClocks(
  tx: Tx,
  scope: ClockScope,
  after: ClockPlace | null,
  limit: number,
): Promise<OpenClock[]> {
  if (scope.centerIds.length === 0) return [];
  return tx.asSystem(() =>
    tx.query<OpenClock>(OPEN_CLOCKS, [
      scope.centerIds,
      tx.actor.accountId,
      tx.now,
      after?.dueAt ?? null,
      after?.clock ?? null,
      after?.subjectId ?? null,
      scope.clock ?? null,
      scope.disputeId ?? null,
      scope.agencyId ?? null,
      limit,
    ]),
  );
}
