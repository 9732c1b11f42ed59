import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, secureMatterTable } from './support';

const dayStart = (column: string): string => `(${column}::timestamp at time zone 'Asia/Shanghai')`;
/** The first instant after a civil day. */
const dayEnd = (column: string): string => `((${column} + 1)::timestamp at time zone 'Asia/Shanghai')`;
const dayOf = (column: string): string => `(${column} at time zone 'Asia/Shanghai')::date`;

/** The rule that held in the matter's center when a window without a row of its own began. */
const held = (rule: string, center: string, since: string): string =>
  `left join deadline_rule_span r on r.rule_id = '${rule}' and r.center_id = ${center} and ${since} >= r.from_at and ${since} < r.to_at`;

const NOTHING = `'[]'::jsonb as pauses, '[]'::jsonb as extensions`;
const UNKNOWN = `null::boolean as is_provisional, null::text as calendar_version, null::text[] as explanation`;

const LEDGER = `
  select p.dispute_id, 'mediation'::text as kind, p.id as subject_id, null::uuid as task_id, null::text as holder,
         null::text as subject_words, p.deadline_rule_id, ${dayStart('p.start_on')} as starts_at,
         ${dayEnd('p.original_due_on')} as original_due_at, ${dayEnd('p.current_due_on')} as current_due_at,
         p.is_provisional, p.calendar_version, p.explanation, p.ended_at as met_at, null::timestamptz as stopped_at,
         (select coalesce(jsonb_agg(jsonb_build_object('from', z.paused_at, 'to', z.resumed_at, 'ground', z.ground, 'reason', z.reason,
              'byName', a.display_name, 'approvedByName', b.display_name, 'expectedUntil', z.expected_until)
            order by z.paused_at, z.id), '[]')
            from mediation_pause z left join account a on a.id = z.paused_by left join account b on b.id = z.approved_by
           where z.period_id = p.id) as pauses,
         (select coalesce(jsonb_agg(jsonb_build_object('from', e.previous_due_on, 'to', e.until_on, 'reason', e.reason,
              'byName', a.display_name) order by e.ordinal), '[]')
            from mediation_extension e left join account a on a.id = e.recorded_by where e.period_id = p.id) as extensions
    from mediation_period p
  union all
  select z.dispute_id, 'pause', z.id, null, null, null, null, z.paused_at, ${dayEnd('z.expected_until')}, ${dayEnd('z.expected_until')},
         ${UNKNOWN}, z.resumed_at, null, ${NOTHING}
    from mediation_pause z where z.expected_until is not null
  union all
  select u.dispute_id, 'summons-' || u.kind, u.id, u.task_id, a.name, case when u.round > 1 then '第' || u.round || '次反馈' end,
         u.deadline_rule_id, u.starts_at, u.original_due_at, u.current_due_at, u.is_provisional, u.calendar_version, u.explanation,
         u.met_at, u.stopped_at, u.pauses, '[]'
    from summons_due u join summons_task t on t.id = u.task_id join agency a on a.id = t.agency_id
  union all
  select t.dispute_id, 'summons-objection', t.id, t.id, a.name, null, r.id, t.issued_at, t.objection_ends_at, t.objection_ends_at,
         ${UNKNOWN}, t.objected_at, null, ${NOTHING}
    from summons_task t join agency a on a.id = t.agency_id join summons s on s.id = t.summons_id
    ${held('summons.objection', 's.center_id', 't.issued_at')}
   where t.objection_ends_at is not null and t.signed_at is not null
  union all
  select t.dispute_id, 'summons-objection-hard-stop', t.id, t.id, a.name, null, r.id, t.issued_at, t.objection_hard_stop_at,
         t.objection_hard_stop_at, ${UNKNOWN}, t.objected_at, null, ${NOTHING}
    from summons_task t join agency a on a.id = t.agency_id join summons s on s.id = t.summons_id
    ${held('summons.objection-hard-stop', 's.center_id', 't.issued_at')}
   where t.objection_hard_stop_at is not null and t.signed_at is null and t.state <> 'withdrawn'
  union all
  select t.dispute_id, 'summons-appeal', t.id, t.id, a.name, null, r.id, g.rated_at, t.appeal_ends_at, t.appeal_ends_at,
         ${UNKNOWN}, p.lodged_at, null, ${NOTHING}
    from summons_task t join agency a on a.id = t.agency_id join summons s on s.id = t.summons_id
    join lateral (select max(x.rated_at) as rated_at from summons_rating x where x.task_id = t.id and x.rater = 'center') g on true
    left join summons_appeal p on p.task_id = t.id
    ${held('summons.appeal', 's.center_id', 'g.rated_at')}
   where t.appeal_ends_at is not null and g.rated_at is not null
  union all
  select p.dispute_id, 'summons-appeal-ruling', p.id, p.task_id, c.name, null, r.id, p.lodged_at, p.due_at, p.due_at,
         ${UNKNOWN}, p.ruled_at, null, ${NOTHING}
    from summons_appeal p join summons_task t on t.id = p.task_id join summons s on s.id = t.summons_id join center c on c.id = s.center_id
    ${held('summons.appeal-ruling', 's.center_id', 'p.lodged_at')}
  union all
  select a.dispute_id, 'judicial-confirmation', a.id, null, null, '第' || a.ordinal || '份协议', a.confirmation_rule_id,
         ${dayStart('a.effective_on')}, ${dayEnd('a.confirmation_due_on')}, ${dayEnd('a.confirmation_due_on')},
         a.confirmation_is_provisional, a.confirmation_calendar, a.confirmation_explanation,
         (select ${dayStart('min(c.applied_on)')} from judicial_confirmation c where c.agreement_id = a.id and c.state <> 'withdrawn'),
         a.ended_at, ${NOTHING}
    from agreement a where a.confirmation_due_on is not null
  union all
  select i.dispute_id, 'performance', i.id, null, null, '第' || a.ordinal || '份协议第' || i.ordinal || '项', null,
         coalesce(a.effective_at, ${dayStart('i.due_on')}), ${dayEnd('i.due_on')}, ${dayEnd('i.due_on')}, ${UNKNOWN},
         ${dayStart('i.performed_on')}, case when i.state = 'cancelled' then coalesce(i.ended_at, a.ended_at, ${dayStart('i.due_on')}) end,
         ${NOTHING}
    from performance_item i join agreement a on a.id = i.agreement_id
  union all
  select s.dispute_id, 'answer', s.id, s.task_id, s.addressee_name, null, null, s.issued_at, ${dayEnd('s.answer_due_on')},
         ${dayEnd('s.answer_due_on')}, ${UNKNOWN}, s.answered_at,
         case when s.answered_at is null then s.ended_at end, ${NOTHING}
    from supervision s where s.answer_due_on is not null
  union all
  select k.dispute_id, 'meeting-task', k.id, null, u.name, k.what, null, m.confirmed_at, ${dayEnd('k.due_on')}, ${dayEnd('k.due_on')},
         ${UNKNOWN}, k.answered_at, case when k.state = 'dropped' and k.answered_at is null then k.ended_at end, ${NOTHING}
    from meeting_task k join meeting m on m.id = k.meeting_id join meeting_unit u on u.id = k.unit_id
   where m.confirmed_at is not null
  union all
  select m.dispute_id, 'meeting-reservation', m.id, null, null, null, null, m.confirmed_at, m.reservations_until, m.reservations_until,
         ${UNKNOWN}, null, null, ${NOTHING}
    from meeting m where m.reservations_until is not null
  union all
  select n.dispute_id, 'notice', n.id, null, null, null, null, n.given_at, ${dayEnd('n.due_on')}, ${dayEnd('n.due_on')}, ${UNKNOWN},
         n.supplemented_at, null, ${NOTHING}
    from one_time_notice n where n.kind = 'supplement' and n.due_on is not null
  union all
  select x.dispute_id, 'transfer', x.id, null, null, null, r.id, x.sent_at, x.sent_at + make_interval(days => r.term),
         x.sent_at + make_interval(days => r.term), ${UNKNOWN}, x.signed_at,
         case when x.signed_at is null then coalesce(x.objected_at, x.ended_at) end, ${NOTHING}
    from dispute_transfer x join dispute d on d.id = x.dispute_id
    ${held('transfer.sign', 'd.center_id', 'x.sent_at')}
  union all
  select f.dispute_id, 'follow-up', f.subject_id, null, null, f.occasion, r.id, f.since, ${dayEnd('f.due_on')}, ${dayEnd('f.due_on')},
         ${UNKNOWN}, null, null, ${NOTHING}
    from follow_up_plan f
    left join deadline_rule_span r on r.rule_id = 'follow-up.' || f.occasion and r.center_id = f.center_id
      and f.since >= r.from_at and f.since < r.to_at`;

