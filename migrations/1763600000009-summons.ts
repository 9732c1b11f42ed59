import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure } from './support';

/** The caller's own agencies. */
const MY_AGENCIES = '(select app.agency_ids())::uuid[]';

/** Centers see what hangs on a matter that they see; directors act here too, so that its header is enough. */
const byMatter = (table: string): string => `exists (select 1 from dispute d where d.id = ${table}.dispute_id)`;

/** An agency sees what hangs on its own task; the task's own policy ends that sight. */
const byOwnTask = (table: string): string =>
  `exists (select 1 from summons_task t where t.id = ${table}.task_id and t.agency_id = any (${MY_AGENCIES}))`;

/** An agency sees what hangs on a whistle that summons it. */
const byOwnSummons = (id: string): string =>
  `exists (select 1 from summons_task t where t.summons_id = ${id} and t.agency_id = any (${MY_AGENCIES}))`;

/** 中心吹哨、部门报到: one matter, several agencies in parallel, each with its own clocks, answer and rating. */
export class Summons1763600000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table summons (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        center_id uuid not null references center (id),
        kind text not null,
        level text not null,
        ground text not null,
        brief text not null,
        asks text[] not null,
        place text,
        meet_at timestamptz,
        attendance_required boolean not null,
        state text not null,
        proposed_by uuid not null references account (id),
        proposed_at timestamptz not null,
        issued_by uuid references account (id),
        issued_at timestamptz,
        number_year integer,
        number_seq integer,
        number text,
        withdrawn_by uuid references account (id),
        withdrawn_at timestamptz,
        withdrawal_reason text,
        closed_at timestamptz,
        version integer not null default 1,
        constraint summons_once_per_matter unique (dispute_id, id),
        constraint summons_number_unique unique (center_id, number_year, number_seq),
        constraint summons_kind_known check (kind in ('progress', 'assault', 'emergency')),
        constraint summons_level_known check (level in ('regular', 'key', 'hard')),
        constraint summons_ground_known check (ground in ('livelihood', 'enforcement', 'emergency', 'key-work')),
        constraint summons_state_known check (state in ('draft', 'issued', 'withdrawn', 'closed')),
        constraint summons_asks_something check (cardinality(asks) between 1 and 10),
        constraint summons_attendance_has_place check (not attendance_required or place is not null),
        constraint summons_issued_has_number check (state not in ('issued', 'closed')
          or (issued_by is not null and issued_at is not null and number is not null)),
        constraint summons_number_whole check ((number is null) = (number_seq is null) and (number_seq is null) = (number_year is null)
          and (number is null) = (issued_at is null)),
        constraint summons_withdrawn_has_instant check ((state = 'withdrawn') = (withdrawn_at is not null)),
        constraint summons_closed_has_instant check ((state = 'closed') = (closed_at is not null))
      );
      create index summons_center_proposed on summons (center_id, id desc);

      create table summons_task (
        id uuid primary key,
        dispute_id uuid not null,
        summons_id uuid not null,
        agency_id uuid not null references agency (id),
        role text not null,
        state text not null,
        issued_at timestamptz,
        objection_ends_at timestamptz,
        objection_hard_stop_at timestamptz,
        signed_by uuid references account (id),
        signed_at timestamptz,
        objected_by uuid references account (id),
        objected_at timestamptz,
        objection_ground text,
        objection_reason text,
        ruled_by uuid references account (id),
        ruled_at timestamptz,
        ruling_reason text,
        replaced_by_task_id uuid references summons_task (id),
        handling_started_at timestamptz,
        confirmed_by uuid references account (id),
        confirmed_at timestamptz,
        withdrawn_at timestamptz,
        withdrawal_reason text,
        closed_at timestamptz,
        agency_access_ends_at timestamptz,
        version integer not null default 1,
        constraint summons_task_of_its_matter foreign key (dispute_id, summons_id) references summons (dispute_id, id),
        constraint summons_task_agency_once unique (dispute_id, summons_id, agency_id),
        constraint summons_task_once_per_matter unique (dispute_id, id),
        constraint summons_task_role_known check (role in ('lead', 'assist', 'notify')),
        constraint summons_task_state_known check (state in
          ('draft', 'issued', 'signed', 'objected', 'upheld', 'overruled', 'arrived', 'handling', 'feedback', 'confirmed',
           'returned', 'rated', 'closed', 'withdrawn')),
        constraint summons_task_issued_has_instant check (state in ('draft', 'withdrawn') or
          (issued_at is not null and objection_ends_at is not null and objection_hard_stop_at is not null)),
        constraint summons_task_signed_has_signer check (state in ('draft', 'issued', 'objected', 'upheld', 'withdrawn')
          or (signed_at is not null and signed_by is not null)),
        constraint summons_task_objection_whole check ((objected_at is null) = (objection_ground is null)
          and (objected_at is null) = (objection_reason is null) and (objected_at is null) = (objected_by is null)),
        constraint summons_task_objection_ground_known check (objection_ground is null or objection_ground in
          ('not-competent', 'other-agency', 'no-jurisdiction', 'in-procedure', 'duplicate', 'barred-by-law')),
        constraint summons_task_objected_has_ground check (state not in ('objected', 'upheld', 'overruled') or objected_at is not null),
        constraint summons_task_ruling_whole check ((ruled_at is null) = (ruling_reason is null) and (ruled_at is null) = (ruled_by is null)
          and (ruled_at is null or objected_at is not null)),
        constraint summons_task_ruled_has_reason check (state not in ('upheld', 'overruled') or ruled_at is not null),
        constraint summons_task_replaced_when_upheld check (replaced_by_task_id is null or state = 'upheld'),
        constraint summons_task_handling_has_start check (state not in ('handling', 'feedback', 'returned', 'confirmed', 'rated')
          or handling_started_at is not null),
        constraint summons_task_confirmed_has_confirmer check (state not in ('confirmed', 'rated')
          or (confirmed_at is not null and confirmed_by is not null)),
        constraint summons_task_withdrawn_has_instant check ((state = 'withdrawn') = (withdrawn_at is not null)),
        constraint summons_task_closed_has_instant check ((state = 'closed') = (closed_at is not null)),
        constraint summons_task_settled_ends_access check (state not in ('upheld', 'closed', 'rated', 'confirmed', 'withdrawn')
          or issued_at is null or agency_access_ends_at is not null)
      );
      create unique index summons_task_one_lead on summons_task (dispute_id, summons_id)
        where role = 'lead' and state not in ('upheld', 'withdrawn');
      create index summons_task_agency on summons_task (agency_id, id desc) where state <> 'draft';
      create index summons_task_open on summons_task (dispute_id) where state not in ('upheld', 'rated', 'closed', 'withdrawn');

      create table summons_due (
        id uuid primary key,
        dispute_id uuid not null,
        task_id uuid not null,
        kind text not null,
        round integer not null default 1,
        rule_id text not null,
        unit text not null,
        budget integer,
        starts_at timestamptz not null,
        original_due_at timestamptz not null,
        current_due_at timestamptz,
        pauses jsonb not null default '[]',
        calendar_version text not null,
        is_provisional boolean not null,
        explanation text[] not null,
        met_at timestamptz,
        stopped_at timestamptz,
        constraint summons_due_of_its_task foreign key (dispute_id, task_id) references summons_task (dispute_id, id),
        constraint summons_due_once unique (dispute_id, task_id, kind, round),
        constraint summons_due_kind_known check (kind in ('sign', 'contact', 'arrive', 'feedback')),
        constraint summons_due_unit_known check (unit in
          ('natural-day', 'working-day', 'calendar-month', 'year', 'working-hour', 'working-minute', 'real-hour', 'real-minute', 'agreed-time')),
        constraint summons_due_budget_counts check ((unit = 'agreed-time') = (budget is null) and (budget is null or budget > 0)),
        constraint summons_due_never_shortened check (current_due_at is null or unit = 'agreed-time' or current_due_at >= original_due_at),
        constraint summons_due_ended_once check (met_at is null or stopped_at is null),
        constraint summons_due_round_counts check (round between 1 and 99)
      );
      create index summons_due_task on summons_due (task_id);
      create index summons_due_running on summons_due (current_due_at) where met_at is null and stopped_at is null;

      create table summons_contact (
        id uuid primary key,
        dispute_id uuid not null,
        task_id uuid not null,
        method text not null,
        note text not null,
        contacted_by uuid not null references account (id),
        contacted_at timestamptz not null,
        constraint summons_contact_of_its_task foreign key (dispute_id, task_id) references summons_task (dispute_id, id),
        constraint summons_contact_method_known check (method in ('phone', 'visit', 'meeting', 'message'))
      );
      create index summons_contact_task on summons_contact (task_id);

      create table summons_sign_in_code (
        id uuid primary key,
        dispute_id uuid not null,
        summons_id uuid not null,
        digest text not null,
        shown_by uuid not null references account (id),
        shown_at timestamptz not null,
        expires_at timestamptz not null,
        used_at timestamptz,
        used_by_task_id uuid references summons_task (id),
        constraint summons_sign_in_code_of_its_summons foreign key (dispute_id, summons_id) references summons (dispute_id, id),
        constraint summons_sign_in_code_digest_unique unique (summons_id, digest),
        constraint summons_sign_in_code_period check (expires_at > shown_at),
        constraint summons_sign_in_code_used_once check ((used_at is null) = (used_by_task_id is null))
      );

      create table summons_arrival (
        id uuid primary key,
        dispute_id uuid not null,
        task_id uuid not null,
        person_name text not null,
        rank text not null,
        arrived_at timestamptz not null,
        code_id uuid not null references summons_sign_in_code (id),
        signed_in_by uuid not null references account (id),
        constraint summons_arrival_of_its_task foreign key (dispute_id, task_id) references summons_task (dispute_id, id),
        constraint summons_arrival_code_once unique (code_id),
        constraint summons_arrival_rank_known check (rank in ('principal', 'deputy', 'section-head', 'staff'))
      );
      create index summons_arrival_task on summons_arrival (task_id);

      create table summons_feedback (
        id uuid primary key,
        dispute_id uuid not null,
        task_id uuid not null,
        round integer not null,
        result text not null,
        ground text not null,
        answers jsonb not null,
        attachment_ids uuid[] not null default '{}',
        given_by uuid not null references account (id),
        given_at timestamptz not null,
        returned_by uuid references account (id),
        returned_at timestamptz,
        return_reason text,
        constraint summons_feedback_of_its_task foreign key (dispute_id, task_id) references summons_task (dispute_id, id),
        constraint summons_feedback_round_once unique (dispute_id, task_id, round),
        constraint summons_feedback_result_known check (result in ('resolved', 'partly-resolved', 'in-plan', 'unresolved')),
        constraint summons_feedback_answers_something check (jsonb_typeof(answers) = 'array' and jsonb_array_length(answers) > 0),
        constraint summons_feedback_return_whole check ((returned_at is null) = (return_reason is null) and (returned_at is null) = (returned_by is null))
      );

      create table summons_rating (
        id uuid primary key,
        dispute_id uuid not null,
        task_id uuid not null,
        rater text not null,
        effect integer,
        satisfaction text,
        remark text,
        rated_by uuid not null references account (id),
        rated_at timestamptz not null,
        constraint summons_rating_of_its_task foreign key (dispute_id, task_id) references summons_task (dispute_id, id),
        constraint summons_rating_once unique (dispute_id, task_id, rater),
        constraint summons_rating_rater_known check (rater in ('center', 'party')),
        constraint summons_rating_fits_rater check ((rater = 'center') = (effect is not null) and (rater = 'party') = (satisfaction is not null)),
        constraint summons_rating_effect_bounds check (effect is null or effect between 0 and 100),
        constraint summons_rating_satisfaction_known check (satisfaction is null or satisfaction in
          ('satisfied', 'basically-satisfied', 'dissatisfied', 'unanswered'))
      );

      create table summons_attachment (
        dispute_id uuid not null,
        summons_id uuid not null,
        attachment_id uuid not null,
        shared_by uuid not null references account (id),
        shared_at timestamptz not null,
        primary key (dispute_id, summons_id, attachment_id),
        constraint summons_attachment_of_its_summons foreign key (dispute_id, summons_id) references summons (dispute_id, id),
        constraint summons_attachment_of_matter foreign key (dispute_id, attachment_id) references attachment (dispute_id, id)
      );

      create table summons_reply_file (
        dispute_id uuid not null,
        task_id uuid not null,
        attachment_id uuid not null,
        primary key (dispute_id, task_id, attachment_id),
        constraint summons_reply_file_of_its_task foreign key (dispute_id, task_id) references summons_task (dispute_id, id),
        constraint summons_reply_file_of_matter foreign key (dispute_id, attachment_id) references attachment (dispute_id, id)
      );
    `);

    // Row security binds tables to each other only in one direction: whistle → task → matter.
    await secure(runner, 'summons_task', ['select', 'insert', 'update']);
    const ownTask = `state <> 'draft' and agency_id = any (${MY_AGENCIES})
      and (agency_access_ends_at is null or agency_access_ends_at > (select app.now()))`;
    const task = `${IS_SYSTEM} or (${ownTask}) or ${byMatter('summons_task')}`;
    await policy(
      runner,
      'summons_task',
      'select',
      task,
      'The center of the matter; an agency its own task, from the issue until its access ends.',
    );
    await policy(
      runner,
      'summons_task',
      'insert',
      `${IS_SYSTEM} or ${byMatter('summons_task')}`,
      'Only whoever sees the matter.',
    );
    await policy(runner, 'summons_task', 'update', task, 'The center of the matter, and the agency on its own task.');

    await secure(runner, 'summons', ['select', 'insert', 'update']);
    const matter = `${IS_SYSTEM} or ${byMatter('summons')}`;
    await policy(
      runner,
      'summons',
      'select',
      `${matter} or ${byOwnSummons('summons.id')}`,
      'The center of the matter; an agency while it sees its own task.',
    );
    for (const verb of ['insert', 'update'] as const) {
      await policy(runner, 'summons', verb, matter, 'Only whoever sees the matter.');
    }

    for (const table of ['summons_due', 'summons_contact', 'summons_arrival', 'summons_feedback', 'summons_rating']) {
      await secure(runner, table, ['select', 'insert', 'update']);
      const either = `${IS_SYSTEM} or ${byOwnTask(table)} or ${byMatter(table)}`;
      const center = `${IS_SYSTEM} or ${byMatter(table)}`;
      const agencyWrites = ['summons_contact', 'summons_arrival', 'summons_feedback'].includes(table);
      await policy(runner, table, 'select', either, 'The center of the matter; an agency for its own task.');
      await policy(
        runner,
        table,
        'insert',
        agencyWrites ? either : center,
        agencyWrites ? 'By the agency for its own task, or the center.' : 'Only by the center of the matter.',
      );
      await policy(
        runner,
        table,
        'update',
        table === 'summons_due' ? either : center,
        table === 'summons_due' ? 'An act of the agency stops its clock.' : 'Only by the center of the matter.',
      );
    }
    await secure(runner, 'summons_attachment', ['select', 'insert']);
    await policy(
      runner,
      'summons_attachment',
      'select',
      `${IS_SYSTEM} or ${byOwnSummons('summons_attachment.summons_id')} or ${byMatter('summons_attachment')}`,
      'The center of the matter; an agency for a whistle that summons it.',
    );
    await policy(
      runner,
      'summons_attachment',
      'insert',
      `${IS_SYSTEM} or ${byMatter('summons_attachment')}`,
      'Shared only by whoever sees the matter.',
    );
    await secure(runner, 'summons_reply_file', ['select', 'insert']);
    for (const verb of ['select', 'insert'] as const) {
      await policy(
        runner,
        'summons_reply_file',
        verb,
        `${IS_SYSTEM} or ${byOwnTask('summons_reply_file')} or ${byMatter('summons_reply_file')}`,
        'The center of the matter; an agency for its own task.',
      );
    }
    await secure(runner, 'summons_sign_in_code', ['select', 'insert', 'update']);
    for (const verb of ['select', 'insert', 'update'] as const) {
      await policy(
        runner,
        'summons_sign_in_code',
        verb,
        `${IS_SYSTEM} or ${byMatter('summons_sign_in_code')}`,
        'Shown by the center; agencies use a code only through app.use_sign_in_code.',
      );
    }

    await runner.query(`
      create function app.use_sign_in_code(p_task uuid, p_digest text) returns uuid
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_summons uuid; v_code uuid; v_before text := app.elevate();
        begin
          -- Only for a task of the caller's own agency: the owner of this function may stand above row security.
          select t.summons_id into v_summons from public.summons_task t
            where t.id = p_task and t.agency_id = any (app.agency_ids());
          update public.summons_sign_in_code c set used_at = app.now(), used_by_task_id = p_task
            where c.summons_id = v_summons and c.digest = p_digest and c.used_at is null and c.expires_at > app.now()
            returning c.id into v_code;
          perform set_config('app.principal', v_before, true);
          return v_code;
        end $$;
      create function app.summoned_agencies(p_summons uuid) returns table (agency_name text, task_role text)
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          return query
            select a.name, t.role from public.summons_task t join public.agency a on a.id = t.agency_id
             where t.summons_id = p_summons and t.state not in ('draft', 'upheld', 'withdrawn')
               and exists (select 1 from public.summons_task o
                            where o.summons_id = p_summons and o.agency_id = any (app.agency_ids()) and o.state <> 'draft'
                              and (o.agency_access_ends_at is null or o.agency_access_ends_at > app.now()))
             order by array_position(array['lead', 'assist', 'notify'], t.role), a.name;
          perform set_config('app.principal', v_before, true);
        end $$;
      create function app.finish_summons(p_summons uuid) returns boolean
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_found boolean; v_before text := app.elevate();
        begin
          update public.summons s set state = 'closed', closed_at = app.now(), version = s.version + 1
            where s.id = p_summons and s.state = 'issued'
              and not exists (select 1 from public.summons_task t
                               where t.summons_id = s.id and t.state not in ('upheld', 'closed', 'withdrawn'));
          v_found := found;
          perform set_config('app.principal', v_before, true);
          return v_found;
        end $$;
      revoke all on function app.use_sign_in_code(uuid, text) from public;
      revoke all on function app.summoned_agencies(uuid) from public;
      revoke all on function app.finish_summons(uuid) from public;
      grant execute on function app.use_sign_in_code(uuid, text), app.summoned_agencies(uuid),
        app.finish_summons(uuid) to zongzhi_app;
    `);
    await describe(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.use_sign_in_code(uuid, text);
      drop function app.summoned_agencies(uuid);
      drop function app.finish_summons(uuid);
      drop table summons_reply_file, summons_attachment, summons_rating, summons_feedback, summons_arrival, summons_sign_in_code,
        summons_contact, summons_due, summons_task, summons cascade;
    `);
  }
}

