-- Whistles past the program, for tests that need many: one matter, one whistle, one agency and some clocks each.
-- $1 center, $2 agency, $3 account, $4 matters, $5 year of their numbers, $6 clocks of each ('{sign,feedback}'), $7 unit,
-- $8 the first due instant, $9 seconds between one matter's and the next's, $10 length of the term as an interval
with numbered as (select i, gen_random_uuid() as matter, gen_random_uuid() as whistle, gen_random_uuid() as task,
                         $8::timestamptz + i * $9::double precision * interval '1 second' as due
                    from generate_series(1, $4::integer) i),
d as (insert into dispute (id, center_id, registration_number, channel, title, state, first_responder_id, registered_at,
                           limitation_interrupted_at)
      select matter, $1::uuid, '登字〔' || $5::integer || '〕' || i || '号', 'visit', '供水管网维修争议第' || i || '件', 'registered', $3::uuid,
             due - $10::interval, due - $10::interval from numbered),
s as (insert into summons (id, dispute_id, center_id, kind, level, ground, brief, asks, attendance_required, state, proposed_by,
                           proposed_at, issued_by, issued_at, number_year, number_seq, number)
      select whistle, matter, $1::uuid, 'progress', 'regular', 'livelihood', '请核查', array['核查'], false, 'issued', $3::uuid,
             due - $10::interval, $3::uuid, due - $10::interval, $5::integer, i, '哨字〔' || $5::integer || '〕' || i || '号' from numbered),
t as (insert into summons_task (id, dispute_id, summons_id, agency_id, role, state, issued_at, objection_ends_at, objection_hard_stop_at)
      select task, matter, whistle, $2::uuid, 'lead', 'issued', due - $10::interval, due, due from numbered)
insert into summons_due (id, dispute_id, task_id, kind, rule_id, deadline_rule_id, unit, budget, starts_at, original_due_at,
                         current_due_at, calendar_version, is_provisional, explanation)
-- Ids in their order, as those of the program are: clocks of one whistle stand side by side.
select gen_random_uuid(), matter, task, k.kind, r.rule_id, r.id, $7::text, 1, due - $10::interval, due, due, '1', false, '{}'
  from numbered cross join unnest($6::text[]) k(kind)
  join deadline_rule r on r.rule_id = 'summons.progress.contact' and r.center_id is null and r.state = 'in-force'
 order by i