const plan = (
  days: { readonly closing: string; readonly effect: string; readonly random: string },
  joins: string,
): string => `
  create or replace view follow_up_plan with (security_invoker = true) as
  with planned as (
    select d.id as dispute_id, 'after-closing'::text as occasion, d.id as subject_id, d.closed_at as since, ${dayOf('d.closed_at')} as counts_from
      from dispute d where d.state = 'closed'
    union all
    select a.dispute_id, 'after-effect', a.id, a.effective_at, a.effective_on
      from agreement a where a.state = 'effective'
    union all
    select i.dispute_id, 'after-due', i.agreement_id, i.due_on::timestamp at time zone 'Asia/Shanghai', i.due_on
      from performance_item i where i.state <> 'cancelled'
     group by i.dispute_id, i.agreement_id, i.due_on
    union all
    select v.dispute_id, 'agreed', v.id, v.visited_at, v.next_on
      from follow_up_visit v where v.next_on is not null and not v.is_call_back
    union all
    select c.dispute_id, 'random', c.id, c.closed_at, ${dayOf('c.closed_at')}
      from dispute_closing c join dispute d on d.id = c.dispute_id and d.volume = c.volume and d.closed_at = c.closed_at
     where c.is_drawn
  )
  select p.dispute_id, d.center_id, p.occasion, p.subject_id, p.since,
         p.counts_from + case p.occasion when 'agreed' then 0 when 'after-due' then 1 when 'after-closing' then ${days.closing}
           when 'after-effect' then ${days.effect} else ${days.random} end as due_on
    from planned p join dispute d on d.id = p.dispute_id ${joins}
   where d.allows_call_back
     and (d.state in ('in-progress', 'closed', 'followed-up') or (d.state = 'archived' and p.occasion = 'random'))
     and not exists (select 1 from follow_up_visit v
                      where v.dispute_id = p.dispute_id and v.is_reached and v.is_call_back = (p.occasion = 'random')
                        and v.visited_at > p.since)
     and (p.occasion = 'random'
          or not exists (select 1 from party_word w where w.dispute_id = p.dispute_id and w.said_at > p.since))`;

