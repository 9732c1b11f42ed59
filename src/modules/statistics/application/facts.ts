import { type Breakdown, type Figure, RELAPSE_DAYS } from '../domain/figures';

/**
 * One row per case of a figure: which matter, what exactly (task, period, item), which day puts it into a period, and
 * whether it is a hit, a miss or apart, with a note why. $1 centers, $2 now, $3 today. Number and list are read from this
 * one text, so that they cannot differ.
 */
const dueStart = (column: string): string => `(${column}::timestamp at time zone 'Asia/Shanghai')`;
const dueEnd = (column: string): string => `((${column} + 1)::timestamp at time zone 'Asia/Shanghai')`;

const localDay = (instant: string): string => `((${instant})::timestamptz at time zone 'Asia/Shanghai')::date`;

/** `isOld`: known only from an old ledger, so that it is told apart. */
const matters = (at: string, where: string, isOld = 'false'): string => `
  select d.id as dispute_id, d.id as subject_id, ${at} as at, case when ${isOld} then 'apart' else 'hit' end as verdict,
         case when ${isOld} then 'imported' end as note, null::uuid as agency_id, d.center_id
    from dispute d where d.center_id = any ($1) and d.state <> 'merged' and ${where}`;

/** The earliest agreement in force, or superseded by a later one; a voided one is none. */
const AGREEMENT = `(select min(a.effective_at) from agreement a
  where a.dispute_id = d.id and a.effective_at is not null and a.state in ('effective', 'superseded'))`;

/** The last ending of the mediation, where it stands ended. */
const ENDING = `left join lateral (select m.ended_at, m.end_state, m.code, m.after_acceptance from mediation_ending m
  where m.dispute_id = d.id and d.mediation_state in ('terminated', 'refused', 'unreachable', 'withdrawn')
  order by m.ended_at desc, m.id desc limit 1) e on true`;

const due = (kind: string): string => `
  select u.dispute_id, u.id as subject_id, u.starts_at as at,
         case when u.met_at is not null
                then case when u.met_at < coalesce(u.current_due_at, u.original_due_at) then 'hit' else 'miss' end
              when u.current_due_at is null then 'apart'
              when $2 >= u.current_due_at then 'miss' else 'apart' end as verdict,
         case when u.met_at is not null
                then case when u.met_at < coalesce(u.current_due_at, u.original_due_at) then null else 'late' end
              when u.current_due_at is null then 'objected'
              when $2 >= u.current_due_at then 'overdue' else 'not-due' end as note,
         t.agency_id, s.center_id
    from summons_due u join summons_task t on t.id = u.task_id join summons s on s.id = t.summons_id
   where u.kind = '${kind}' and s.center_id = any ($1) and t.state not in ('draft', 'upheld', 'withdrawn') and u.stopped_at is null`;

/** Of an item on record as performed: what its obligee's silence makes of it; null where it counts. */
const RECEIPT_NOTE = `(select case
      when bool_or(r.receipt = 'awaited' and r.receipt_due_on >= $3::date) then 'unconfirmed'
      when bool_or(r.receipt = 'awaited' and cardinality(r.attachment_ids) = 0) then 'unproved' end
    from performance_record r where r.item_id = i.id and r.retracted_at is null)`;