async function describe(runner: QueryRunner): Promise<void> {
  const hangs = { id: 'Identity.', dispute_id: 'The matter.', task_id: 'The agency’s task.' };
  await describeTable(runner, 'summons', 'Whistle (吹哨单): what a center asks of agencies on one matter.', {
    id: 'Identity.',
    dispute_id: 'The matter.',
    center_id: 'Center that blows, whose number, calendar and figures it takes.',
    kind: 'progress 工作推进哨, assault 攻坚克难哨 or emergency 应急哨.',
    level: 'regular 常规, key 重点 or hard 疑难.',
    ground: 'Lawful ground of the whistle.',
    brief: 'What the agencies may read of the matter; without personal numbers.',
    asks: 'What is asked, item by item; feedback answers each.',
    place: 'Where to meet.',
    meet_at: 'When to meet, where agreed; then the due instant of arrival.',
    attendance_required: 'Whether agencies must come.',
    state: 'State of summonsLifecycle.',
    proposed_by: 'Who proposed it.',
    proposed_at: 'When.',
    issued_by: 'Who issued it: a dispatcher or the director.',
    issued_at: 'When; the clocks start here.',
    number_year: 'Year of the number.',
    number_seq: 'Sequence within center and year, gapless.',
    number: 'Number as printed.',
    withdrawn_by: 'Who withdrew it.',
    withdrawn_at: 'When.',
    withdrawal_reason: 'Why; required once an agency has signed.',
    closed_at: 'When its last task was settled.',
    version: 'Optimistic lock.',
  });
  await describeTable(runner, 'summons_task', 'One agency under one whistle.', {
    id: 'Identity.',
    dispute_id: 'The matter.',
    summons_id: 'The whistle.',
    agency_id: 'The agency.',
    role: 'lead 主办 (exactly one), assist 协办 or notify 知会.',
    state: 'State of taskLifecycle.',
    issued_at: 'When it was issued to this agency; later than the whistle for one added to it.',
    objection_ends_at: 'Until when it may be objected to after signing.',
    objection_hard_stop_at: 'Until when it may be objected to while unsigned.',
    signed_by: 'Who signed; the objector when ruled to be competent.',
    signed_at: 'When.',
    objected_by: 'Who objected.',
    objected_at: 'When.',
    objection_ground: 'Ground of the objection.',
    objection_reason: 'Its reasons.',
    ruled_by: 'Who ruled on it.',
    ruled_at: 'When.',
    ruling_reason: 'Reasons of the ruling.',
    replaced_by_task_id: 'Task of the agency that took the place of one whose objection was upheld.',
    handling_started_at: 'When handling began.',
    confirmed_by: 'Who confirmed the feedback.',
    confirmed_at: 'When.',
    withdrawn_at: 'When withdrawn.',
    withdrawal_reason: 'Why.',
    closed_at: 'When closed.',
    agency_access_ends_at: 'From when on the agency sees nothing of it; null while it is at work.',
    version: 'Optimistic lock.',
  });
  await describeTable(
    runner,
    'summons_due',
    'Due instants of a task with what they were reckoned from; being late is derived, never stored.',
    {
      ...hangs,
      kind: 'sign 签收, contact 联系, arrive 到场 or feedback 反馈.',
      round: 'Round of feedback; 1 for the other clocks.',
      rule_id: 'Rule of the term.',
      unit: 'Unit of the term, or agreed-time for an appointment.',
      budget: 'Number of units; null for an appointment.',
      starts_at: 'Instant of the event that started the clock.',
      original_due_at: 'First instant that is too late, without pauses.',
      current_due_at: 'The same with pauses; null while the clock stands.',
      pauses: 'List of {from, to, reason}: stretches not counted.',
      calendar_version: 'Versions of working days and office hours it was reckoned by.',
      is_provisional: 'True when a year’s notice was missing: reckon again once it is loaded.',
      explanation: 'Chinese sentences that let a reader reckon it again.',
      met_at: 'When the act it waits for was done.',
      stopped_at: 'When the task ended without that act.',
    },
  );
  await describeTable(runner, 'summons_contact', 'First and further contacts that an agency made.', {
    ...hangs,
    method: 'How.',
    note: 'With whom and what about.',
    contacted_by: 'Who recorded it.',
    contacted_at: 'When.',
  });
  await describeTable(runner, 'summons_sign_in_code', 'One-time codes shown in the room, for signing in on arrival.', {
    id: 'Identity.',
    dispute_id: 'The matter.',
    summons_id: 'The whistle.',
    digest: 'Keyed digest of the code.',
    shown_by: 'Who had it shown.',
    shown_at: 'When.',
    expires_at: 'Until when it can be used.',
    used_at: 'When it was used.',
    used_by_task_id: 'By which agency’s task.',
  });
  await describeTable(runner, 'summons_arrival', 'Persons of an agency who signed in on the spot.', {
    ...hangs,
    person_name: 'Who came; an official in office.',
    rank: 'Rank.',
    arrived_at: 'When.',
    code_id: 'Code that was scanned.',
    signed_in_by: 'Account that scanned it.',
  });
  await describeTable(runner, 'summons_feedback', 'Written feedback of an agency, by round.', {
    ...hangs,
    round: 'From 1; one more each time it was sent back.',
    result: 'Result.',
    ground: 'Ground in law or policy.',
    answers: 'List of {ask, answer}: every item of the whistle answered.',
    attachment_ids: 'Attachments of the feedback.',
    given_by: 'Who gave it.',
    given_at: 'When.',
    returned_by: 'Who sent it back.',
    returned_at: 'When.',
    return_reason: 'Why.',
  });
  await describeTable(runner, 'summons_rating', 'Ratings of a task, apart for center and party.', {
    ...hangs,
    rater: 'center or party.',
    effect: 'Points of the center for the effect, 0 to 100.',
    satisfaction: 'What the party said.',
    remark: 'Remark.',
    rated_by: 'Who rated, or recorded the party’s word.',
    rated_at: 'When.',
  });
  await describeTable(runner, 'summons_attachment', 'Attachments that the agencies of a whistle may read.', {
    dispute_id: 'The matter.',
    summons_id: 'The whistle.',
    attachment_id: 'The attachment.',
    shared_by: 'Who marked it shareable.',
    shared_at: 'When.',
  });
  await describeTable(runner, 'summons_reply_file', 'Files that an agency handed in with its feedback.', {
    dispute_id: 'The matter.',
    task_id: 'The agency’s task.',
    attachment_id: 'The attachment.',
  });
}
