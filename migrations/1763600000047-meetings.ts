import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure } from './support';

/** The caller's own agencies. */
const MY_AGENCIES = '(select app.agency_ids())::uuid[]';

/** Centers see what hangs on a matter that they see; directors act here too, so that its header is enough. */
const byMatter = (table: string): string => `exists (select 1 from dispute d where d.id = ${table}.dispute_id)`;

/** 联席会商: called upon a matter; units, items, what each said, decisions, and tasks with an owner and a day. */
export class Meetings1763600000047 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table meeting (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        center_id uuid not null references center (id),
        ordinal integer not null,
        topic text not null,
        place text not null,
        meet_at timestamptz not null,
        rule text not null,
        chair_account_id uuid not null references account (id),
        chair_name text not null,
        recorder_name text,
        state text not null,
        called_by uuid not null references account (id),
        called_by_name text not null,
        called_at timestamptz not null,
        opened_at timestamptz,
        conclusion text,
        confirmed_by uuid references account (id),
        confirmed_at timestamptz,
        reservations_until timestamptz,
        cancel_reason text,
        version integer not null default 1,
        constraint meeting_once_per_matter unique (dispute_id, id),
        constraint meeting_ordinal_once unique (dispute_id, ordinal),
        constraint meeting_rule_known check (rule in ('unanimity', 'majority', 'chair')),
        constraint meeting_state_known check (state in ('called', 'sitting', 'confirmed', 'cancelled')),
        constraint meeting_confirmation_whole check (
          (state = 'confirmed') = (confirmed_at is not null) and (confirmed_at is null) = (confirmed_by is null)
          and (confirmed_at is null) = (reservations_until is null)),
        constraint meeting_cancelled_with_reason check ((state = 'cancelled') = (cancel_reason is not null))
      );
      create index meeting_open on meeting (dispute_id) where state in ('called', 'sitting');

      create table meeting_matter (
        meeting_id uuid not null references meeting (id),
        dispute_id uuid not null references dispute (id),
        primary key (meeting_id, dispute_id)
      );
      create index meeting_matter_dispute on meeting_matter (dispute_id);

      create table meeting_unit (
        id uuid primary key,
        dispute_id uuid not null,
        meeting_id uuid not null,
        ordinal integer not null,
        agency_id uuid references agency (id),
        name text not null,
        role text not null,
        person_name text,
        arrived_at timestamptz,
        arrived_person text,
        arrived_rank text,
        arrived_by_code boolean,
        reservation text,
        reserved_at timestamptz,
        reserved_by_name text,
        version integer not null default 1,
        constraint meeting_unit_of_meeting foreign key (dispute_id, meeting_id) references meeting (dispute_id, id),
        constraint meeting_unit_whole unique (meeting_id, id),
        constraint meeting_unit_once unique (meeting_id, name),
        constraint meeting_unit_role_known check (role in ('lead', 'assist', 'attend')),
        constraint meeting_unit_arrival_whole check (num_nonnulls(arrived_at, arrived_person, arrived_by_code) in (0, 3)),
        constraint meeting_unit_reservation_whole check (num_nonnulls(reservation, reserved_at, reserved_by_name) in (0, 3))
      );
      create unique index meeting_unit_one_lead on meeting_unit (meeting_id) where role = 'lead';
      create unique index meeting_unit_agency_once on meeting_unit (meeting_id, agency_id);
      create index meeting_unit_agency on meeting_unit (agency_id, meeting_id) where agency_id is not null;

      create table meeting_item (
        id uuid primary key,
        dispute_id uuid not null,
        meeting_id uuid not null,
        ordinal integer not null,
        subject text not null,
        decision text,
        decision_words text,
        decided_by_rule text,
        decided_at timestamptz,
        version integer not null default 1,
        constraint meeting_item_of_meeting foreign key (dispute_id, meeting_id) references meeting (dispute_id, id),
        constraint meeting_item_whole unique (meeting_id, id),
        constraint meeting_item_once unique (meeting_id, ordinal),
        constraint meeting_item_decision_known check (decision in ('adopted', 'rejected', 'deferred')),
        constraint meeting_item_rule_known check (decided_by_rule in ('unanimity', 'majority', 'chair')),
        constraint meeting_item_decision_whole check (num_nonnulls(decision, decision_words, decided_by_rule, decided_at) in (0, 4))
      );

      create table meeting_voice (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        meeting_id uuid not null,
        item_id uuid not null,
        unit_id uuid not null,
        vote text,
        words text,
        recorded_by_name text not null,
        recorded_at timestamptz not null,
        constraint meeting_voice_on_item foreign key (meeting_id, item_id) references meeting_item (meeting_id, id),
        constraint meeting_voice_of_unit foreign key (meeting_id, unit_id) references meeting_unit (meeting_id, id),
        constraint meeting_voice_vote_known check (vote in ('for', 'against', 'abstain', 'reserve')),
        constraint meeting_voice_says_something check (num_nonnulls(vote, words) > 0)
      );
      create index meeting_voice_item on meeting_voice (item_id, unit_id, recorded_at);
      create trigger meeting_voice_append_only before update or delete on meeting_voice
        for each row execute function app.refuse_change();

      create table meeting_task (
        id uuid primary key,
        dispute_id uuid not null,
        center_id uuid not null references center (id),
        meeting_id uuid not null,
        unit_id uuid not null,
        agency_id uuid references agency (id),
        ordinal integer not null,
        person_name text not null,
        what text not null,
        due_on date not null,
        state text not null,
        answer text,
        answered_by uuid references account (id),
        answered_by_name text,
        answered_at timestamptz,
        return_reason text,
        urgings integer not null default 0,
        last_urged_at timestamptz,
        ended_by uuid references account (id),
        ended_at timestamptz,
        ending_words text,
        warned_at timestamptz,
        told_late_at timestamptz,
        version integer not null default 1,
        constraint meeting_task_of_meeting foreign key (dispute_id, meeting_id) references meeting (dispute_id, id),
        constraint meeting_task_of_unit foreign key (meeting_id, unit_id) references meeting_unit (meeting_id, id),
        constraint meeting_task_whole unique (dispute_id, id),
        constraint meeting_task_once unique (meeting_id, ordinal),
        constraint meeting_task_state_known check (state in ('planned', 'open', 'answered', 'done', 'dropped')),
        constraint meeting_task_answer_whole check (num_nonnulls(answer, answered_by, answered_by_name, answered_at) in (0, 4)),
        constraint meeting_task_ending_whole check ((state in ('done', 'dropped')) = (ended_at is not null))
      );
      create index meeting_task_open on meeting_task (due_on) where state in ('open', 'answered');
      create index meeting_task_of_matter on meeting_task (dispute_id) where state in ('planned', 'open', 'answered');
      create index meeting_task_agency on meeting_task (agency_id, due_on) where agency_id is not null;

      create table meeting_task_file (
        dispute_id uuid not null,
        task_id uuid not null,
        attachment_id uuid not null references attachment (id),
        primary key (task_id, attachment_id),
        constraint meeting_task_file_of_task foreign key (dispute_id, task_id) references meeting_task (dispute_id, id)
      );
    `);

    // Row security binds tables to each other only in one direction: meeting → unit → matter.
    await secure(runner, 'meeting_unit', ['select', 'insert', 'update']);
    const unit = `${IS_SYSTEM} or agency_id = any (${MY_AGENCIES}) or ${byMatter('meeting_unit')}`;
    await policy(runner, 'meeting_unit', 'select', unit, 'The center of the matter; an agency its own invitation.');
    await policy(
      runner,
      'meeting_unit',
      'insert',
      `${IS_SYSTEM} or ${byMatter('meeting_unit')}`,
      'Only whoever sees the matter.',
    );
    await policy(
      runner,
      'meeting_unit',
      'update',
      unit,
      'The center of the matter; an agency signs in and reserves for itself.',
    );

    await secure(runner, 'meeting', ['select', 'insert', 'update']);
    const center = `${IS_SYSTEM} or ${byMatter('meeting')}`;
    await policy(
      runner,
      'meeting',
      'select',
      `${center} or exists (select 1 from meeting_unit u where u.meeting_id = meeting.id and u.agency_id = any (${MY_AGENCIES}))`,
      'The center of the matter; an agency a meeting to which it is invited.',
    );
    for (const verb of ['insert', 'update'] as const) {
      await policy(runner, 'meeting', verb, center, 'Only whoever sees the matter.');
    }

    await secure(runner, 'meeting_matter', ['select', 'insert']);
    for (const verb of ['select', 'insert'] as const) {
      await policy(
        runner,
        'meeting_matter',
        verb,
        `${IS_SYSTEM} or ${byMatter('meeting_matter')}`,
        'Only whoever sees the other matter.',
      );
    }
    await secure(runner, 'meeting_item', ['select', 'insert', 'update']);
    for (const verb of ['select', 'insert', 'update'] as const) {
      await policy(
        runner,
        'meeting_item',
        verb,
        `${IS_SYSTEM} or ${byMatter('meeting_item')}`,
        'Only whoever sees the matter; agencies read items through the meeting.',
      );
    }
    await secure(runner, 'meeting_voice', ['select', 'insert']);
    for (const verb of ['select', 'insert'] as const) {
      await policy(
        runner,
        'meeting_voice',
        verb,
        `${IS_SYSTEM} or ${byMatter('meeting_voice')}`,
        'Only whoever sees the matter; agencies read voices through the meeting.',
      );
    }
    await secure(runner, 'meeting_task', ['select', 'insert', 'update']);
    const task = `${IS_SYSTEM} or (state <> 'planned' and agency_id = any (${MY_AGENCIES})) or ${byMatter('meeting_task')}`;
    await policy(
      runner,
      'meeting_task',
      'select',
      task,
      'The center of the matter; an agency its own task once the minutes stand.',
    );
    await policy(
      runner,
      'meeting_task',
      'insert',
      `${IS_SYSTEM} or ${byMatter('meeting_task')}`,
      'Only whoever sees the matter.',
    );
    await policy(runner, 'meeting_task', 'update', task, 'The center of the matter, and the agency on its own task.');
    await secure(runner, 'meeting_task_file', ['select', 'insert']);
    const file = `${IS_SYSTEM} or ${byMatter('meeting_task_file')}
      or exists (select 1 from meeting_task t where t.id = meeting_task_file.task_id and t.agency_id = any (${MY_AGENCIES}))`;
    for (const verb of ['select', 'insert'] as const) {
      await policy(runner, 'meeting_task_file', verb, file, 'The center of the matter; an agency for its own task.');
    }
    await runner.query(`
      create function app.worklist_meetings(p_dispute uuid) returns jsonb
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate(); v_answer jsonb;
        begin
          select jsonb_build_object(
            'meeting', (select jsonb_build_object('state', m.state, 'since', coalesce(m.opened_at, m.called_at), 'meetAt', m.meet_at)
              from public.meeting m where m.dispute_id = p_dispute and m.state in ('called', 'sitting')
              order by m.state desc, m.meet_at limit 1),
            'meetingTask', (select jsonb_build_object('since', m.confirmed_at, 'dueOn', t.due_on)
              from public.meeting_task t join public.meeting m on m.id = t.meeting_id
              where t.dispute_id = p_dispute and t.state = 'open' order by t.due_on limit 1),
            'meetingAnsweredSince', (select min(t.answered_at) from public.meeting_task t
              where t.dispute_id = p_dispute and t.state = 'answered'))
            into v_answer;
          perform set_config('app.principal', v_before, true);
          return v_answer;
        end $$;
      revoke all on function app.worklist_meetings(uuid) from public;
      grant execute on function app.worklist_meetings(uuid) to zongzhi_app;
    `);
    await describe(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function app.worklist_meetings(uuid)');
    await runner.query(
      'drop table meeting_task_file, meeting_task, meeting_voice, meeting_item, meeting_unit, meeting_matter, meeting cascade',
    );
  }
}

async function describe(runner: QueryRunner): Promise<void> {
  const ofMeeting = { id: 'Identity.', dispute_id: 'The matter.', meeting_id: 'The meeting.' };
  await describeTable(runner, 'meeting', 'A joint meeting of units upon a matter.', {
    id: 'Identity.',
    dispute_id: 'The matter upon which it was called.',
    center_id: 'The center that calls.',
    ordinal: 'Which meeting of the matter.',
    topic: 'What it is about, as the units are told.',
    place: 'Where.',
    meet_at: 'When it is to begin.',
    rule: 'How decisions are taken; each decision repeats it.',
    chair_account_id: 'Who presides and confirms the minutes.',
    chair_name: 'Name of the chair then.',
    recorder_name: 'Who keeps the record.',
    state: 'State in its lifecycle.',
    called_by: 'Who called it.',
    called_by_name: 'Name of the one who called it.',
    called_at: 'When it was called.',
    opened_at: 'When it was opened.',
    conclusion: 'What was settled, in the words of the chair.',
    confirmed_by: 'Who confirmed the minutes.',
    confirmed_at: 'When the minutes were confirmed and sent.',
    reservations_until: 'Until when a unit may add a reservation.',
    cancel_reason: 'Why it was cancelled.',
    version: 'Optimistic lock.',
  });
  await describeTable(runner, 'meeting_matter', 'Further matters upon which the same meeting sits.', {
    meeting_id: 'The meeting.',
    dispute_id: 'The further matter.',
  });
  await describeTable(runner, 'meeting_unit', 'A unit invited to a meeting.', {
    ...ofMeeting,
    ordinal: 'Order on the record.',
    agency_id: 'The agency; null for a unit that is none, such as a property company or the representatives.',
    name: 'Name on the record.',
    role: 'Lead, assist or attend; who attends has no vote.',
    person_name: 'Who is asked to come.',
    arrived_at: 'When it signed in.',
    arrived_person: 'Who came.',
    arrived_rank: 'Rank of who came.',
    arrived_by_code: 'Signed in by the code in the room; false when the clerk entered it.',
    reservation: 'What it reserves against the minutes.',
    reserved_at: 'When.',
    reserved_by_name: 'Who added it.',
    version: 'Optimistic lock.',
  });
  await describeTable(runner, 'meeting_item', 'An item of the agenda and its decision.', {
    ...ofMeeting,
    ordinal: 'Order.',
    subject: 'What is to be settled.',
    decision: 'Adopted, rejected or deferred.',
    decision_words: 'The decision in words.',
    decided_by_rule: 'The rule by which it was taken.',
    decided_at: 'When.',
    version: 'Optimistic lock.',
  });
  await describeTable(
    runner,
    'meeting_voice',
    'What a unit said on an item; the last one counts, earlier ones stay: append-only.',
    {
      ...ofMeeting,
      item_id: 'The item.',
      unit_id: 'The unit.',
      vote: 'For, against, abstain or reserve; null for an opinion only.',
      words: 'In words.',
      recorded_by_name: 'Who took it down.',
      recorded_at: 'When.',
    },
  );
  await describeTable(runner, 'meeting_task', 'What a unit has to do until a day, as the minutes say.', {
    id: 'Identity.',
    dispute_id: 'The matter.',
    center_id: 'The center that follows it up.',
    meeting_id: 'The meeting.',
    unit_id: 'The unit that owns it.',
    agency_id: 'Its agency; null where the unit has no login and the clerk enters its answer.',
    ordinal: 'Order in the minutes.',
    person_name: 'Who is responsible.',
    what: 'What is to be done.',
    due_on: 'The last day.',
    state: 'State in its lifecycle.',
    answer: 'The last answer.',
    answered_by: 'Who entered it.',
    answered_by_name: 'Name of the one who entered it.',
    answered_at: 'When.',
    return_reason: 'Why the answer before was returned.',
    urgings: 'How often it was urged.',
    last_urged_at: 'When it was urged last.',
    ended_by: 'Who accepted or dropped it.',
    ended_at: 'When.',
    ending_words: 'The opinion on accepting, or why it was dropped.',
    warned_at: 'When the owner was told that the day is near.',
    told_late_at: 'When owner and center were told that the day is past.',
    version: 'Optimistic lock.',
  });
  await describeTable(runner, 'meeting_task_file', 'Proof that an owner hands in with the answer to a task.', {
    dispute_id: 'The matter.',
    task_id: 'The task.',
    attachment_id: 'The file.',
  });
}
