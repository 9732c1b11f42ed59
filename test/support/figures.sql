-- The figures by the words of their definitions, in another shape than the program's own text and sharing none of it.
-- $1: the instant at which they are asked for. One row per case; by its own day and by that of its acceptance.
with clock as (
  select $1::timestamptz as now, (($1::timestamptz at time zone 'UTC') + interval '8 hours')::date as today
), live as (
  select * from dispute where merged_into_id is null
), hands as (
  select d.id as dispute_id, min(e.at) as began_at from dispute d join dispute_event e on e.dispute_id = d.id and e.act = 'disputes.undertake'
   group by d.id
), taken as (
  select d.id as dispute_id, d.accepted_at as at from dispute d where d.accepted_at is not null
  union all
  select h.dispute_id, h.began_at from hands h join dispute d on d.id = h.dispute_id where d.accepted_at is null
), over as (
  select id as dispute_id from dispute where state not in
    ('registered', 'triaged', 'answered', 'referred', 'not-accepted', 'merged', 'accepted', 'sent-down', 'sent-up', 'handed-off', 'in-progress', 'reopened')
), rounds as (
  select d.id as dispute_id, n as volume, n = d.volume as is_last, coalesce(this.reopened_at, '-infinity') as from_at,
         coalesce(next.reopened_at, 'infinity') as until_at
    from dispute d cross join lateral generate_series(1, d.volume) n
    left join dispute_reopening this on this.dispute_id = d.id and this.volume = n
    left join dispute_reopening next on next.dispute_id = d.id and next.volume = n + 1
), pacts as (
  select a.*, r.volume, r.is_last, row_number() over (partition by a.dispute_id, r.volume order by a.effective_at, a.ordinal) as rank
    from agreement a join rounds r on r.dispute_id = a.dispute_id and a.effective_at >= r.from_at and a.effective_at < r.until_at
   where a.state not in ('drafting', 'signing', 'refused', 'voided') and a.relation in ('original', 'supplement', 'replacement')
), first_pacts as (
  select p.* from pacts p join live d on d.id = p.dispute_id where p.rank = 1
), ends as (
  select e.*, e.volume = d.volume as is_last from (
    select m.*, row_number() over (partition by dispute_id, volume order by ended_at desc, id desc) as rank from mediation_ending m) e
    join live d on d.id = e.dispute_id
   where e.rank = 1 and (e.volume < d.volume or d.mediation_state in ('terminated', 'refused', 'unreachable', 'withdrawn'))
), closings as (
  select c.*, row_number() over (partition by dispute_id, volume order by closed_at) as first_rank,
         row_number() over (partition by dispute_id, volume order by closed_at desc, id desc) as last_rank from dispute_closing c
), silence as (
  select item_id, max(receipt_due_on) as until_on, count(*) filter (where attachment_ids = '{}') > 0 as lacks_proof
    from performance_record where receipt = 'awaited' and retracted_at is null group by item_id
), items as (
  select i.*, case
      when i.state = 'open' and i.due_on >= today then 'not-due'
      when i.state in ('open', 'breached') then 'breach'
      when s.until_on >= today then 'unconfirmed'
      when s.lacks_proof then 'unproved'
      else 'kept' end as standing
    from clock, performance_item i left join silence s on s.item_id = i.id where i.state <> 'cancelled'
), promises as (
  select dispute_id, count(*) filter (where standing in ('breach', 'unproved')) as broken,
         count(*) filter (where standing in ('not-due', 'unconfirmed')) as running from items group by dispute_id
), outcomes as (
  -- Of the last round of each matter in hand: when it was agreed, how mediation ended, how it was closed.
  select d.id as dispute_id, t.at as taken_at, ce.relapse_days,
         coalesce(p.effective_at, case when d.volume > 1 and c.outcome in ('agreement', 'oral-agreement') then c.closed_at end) as agreed_at,
         e.end_state, e.code, e.ended_at, c.outcome, c.confirmed_by, c.closed_at
    from live d join taken t on t.dispute_id = d.id join center ce on ce.id = d.center_id
    left join first_pacts p on p.dispute_id = d.id and p.is_last
    left join ends e on e.dispute_id = d.id and e.is_last
    left join closings c on c.dispute_id = d.id and c.volume = d.volume and c.last_rank = 1 and d.id in (select dispute_id from over)
), successes as (
  select o.*, case when agreed_at is not null then agreed_at when code = 'settled-privately' then ended_at
                   when outcome in ('solved', 'settled') and confirmed_by is not null then closed_at end as success_at
    from outcomes o
), settled as (
  select s.dispute_id, coalesce(success_at, ended_at, closed_at, taken_at) as at,
         case
           when exists (select 1 from dispute_transfer t where t.dispute_id = s.dispute_id and t.organ_kind = 'court' and t.ended_at is null
                         and t.sent_at >= success_at) then 'sued'
           when p.broken > 0 then 'breach'
           when agreed_at is not null and p.running > 0 then 'not-due'
           when success_at is not null and extract(epoch from now - success_at) < relapse_days * 86400 then 'observation'
           when success_at is not null then null
           when end_state = 'withdrawn' then 'withdrawn'
           when end_state in ('terminated', 'refused', 'unreachable') then 'not-agreed'
           when outcome in ('solved', 'settled') then 'not-confirmed'
           when closed_at is not null then 'unsolved'
           else 'in-hand' end as note
    from clock, successes s left join promises p on p.dispute_id = s.dispute_id
), whistles as (
  select u.kind, u.id, u.dispute_id, u.starts_at, t.issued_at, t.agency_id,
         case when u.met_at is null and u.current_due_at is null then 'objected'
              when u.met_at is null and u.current_due_at > now then 'not-due'
              when u.met_at is null then 'overdue'
              when u.met_at < u.current_due_at or (u.current_due_at is null and u.met_at < u.original_due_at) then 'in-time'
              else 'late' end as standing
    from clock, summons_task t join summons_due u on u.task_id = t.id
   where t.state in ('issued', 'signed', 'objected', 'overruled', 'arrived', 'handling', 'feedback', 'confirmed', 'returned', 'rated', 'closed')
     and u.stopped_at is null
), periods as (
  select p.*, coalesce(p.current_due_on, p.original_due_on) as due_on, d.accepted_at,
         row_number() over (partition by p.dispute_id, p.volume order by p.start_on desc, p.id desc) as last_rank
    from mediation_period p join live d on d.id = p.dispute_id
), ends_of_periods as (
  select p.id, greatest(p.due_on, max(i.due_on)) as due_on, min(c.closed_at) as closed_at
    from periods p
    left join rounds r on r.dispute_id = p.dispute_id and r.volume = p.volume
    left join agreement a on a.dispute_id = p.dispute_id and a.effective_at >= r.from_at and a.effective_at < r.until_at
    left join items i on i.agreement_id = a.id
    left join closings c on c.dispute_id = p.dispute_id and c.volume = p.volume
   where p.last_rank = 1 group by p.id, p.due_on
), stops as (
  select z.*, p.start_on, p.dispute_id as matter_id,
         case when z.resumed_at is null then today else (z.resumed_at at time zone 'Asia/Shanghai')::date end
           - (z.paused_at at time zone 'Asia/Shanghai')::date as days
    from clock, mediation_pause z join periods p on p.id = z.period_id
), decisions as (
  select x.*, row_number() over (partition by dispute_id order by decided_at desc, id desc) as rank from dispute_decision x
), intake as (
  select d.id as dispute_id, d.registered_at, t.at as taken_at, x.decided_at, x.reason_code, d.is_imported and d.volume = 1 as is_old,
         coalesce(case when d.id in (select dispute_id from over) then d.outcome end, d.state) as became
    from live d left join taken t on t.dispute_id = d.id left join decisions x on x.dispute_id = d.id and x.rank = 1
), reached as (
  select dispute_id, visited_at as at from follow_up_visit where is_reached and not is_call_back
  union all
  select dispute_id, said_at from party_word
), planned as (
  select c.id, c.dispute_id, c.closed_at as since, (c.closed_at at time zone 'Asia/Shanghai')::date + 7 as due_on, false as is_item
    from closings c where c.last_rank = 1
     and not exists (select 1 from dispute_reopening r where r.dispute_id = c.dispute_id and r.volume = c.volume + 1
       and (r.reopened_at at time zone 'Asia/Shanghai')::date <= (c.closed_at at time zone 'Asia/Shanghai')::date + 7)
  union all
  select id, dispute_id, effective_at, effective_on + 7, false from agreement where state = 'effective'
  union all
  select i.id, i.dispute_id, ((i.due_on::timestamp - interval '8 hours') at time zone 'UTC'), i.due_on + 1, true
    from items i where not exists (select 1 from items j where j.agreement_id = i.agreement_id and j.due_on = i.due_on and j.ordinal < i.ordinal)
  union all
  select id, dispute_id, visited_at, next_on, false from follow_up_visit where next_on is not null and is_call_back = false
), calls as (
  select c.id, c.dispute_id, c.closed_at as since, (c.closed_at at time zone 'Asia/Shanghai')::date + 14 as due_on
    from closings c where c.last_rank = 1 and c.is_drawn
     and not exists (select 1 from dispute_reopening r where r.dispute_id = c.dispute_id and r.volume = c.volume + 1
       and (r.reopened_at at time zone 'Asia/Shanghai')::date <= (c.closed_at at time zone 'Asia/Shanghai')::date + 14)
), last_words as (
  select w.*, row_number() over (partition by dispute_id, party_id, volume order by said_at desc, id desc) as rank from party_word w
), told as (
  select 'registered' as figure, d.id as subject_id, d.id as dispute_id, d.registered_at as at, null::date as on_day,
         case when is_imported then 'apart' else 'hit' end as verdict, case when is_imported then 'imported' end as note, 1::bigint as weight,
         d.registered_at as cohort, null::uuid as agency_id from live d
  union all
  select 'accepted', id, id, accepted_at, null, 'hit', null, 1, accepted_at, null from live where accepted_at is not null
  union all
  select 'closed', id, id, closed_at, null, case when is_imported and volume = 1 then 'apart' else 'hit' end,
         case when is_imported and volume = 1 then 'imported' end, 1, null, null from live where id in (select dispute_id from over)
  union all
  select 'acceptance', dispute_id, dispute_id,
         case when taken_at is not null then taken_at when became in ('not-accepted', 'answered', 'referred') then coalesce(decided_at, registered_at)
           else registered_at end, null,
         case note when 'hit' then 'hit' when 'refused' then 'miss' else 'apart' end, nullif(note, 'hit'), 1, registered_at, null
    from (select i.*, case
            when taken_at is not null then 'hit'
            when is_old then 'imported'
            when became = 'not-accepted' and reason_code in ('clearly-refused', 'papers-missing', 'other') then 'refused'
            when became in ('not-accepted', 'referred', 'handed-off') then 'outside'
            when became = 'answered' then 'answered'
            else 'undecided' end as note from intake i) i
  union all
  select 'closed-rate', d.id, d.id, case when o.dispute_id is null then t.at else d.closed_at end, null,
         case when o.dispute_id is null then 'miss' else 'hit' end, case when o.dispute_id is null then 'in-hand' end, 1, null, null
    from live d join taken t on t.dispute_id = d.id left join over o on o.dispute_id = d.id
  union all
  select 'closed-on-time', p.id, p.dispute_id, null, x.due_on,
         case when x.closed_at is not null and (x.closed_at at time zone 'Asia/Shanghai')::date <= x.due_on then 'hit'
              when x.closed_at is not null then 'miss' when p.current_due_on is null then 'apart' when x.due_on < today then 'miss' else 'apart' end,
         case when x.closed_at is not null and (x.closed_at at time zone 'Asia/Shanghai')::date <= x.due_on then null
              when x.closed_at is not null then 'late' when p.current_due_on is null then 'suspended' when x.due_on < today then 'overdue'
              else 'not-due' end, 1, null, null
    from clock, periods p join ends_of_periods x on x.id = p.id
  union all
  select 'on-time', p.id, p.dispute_id, null, p.due_on,
         case when (p.ended_at at time zone 'Asia/Shanghai')::date <= p.due_on then 'hit' when p.ended_at is not null then 'miss'
              when p.current_due_on is null then 'apart' when p.current_due_on < today then 'miss' else 'apart' end,
         case when (p.ended_at at time zone 'Asia/Shanghai')::date <= p.due_on then null when p.ended_at is not null then 'late'
              when p.current_due_on is null then 'suspended' when p.current_due_on < today then 'overdue' else 'not-due' end, 1, null, null
    from clock, periods p
  union all
  select 'paused', id, matter_id, null, start_on, 'hit', null, days, null, null from stops
  union all
  select 'paused', p.id, p.dispute_id, null, p.start_on, 'miss', 'running',
         greatest(0, case when p.ended_at is null then today else (p.ended_at at time zone 'Asia/Shanghai')::date end - p.start_on
           - coalesce((select sum(days) from stops s where s.period_id = p.id), 0)), null, null
    from clock, periods p
  union all
  select 'agreed', id, dispute_id, effective_at, null, 'hit', null, 1, null, null from first_pacts
  union all
  select 'agreed', e.id, e.dispute_id, e.ended_at, null, case when e.end_state = 'withdrawn' then 'apart' else 'miss' end,
         case when e.end_state = 'withdrawn' then 'withdrawn' else 'not-agreed' end, 1, null, null
    from ends e left join first_pacts p on p.dispute_id = e.dispute_id and p.volume = e.volume
   where p.id is null and e.after_acceptance
  union all
  select 'agreed-of-accepted', d.id, d.id, coalesce(p.at, d.accepted_at), null, case when p.at is null then 'miss' else 'hit' end,
         case when p.at is not null then null when d.mediation_state = 'withdrawn' then 'withdrawn'
              when d.mediation_state in ('terminated', 'refused', 'unreachable') or d.id in (select dispute_id from over) then 'not-agreed'
              else 'in-hand' end, 1, null, null
    from live d left join (select dispute_id, min(effective_at) as at from pacts group by dispute_id) p on p.dispute_id = d.id
   where d.accepted_at is not null
  union all
  select 'settled', dispute_id, dispute_id, at, null,
         case when note is null then 'hit' when note in ('in-hand', 'not-due', 'observation') then 'apart' else 'miss' end, note, 1, null, null
    from settled
  union all
  select 'level', dispute_id, dispute_id, at, null, case when note is null then 'hit' else 'apart' end, note, 1, null, null from settled
  union all
  select 'settled-raw', dispute_id, dispute_id, coalesce(agreed_at, ended_at, closed_at, taken_at), null,
         case when note is null then 'hit' else 'miss' end, note, 1, null, null
    from (select o.*, case
            when agreed_at is not null or code = 'settled-privately' or outcome = any ('{settled,solved}') then null
            when end_state is not null then case end_state when 'withdrawn' then 'withdrawn' else 'not-agreed' end
            when closed_at is not null then 'unsolved' else 'in-hand' end as note from outcomes o) o
  union all
  select 'relapsed', id, dispute_id, effective_at, null, case when note is null then 'miss' when note = 'observation' then 'apart' else 'hit' end,
         note, 1, null, null
    from (select p.*, case
            when exists (select 1 from dispute_transfer t join rounds r on r.dispute_id = t.dispute_id and r.volume = p.volume
                          where t.dispute_id = p.dispute_id and t.organ_kind = 'court' and t.ended_at is null
                            and t.sent_at >= p.effective_at and t.sent_at < r.until_at) then 'sued'
            when exists (select 1 from dispute_reopening r where r.dispute_id = p.dispute_id and r.volume = p.volume + 1
                          and extract(epoch from r.reopened_at - p.effective_at) < 90 * 86400) then 'relapse'
            when extract(epoch from now - p.effective_at) < 90 * 86400 then 'observation' end as note
            from clock, first_pacts p) p
  union all
  select 'on-spot', id, dispute_id, effective_at, null,
         case when note is null then 'hit' when note in ('nothing-due', 'unconfirmed') then 'apart' else 'miss' end, note, 1, null, null
    from (select p.*, case
            when not exists (select 1 from performance_item i where i.agreement_id = p.id) then 'nothing-due'
            when exists (select 1 from performance_item i where i.agreement_id = p.id
                          and (i.state in ('open', 'breached', 'cancelled') or i.performed_on > p.effective_on)) then 'not-on-spot'
            when 'unproved' in (select standing from items i where i.agreement_id = p.id) then 'unproved'
            when 'unconfirmed' in (select standing from items i where i.agreement_id = p.id) then 'unconfirmed' end as note
            from first_pacts p) p
  union all
  select 'performed', id, dispute_id, null, due_on,
         case standing when 'kept' then 'hit' when 'not-due' then 'apart' when 'unconfirmed' then 'apart' else 'miss' end,
         nullif(standing, 'kept'), 1, null, null from items
  union all
  select 'performed-amount', r.id, r.dispute_id, null, i.due_on,
         case when r.receipt in ('confirmed', 'accepted') then 'hit' when r.receipt_due_on >= today then 'apart'
              when array_length(r.attachment_ids, 1) is null then 'miss' else 'hit' end,
         case when r.receipt in ('confirmed', 'accepted') then null when r.receipt_due_on >= today then 'unconfirmed'
              when array_length(r.attachment_ids, 1) is null then 'unproved' end, r.amount_fen, null, null
    from clock, items i join performance_record r on r.item_id = i.id
   where r.amount_fen > 0 and r.retracted_at is null and r.receipt not in ('disputed', 'not-paid')
  union all
  select 'performed-amount', id, dispute_id, null, due_on, case standing when 'not-due' then 'apart' else 'miss' end, standing,
         amount_fen - performed_fen, null, null from items where state in ('open', 'breached') and amount_fen - performed_fen > 0
  union all
  select 'court-confirmed', a.id, a.dispute_id, a.effective_at, null,
         case when c.state = 'confirmed' then 'hit' when c.state = 'dismissed' then 'miss' when c.state is not null then 'apart'
              when a.state = 'effective' and a.confirmation_due_on >= today then 'apart' else 'miss' end,
         case when c.state = 'confirmed' then null when c.state = 'dismissed' then 'dismissed' when c.state is not null then 'at-court'
              when a.state = 'effective' and a.confirmation_due_on >= today then 'not-due' else 'not-applied' end, 1, null, null
    from clock, agreement a join live d on d.id = a.dispute_id
    left join judicial_confirmation c on c.agreement_id = a.id and c.state in ('applied', 'accepted', 'confirmed', 'dismissed')
   where a.kind = 'written' and a.effective_on is not null and a.relation not in ('supplement', 'correction')
  union all
  select 'confirmed-of-applied', c.id, c.dispute_id, null, c.applied_on,
         case c.state when 'confirmed' then 'hit' when 'dismissed' then 'miss' else 'apart' end,
         case c.state when 'dismissed' then 'dismissed' when 'withdrawn' then 'withdrawn' when 'applied' then 'at-court' when 'accepted' then 'at-court' end,
         1, null, null from judicial_confirmation c join live d on d.id = c.dispute_id
  union all
  select case kind when 'sign' then 'signed-in-time' when 'contact' then 'response' when 'arrive' then 'arrived-in-time' else 'answered-in-time' end,
         id, dispute_id, starts_at, null,
         case standing when 'in-time' then 'hit' when 'objected' then 'apart' when 'not-due' then 'apart' else 'miss' end,
         nullif(standing, 'in-time'), 1, issued_at, agency_id from whistles where kind <> 'ruling'
  union all
  select 'arrived', id, dispute_id, starts_at, null,
         case when standing in ('in-time', 'late') then 'hit' when standing = 'overdue' then 'miss' else 'apart' end,
         nullif(standing, 'in-time'), 1, issued_at, agency_id from whistles where kind = 'arrive'
  union all
  select 'visited', p.id, p.dispute_id, null, p.due_on,
         case when v.dispute_id is not null then 'hit' when p.due_on < today then 'miss' else 'apart' end,
         case when v.dispute_id is not null then null when p.due_on < today then 'overdue' else 'not-due' end, 1, null, null
    from clock, planned p join live d on d.id = p.dispute_id and d.allows_call_back
    left join (select dispute_id, max(at) as at from reached group by dispute_id) v on v.dispute_id = p.dispute_id and v.at > p.since
   where v.dispute_id is not null or not p.is_item or d.state <> 'archived'
  union all
  select 'called-back', p.id, p.dispute_id, null, p.due_on,
         case when v.dispute_id is not null then 'hit' when p.due_on < today then 'miss' else 'apart' end,
         case when v.dispute_id is not null then null when p.due_on < today then 'overdue' else 'not-due' end, 1, null, null
    from clock, calls p join live d on d.id = p.dispute_id and d.allows_call_back
    left join (select dispute_id, max(visited_at) as at from follow_up_visit where is_call_back and is_reached group by dispute_id) v
      on v.dispute_id = p.dispute_id and v.at > p.since
  union all
  select 'solved', id, dispute_id, visited_at, null, case is_solved when true then 'hit' when false then 'miss' else 'apart' end,
         case when is_solved then null when is_solved = false then 'unsolved' when is_reached then 'no-answer' else 'unreached' end, 1, null, null
    from follow_up_visit
  union all
  select 'solved', id, dispute_id, said_at, null, case when is_solved then 'hit' else 'miss' end, case when not is_solved then 'unsolved' end, 1, null, null
    from last_words where rank = 1
  union all
  select 'satisfied', id, dispute_id, visited_at, null,
         case satisfaction when 'satisfied' then 'hit' when 'mostly-satisfied' then 'hit' when 'dissatisfied' then 'miss' else 'apart' end,
         case when satisfaction in ('satisfied', 'mostly-satisfied') then null when satisfaction = 'dissatisfied' then 'dissatisfied'
              when is_reached then 'no-answer' else 'unreached' end, 1, null, null from follow_up_visit
  union all
  select 'satisfied', id, dispute_id, rated_at, null, case when score in (4, 5) then 'hit' else 'miss' end,
         case when score in (1, 2, 3) then 'dissatisfied' end, 1, null, null from service_rating
)
select f.figure, f.subject_id::text as subject, f.dispute_id::text as dispute, f.verdict, f.note, f.weight::text as weight,
       coalesce(f.at, (f.on_day::timestamp - interval '8 hours') at time zone 'UTC') as "periodAt",
       coalesce(f.cohort, t.at) as "cohortAt", d.center_id::text as center, coalesce(d.dispute_type, '') as type, d.channel,
       coalesce(d.place_unit_id::text, '') as place, coalesce(d.committee_id::text, '') as committee,
       coalesce(d.handler_account_id::text, '') as mediator, coalesce(f.agency_id::text, '') as agency,
       coalesce(d.local_type_id::text, '') as "localType",
       case
         when d.mediation_state is not null and co.kind in ('village', 'community') then 1
         when d.mediation_state is not null and co.kind = 'street' then 2
         when d.mediation_state is not null and co.kind in ('enterprise', 'professional', 'stationed') then 6
         else (select l.level from (values ('grid', 1), ('community', 1), ('street', 2), ('district', 3), ('city', 4)) l(kind, level)
                where l.kind = coalesce((select u.kind from org_unit u where u.id = d.handling_unit_id),
                  (select u.kind from center c join org_unit u on u.id = c.unit_id where c.id = coalesce(d.handling_center_id, d.center_id))))
       end as level
  from told f join dispute d on d.id = f.dispute_id left join taken t on t.dispute_id = f.dispute_id
  left join committee co on co.id = d.committee_id