/** One ledger of all deadlines of a matter; pauses beyond a preset are approved by a second person, and chased at their end. */
export class DeadlineLedger1763600000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table mediation_pause
        add column approved_by uuid references account (id),
        add column approved_at timestamptz,
        add column chased_at timestamptz,
        add constraint mediation_pause_approved_whole check ((approved_by is null) = (approved_at is null));
      update mediation_pause set expected_until = ${dayOf('paused_at')} + 30 where expected_until is null and resumed_at is null;
      create index mediation_pause_open on mediation_pause (expected_until) where resumed_at is null;
      comment on column mediation_pause.approved_by is 'Who approved that it lasts longer than one may pause alone.';
      comment on column mediation_pause.approved_at is 'When.';
      comment on column mediation_pause.chased_at is 'When those who look after the matter were told that its expected end has passed.';

      create table mediation_pause_request (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        pause_id uuid not null references mediation_pause (id),
        until_on date not null,
        reason text not null,
        asked_by uuid not null references account (id),
        asked_at timestamptz not null,
        outcome text,
        decided_by uuid references account (id),
        decided_at timestamptz,
        opinion text,
        constraint mediation_pause_request_outcome_known check (outcome in ('approved', 'refused')),
        constraint mediation_pause_request_two_people check (decided_by <> asked_by),
        constraint mediation_pause_request_decided_whole check (num_nonnulls(outcome, decided_by, decided_at) in (0, 3))
      );
      create unique index mediation_pause_request_waiting on mediation_pause_request (pause_id) where outcome is null;
      create index mediation_pause_request_dispute on mediation_pause_request (dispute_id);
    `);
    await secureMatterTable(runner, 'mediation_pause_request', 'full');
    await describeTable(
      runner,
      'mediation_pause_request',
      'A pause of a mediation is asked to last longer than one may pause it alone; somebody else decides.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        pause_id: 'The pause.',
        until_on: 'Until when it should last.',
        reason: 'Why.',
        asked_by: 'Who asks.',
        asked_at: 'When.',
        outcome: 'Approved or refused; null while it waits.',
        decided_by: 'Who decided, another than who asked.',
        decided_at: 'When.',
        opinion: 'What they said.',
      },
    );
    const within = (alias: string, rule: string): string =>
      `left join deadline_rule_span ${alias} on ${alias}.rule_id = '${rule}' and ${alias}.center_id = d.center_id
        and p.since >= ${alias}.from_at and p.since < ${alias}.to_at`;
    await runner.query(
      plan(
        { closing: 'rc.term', effect: 're.term', random: 'rr.term' },
        `${within('rc', 'follow-up.after-closing')} ${within('re', 'follow-up.after-effect')} ${within('rr', 'follow-up.random')}`,
      ),
    );
    await runner.query(`
      create view deadline_ledger with (security_invoker = true) as
      select l.*, r.rule_id, r.version as rule_version, r.center_id is not null as is_own_rule, r.term as budget, r.unit, r.article
        from (${LEDGER}) l left join deadline_rule r on r.id = l.deadline_rule_id;
      grant select on deadline_ledger to zongzhi_app;
      comment on view deadline_ledger is 'Every deadline of a matter, one row each, from where it is kept. Whether it is late follows from the row and the time of asking.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop view deadline_ledger');
    await runner.query(plan({ closing: '7', effect: '7', random: '14' }, ''));
    await runner.query(`
      drop table mediation_pause_request;
      drop index mediation_pause_open;
      alter table mediation_pause drop column approved_by, drop column approved_at, drop column chased_at;
    `);
  }
}