export const FACTS: Readonly<Record<Figure, string>> = {
  registered: matters('d.registered_at', 'true', 'd.is_imported'),
  accepted: matters('d.accepted_at', 'd.accepted_at is not null'),
  closed: matters(
    'd.closed_at',
    "d.closed_at is not null and d.state in ('closed', 'followed-up', 'archived')",
    'd.is_imported and d.volume = 1',
  ),
  agreed: `
    select d.id as dispute_id, d.id as subject_id, coalesce(g.at, e.ended_at) as at,
           case when g.at is not null then 'hit' when e.end_state = 'withdrawn' then 'apart' else 'miss' end as verdict,
           case when g.at is not null then null when e.end_state = 'withdrawn' then 'withdrawn' else 'not-agreed' end as note,
           null::uuid as agency_id, d.center_id
      from dispute d cross join lateral (select ${AGREEMENT} as at) g ${ENDING}
     where d.center_id = any ($1) and d.state <> 'merged' and (g.at is not null or e.after_acceptance)`,
  settled: `
    select f.dispute_id, f.subject_id, f.at,
           case when f.note is null then 'hit' when f.note in ('in-hand', 'not-due', 'observation') then 'apart' else 'miss' end as verdict,
           f.note, null::uuid as agency_id, f.center_id
      from (select d.id as dispute_id, d.id as subject_id, d.accepted_at as at, d.center_id,
              case
                when p.is_broken then 'breach'
                when exists (select 1 from dispute_reopening r where r.dispute_id = d.id
                  and r.reopened_at >= coalesce(g.at, e.ended_at)
                  and r.reopened_at < coalesce(g.at, e.ended_at) + interval '${RELAPSE_DAYS} days') then 'relapse'
                when g.at is not null and p.is_open then 'not-due'
                when g.at is not null or e.code = 'settled-privately'
                  then case when $2 < coalesce(g.at, e.ended_at) + interval '${RELAPSE_DAYS} days' then 'observation' end
                when e.end_state = 'withdrawn' then 'withdrawn'
                when e.end_state is not null then 'not-agreed'
                else 'in-hand' end as note
         from dispute d cross join lateral (select ${AGREEMENT} as at) g ${ENDING}
         cross join lateral (select
             coalesce(bool_or(i.state = 'breached' or (i.state = 'open' and i.due_on < $3::date)
               or (i.state = 'performed' and n.note = 'unproved')), false) as is_broken,
             coalesce(bool_or((i.state = 'open' and i.due_on >= $3::date)
               or (i.state = 'performed' and n.note = 'unconfirmed')), false) as is_open
           from performance_item i cross join lateral (select ${RECEIPT_NOTE} as note) n where i.dispute_id = d.id) p
        where d.center_id = any ($1) and d.state <> 'merged' and d.accepted_at is not null) f`,
  'on-time': `
    select p.dispute_id, p.id as subject_id, ${dueStart('coalesce(p.current_due_on, p.original_due_on)')} as at,
           case when p.ended_at is not null
                  then case when p.ended_at < ${dueEnd('coalesce(p.current_due_on, p.original_due_on)')} then 'hit' else 'miss' end
                when p.current_due_on is null then 'apart'
                when p.current_due_on < $3::date then 'miss' else 'apart' end as verdict,
           case when p.ended_at is not null
                  then case when p.ended_at < ${dueEnd('coalesce(p.current_due_on, p.original_due_on)')} then null else 'late' end
                when p.current_due_on is null then 'suspended'
                when p.current_due_on < $3::date then 'overdue' else 'not-due' end as note,
           null::uuid as agency_id, d.center_id
      from mediation_period p join dispute d on d.id = p.dispute_id
     where d.center_id = any ($1) and d.state <> 'merged'`,
  // One row for each pause and one for what ran beside it, each of so many days.
  paused: `
    select w.* from (
      select p.dispute_id, z.id as subject_id, ${dueStart('p.start_on')} as at, 'hit' as verdict, null::text as note, null::uuid as agency_id,
             d.center_id, ${localDay('coalesce(z.resumed_at, $2)')} - ${localDay('z.paused_at')} as weight
        from mediation_pause z join mediation_period p on p.id = z.period_id join dispute d on d.id = p.dispute_id
       where d.center_id = any ($1) and d.state <> 'merged'
      union all
      select p.dispute_id, p.id, ${dueStart('p.start_on')}, 'miss', 'running', null, d.center_id,
             ${localDay('coalesce(p.ended_at, $2)')} - p.start_on - coalesce((
               select sum(${localDay('coalesce(z.resumed_at, $2)')} - ${localDay('z.paused_at')})::int from mediation_pause z where z.period_id = p.id), 0)
        from mediation_period p join dispute d on d.id = p.dispute_id
       where d.center_id = any ($1) and d.state <> 'merged') w
     where w.weight > 0`,
  'signed-in-time': due('sign'),
  'arrived-in-time': due('arrive'),
  'answered-in-time': due('feedback'),
  performed: `
    select f.dispute_id, f.subject_id, f.at,
           case when f.note is null then 'hit' when f.note in ('unconfirmed', 'not-due') then 'apart' else 'miss' end as verdict,
           f.note, null::uuid as agency_id, f.center_id
      from (select i.dispute_id, i.id as subject_id, ${dueStart('i.due_on')} as at, d.center_id,
              case when i.state = 'performed' then ${RECEIPT_NOTE}
                   when i.state = 'breached' or i.due_on < $3::date then 'breach' else 'not-due' end as note
         from performance_item i join dispute d on d.id = i.dispute_id
        where d.center_id = any ($1) and i.state <> 'cancelled') f`,
  'court-confirmed': `
    select f.dispute_id, f.subject_id, f.at,
           case when f.note is null then 'hit' when f.note in ('at-court', 'not-due') then 'apart' else 'miss' end as verdict,
           f.note, null::uuid as agency_id, f.center_id
      from (select a.dispute_id, a.id as subject_id, a.effective_at as at, d.center_id,
              case c.state when 'confirmed' then null when 'dismissed' then 'dismissed' when 'applied' then 'at-court'
                when 'accepted' then 'at-court'
                else case when a.state = 'effective' and a.confirmation_due_on >= $3::date then 'not-due' else 'not-applied' end end as note
         from agreement a join dispute d on d.id = a.dispute_id
         left join judicial_confirmation c on c.agreement_id = a.id and c.state <> 'withdrawn'
        where d.center_id = any ($1) and d.state <> 'merged' and a.kind = 'written' and a.effective_at is not null
          and a.relation in ('original', 'replacement')) f`,
  satisfied: `
    select v.dispute_id, v.id as subject_id, v.visited_at as at,
           case when not v.is_reached or v.satisfaction is null or v.satisfaction = 'no-answer' then 'apart'
                when v.satisfaction in ('satisfied', 'mostly-satisfied') then 'hit' else 'miss' end as verdict,
           case when not v.is_reached then 'unreached' when v.satisfaction is null or v.satisfaction = 'no-answer' then 'no-answer'
                when v.satisfaction = 'dissatisfied' then 'dissatisfied' end as note,
           null::uuid as agency_id, d.center_id
      from follow_up_visit v join dispute d on d.id = v.dispute_id where d.center_id = any ($1)
    union all
    select r.dispute_id, r.id, r.rated_at, case when r.score >= 4 then 'hit' else 'miss' end,
           case when r.score >= 4 then null else 'dissatisfied' end, null, d.center_id
      from service_rating r join dispute d on d.id = r.dispute_id where d.center_id = any ($1)`,
};

