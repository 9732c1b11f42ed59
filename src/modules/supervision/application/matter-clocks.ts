import type { Tx } from '../../../platform/database';
import { WATCH_TERMS, type WatchClock } from '../domain/clocks';

/** A running clock as the rows of its matter say, without when it warns. */
export interface MatterClock {
  readonly clock: WatchClock;
  readonly subjectId: string;
  readonly disputeId: string;
  readonly taskId: string | null;
  readonly agencyId: string | null;
  readonly holder: string;
  readonly centerId: string;
  readonly handlingCenterId: string | null;
  readonly startsAt: Date;
  readonly dueAt: Date;
  readonly isRealTime: boolean;
  readonly isProvisional: boolean;
  readonly isSealed: boolean;
}

const DAY = (days: number): string => `interval '${days} days'`;
/** The first instant after the civil day of Hohhot. */
const after = (column: string): string => `((${column} + 1)::timestamp at time zone 'Asia/Shanghai')`;
const start = (column: string): string => `(${column}::timestamp at time zone 'Asia/Shanghai')`;

/** The term of a rule that held when a clock of matter `h` began. */
const TERM = (rule: string, since: string): string =>
  `join terms r on r.rule_id = '${rule}' and r.center_id = h.center_id and ${since} >= r.from_at and ${since} < r.to_at`;

/** Every running clock of the matters `$1`: the one definition of what is watched, kept as rows and read from there. */
const MATTER_CLOCKS = `
  with scoped as (
    select d.id, d.center_id, d.handling_center_id, d.handling_unit_id, d.committee_id,
           d.state, d.mediation_state, d.is_sealed, d.handler_account_id, d.accepted_at, d.registered_at
      from dispute d where d.id = any ($1::uuid[]) and d.state not in ('archived', 'merged')
  ),
  in_hand as (
    select * from scoped where state in ('registered', 'triaged', 'accepted', 'in-progress', 'sent-down', 'sent-up', 'reopened')
  ),
  -- A handful of rows: what held when a clock began, looked up center by center and not for all there are.
  terms as materialized (
    select s.rule_id, s.center_id, s.from_at, s.to_at, make_interval(days => s.term) as term
      from (select distinct center_id from scoped) h cross join lateral (select * from deadline_rule_span r
        where r.center_id = h.center_id and r.rule_id in ('transfer.sign', 'consent.ask', 'matter.idle', 'mediation.pause')) s
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
  select c.clock, c.subject_id as "subjectId", c.dispute_id as "disputeId", c.task_id as "taskId", c.agency_id as "agencyId",
         coalesce(c.holder, ha.display_name,
           (select v.name from org_unit_version v where v.unit_id = d.handling_unit_id order by v.valid_from desc limit 1),
           hc.name, cm.name, ce.name) as holder,
         d.center_id as "centerId", d.handling_center_id as "handlingCenterId", date_trunc('milliseconds', c.starts_at) as "startsAt",
         date_trunc('milliseconds', c.due_at) as "dueAt", c.is_real as "isRealTime",
         case when c.clock = 'mediation' then (select p.is_provisional from mediation_period p where p.id = c.subject_id)
              when c.clock like 'summons-%' then (select u.is_provisional from summons_due u where u.id = c.subject_id)
              else false end as "isProvisional", d.is_sealed as "isSealed"
    from clocks c
    join scoped d on d.id = c.dispute_id
    join center ce on ce.id = d.center_id
    left join account ha on ha.id = d.handler_account_id
    left join center hc on hc.id = d.handling_center_id
    left join committee cm on cm.id = d.committee_id
   order by c.clock, c.subject_id`;

/**
 * Clocks that run on these matters now. For the system: nobody's sight is asked. Planned once: planning anew at each call
 * takes ten times as long as the answer.
 */
export async function matterClocks(tx: Tx, disputeIds: readonly string[]): Promise<MatterClock[]> {
  const { before } = await tx.one<{ before: string }>(
    "select current_setting('plan_cache_mode') as before, set_config('plan_cache_mode', 'force_generic_plan', true)",
  );
  const clocks = await tx.query<MatterClock>(MATTER_CLOCKS, [disputeIds]);
  await tx.query("select set_config('plan_cache_mode', $1, true)", [before]);
  return clocks;
}