const level = (n: number): string => `array_to_string((string_to_array(d.dispute_type, '.'))[1:${n}], '.')`;
const local = (format: string): string => `to_char(f.at at time zone 'Asia/Shanghai', '${format}')`;

/** By what a case is grouped; '' where it has none of it. */
export const GROUP_KEYS: Readonly<Record<Breakdown, string>> = {
  none: "''",
  center: 'f.center_id::text',
  'type-1': level(1),
  'type-2': level(2),
  'type-3': level(3),
  'local-type': 'd.local_type_id::text',
  month: local('YYYY-MM'),
  quarter: local('YYYY-"Q"Q'),
  year: local('YYYY'),
  mediator: 'd.handler_account_id::text',
  agency: 'f.agency_id::text',
};

/** Cases in the period and filters: $4 from, $5 before; $6 type, $7 mediator, $8 agency. Every query names $2 and $3. */
const FILTERED = `f.at >= $4 and f.at < $5 and $2::timestamptz is not null and $3::date is not null
    and ($6::text is null or d.dispute_type = $6 or d.dispute_type like $6 || '.%')
    and ($7::uuid is null or d.handler_account_id = $7)
    and ($8::uuid is null or f.agency_id = $8)`;

/** Part of them: $9 verdicts, $10 group key, $11 note. */
const inPart = (by: Breakdown): string => `${FILTERED}
    and f.verdict = any ($9) and ($10::text is null or coalesce(${GROUP_KEYS[by]}, '') = $10)
    and ($11::text is null or f.note = $11)`;

/** A sealed matter of whose list $12 is not. */
const HIDDEN = `(d.is_sealed and not exists (select 1 from dispute_access a where a.dispute_id = d.id and a.account_id = $12
      and (a.ends_at is null or a.ends_at > $2)))`;

/** A figure of days adds up those of its cases. */
const weightOf = (figure: Figure): string => (figure === 'paused' ? 'sum(f.weight)::int' : 'count(*)::int');

/** Counts of a figure by group, verdict and note. */
export const countsOf = (figure: Figure, by: Breakdown): string => `
  select coalesce(${GROUP_KEYS[by]}, '') as key, f.verdict, f.note, ${weightOf(figure)} as count
    from (${FACTS[figure]}) f join dispute d on d.id = f.dispute_id
   where ${FILTERED}
   group by 1, 2, 3 order by 1`;

/** The very cases behind it that $12 may see, the latest first: after the place $13, $14 at most $15. */
export const casesOf = (figure: Figure, by: Breakdown): string => `
  select f.subject_id as "subjectId", date_trunc('milliseconds', f.at) as at, f.verdict, f.note, d.id as "disputeId",
         d.registration_number as "registrationNumber", d.case_number as "caseNumber", d.title, d.dispute_type as "disputeType",
         d.state, d.is_sealed as "isSealed", ce.name as "centerName", h.display_name as "handlerName", g.name as "agencyName",
         ${figure === 'paused' ? 'f.weight' : 'null::int'} as days
    from (${FACTS[figure]}) f join dispute d on d.id = f.dispute_id
    join center ce on ce.id = f.center_id
    left join account h on h.id = d.handler_account_id
    left join agency g on g.id = f.agency_id
   where ${inPart(by)} and not ${HIDDEN}
     and ($13::timestamptz is null or (date_trunc('milliseconds', f.at), f.subject_id) < ($13, $14::uuid))
   order by date_trunc('milliseconds', f.at) desc, f.subject_id desc limit $15`;

/** How many there are in all, and how many of them are sealed to $12: counted, not listed. */
export const totalsOf = (figure: Figure, by: Breakdown): string => `
  select count(*)::int as total, count(*) filter (where ${HIDDEN})::int as hidden
    from (${FACTS[figure]}) f join dispute d on d.id = f.dispute_id
   where ${inPart(by)}`;
