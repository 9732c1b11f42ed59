import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, fullAccess, IS_SYSTEM, policy, secure, secureMatterTable } from './support';

type Verb = 'select' | 'insert' | 'update';

/** SQL: does the one who asks serve on the matter as its mediator or recorder now? */
const servesOn = (table: string): string => `${table}.dispute_id in (select a.dispute_id from dispute_access a
  where a.account_id = (select app.account_id()) and a.ground = 'assigned' and a.role in ('mediator', 'recorder')
    and (a.ends_at is null or a.ends_at > (select app.now())))`;

/**
 * Row security of a table whose rows each stand in a ring of visibility (columns `dispute_id` and `ring`).
 * - `parties`: whoever may read the content of the matter
 * - `center`: of those, the staff; not somebody let in for another reason than service
 * - `mediator`: those who serve on the matter as mediator or recorder, and the author while the matter is open to him.
 *   Not even the program's own jobs read this ring: what nobody but the mediator may know is in no list and no export.
 */
export async function secureRingTable(
  runner: QueryRunner,
  table: string,
  author: string,
  verbs: readonly Verb[],
): Promise<void> {
  await secure(runner, table, verbs);
  const full = `exists (select 1 from dispute d where d.id = ${table}.dispute_id and ${fullAccess('d')})`;
  const staff = `exists (select 1 from dispute d where d.id = ${table}.dispute_id and (
    d.center_id = any ((select app.center_ids())::uuid[])
    or d.handling_center_id = any ((select app.center_ids())::uuid[])
    or d.committee_id = any ((select app.committee_ids())::uuid[])
    or d.handling_unit_id = any ((select app.unit_ids())::uuid[])
    or d.id in (select a.dispute_id from dispute_access a
                 where a.account_id = (select app.account_id()) and (a.ground <> 'assigned' or a.role in ('mediator', 'recorder'))
                   and (a.ends_at is null or a.ends_at > (select app.now())))))`;
  const wide = `(${IS_SYSTEM} and ring <> 'mediator') or (ring = 'parties' and ${full}) or (ring = 'center' and ${staff})`;
  const own = `(ring = 'mediator' and ${servesOn(table)})`;
  const authored = `(ring = 'mediator' and ${author} = (select app.account_id()) and ${full})`;
  for (const verb of verbs) {
    await policy(
      runner,
      table,
      verb,
      verb === 'insert' ? `${wide} or ${own}` : `${wide} or ${own} or ${authored}`,
      'Ring parties: whoever may read the matter; ring center: its staff; ring mediator: those who serve on it, and nobody else.',
    );
  }
}

const RING = "ring in ('parties', 'center', 'mediator')";

/** Investigation records, mediation sessions with their people and words, invited participants, notes in three rings. */
export class Sessions1763600000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table participant (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        kind text not null,
        name text not null,
        organization text,
        purpose text not null,
        state text not null,
        invited_by uuid references account (id),
        invited_by_name text not null,
        invited_at timestamptz not null,
        withdrawn_at timestamptz,
        withdrawn_reason text,
        version integer not null default 1,
        constraint participant_of_matter unique (dispute_id, id),
        constraint participant_kind_known check (kind in
          ('lawyer', 'expert', 'witness', 'interpreter', 'relative', 'neighbour', 'community', 'organization', 'other')),
        constraint participant_state_known check (state in ('invited', 'withdrawn')),
        constraint participant_withdrawn_whole check
          ((state = 'withdrawn') = (withdrawn_at is not null) and (withdrawn_at is null) = (withdrawn_reason is null))
      );

      create table participant_consent (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        participant_id uuid not null,
        party_id uuid not null,
        representative_id uuid,
        answer text not null,
        channel text not null,
        given_at timestamptz not null,
        note text,
        recorded_by uuid references account (id),
        recorded_at timestamptz not null,
        constraint participant_consent_of_participant foreign key (dispute_id, participant_id) references participant (dispute_id, id),
        constraint participant_consent_of_party foreign key (dispute_id, party_id) references party (dispute_id, id),
        constraint participant_consent_by_representative foreign key (dispute_id, representative_id) references representative (dispute_id, id),
        constraint participant_consent_answer_known check (answer in ('agreed', 'objected')),
        constraint participant_consent_channel_known check (channel in ('in-person', 'home-visit', 'phone', 'message', 'video', 'letter')),
        constraint participant_consent_not_before_given check (recorded_at >= given_at)
      );
      create index participant_consent_latest on participant_consent (dispute_id, participant_id, party_id, recorded_at desc);
      create trigger participant_consent_append_only before update or delete on participant_consent
        for each row execute function app.refuse_change();

      create table mediation_session (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        ordinal integer not null,
        state text not null,
        mode text not null,
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        slot_id uuid references center_slot (id),
        place text not null,
        publicity text not null default 'non-public',
        started_at timestamptz,
        ended_at timestamptz,
        result text,
        next_at timestamptz,
        recorded_at timestamptz,
        recorded_by uuid references account (id),
        confirmed_at timestamptz,
        cancelled_at timestamptz,
        planned_by uuid references account (id),
        planned_at timestamptz not null,
        version integer not null default 1,
        constraint mediation_session_of_matter unique (dispute_id, id),
        constraint mediation_session_ordinal_once unique (dispute_id, ordinal),
        constraint mediation_session_ordinal_positive check (ordinal > 0),
        constraint mediation_session_state_known check (state in ('planned', 'held', 'recorded', 'confirmed', 'cancelled')),
        constraint mediation_session_mode_known check (mode in ('on-site', 'home-visit', 'phone', 'video', 'separate')),
        constraint mediation_session_publicity_known check (publicity in ('non-public', 'public')),
        constraint mediation_session_period check (ends_at > starts_at and ends_at <= starts_at + interval '24 hours'),
        constraint mediation_session_really_held check (ended_at is null or ended_at > started_at),
        constraint mediation_session_held_has_start check ((state in ('held', 'recorded', 'confirmed')) = (started_at is not null)),
        constraint mediation_session_recorded_whole check
          (num_nonnulls(result, recorded_at) = case when state in ('recorded', 'confirmed') then 2 else 0 end
           and (state not in ('recorded', 'confirmed') or ended_at is not null)),
        constraint mediation_session_result_known check (result is null or result in ('agreed', 'not-agreed', 'to-be-continued')),
        constraint mediation_session_continued_has_next check ((result is not distinct from 'to-be-continued') = (next_at is not null)),
        constraint mediation_session_confirmed_has_time check ((state = 'confirmed') = (confirmed_at is not null)),
        constraint mediation_session_cancelled_has_time check ((state = 'cancelled') = (cancelled_at is not null)),
        constraint mediation_session_room_free exclude using gist
          (slot_id with =, tstzrange(starts_at, ends_at) with &&) where (slot_id is not null and state in ('planned', 'held'))
      );
      create index mediation_session_starts on mediation_session (starts_at, id);

      create table session_invitee (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        session_id uuid not null,
        kind text not null,
        party_id uuid,
        representative_id uuid,
        participant_id uuid,
        account_id uuid references account (id),
        agency_id uuid references agency (id),
        name text not null,
        role_name text not null,
        booked tstzrange,
        removed_at timestamptz,
        arrived_at timestamptz,
        left_at timestamptz,
        absent_reason text,
        confirmation text,
        confirmed_at timestamptz,
        confirmation_note text,
        constraint session_invitee_of_matter unique (dispute_id, id),
        constraint session_invitee_of_session foreign key (dispute_id, session_id) references mediation_session (dispute_id, id),
        constraint session_invitee_party foreign key (dispute_id, party_id) references party (dispute_id, id),
        constraint session_invitee_representative foreign key (dispute_id, representative_id) references representative (dispute_id, id),
        constraint session_invitee_participant foreign key (dispute_id, participant_id) references participant (dispute_id, id),
        constraint session_invitee_kind_known check (kind in ('party', 'representative', 'mediator', 'recorder', 'participant', 'agency')),
        constraint session_invitee_names_one check (
          (party_id is not null) = (kind in ('party', 'representative')) and (representative_id is not null) = (kind = 'representative')
          and (participant_id is not null) = (kind = 'participant') and (account_id is not null) = (kind in ('mediator', 'recorder'))
          and (agency_id is not null) = (kind = 'agency')),
        constraint session_invitee_came_or_not check (arrived_at is null or absent_reason is null),
        constraint session_invitee_left_after_arrival check (left_at is null or (arrived_at is not null and left_at >= arrived_at)),
        constraint session_invitee_confirmation_known check (confirmation is null or confirmation in ('read', 'aloud', 'refused')),
        constraint session_invitee_confirmation_whole check ((confirmation is null) = (confirmed_at is null)),
        constraint session_invitee_confirmation_explained check
          (confirmation is null or confirmation = 'read' or confirmation_note is not null),
        constraint session_invitee_booked_only_staff check (booked is null or account_id is not null),
        constraint session_invitee_staff_free exclude using gist (account_id with =, booked with &&) where (booked is not null)
      );
      create unique index session_invitee_once on session_invitee
        (session_id, kind, party_id, representative_id, participant_id, account_id, agency_id) nulls not distinct where removed_at is null;
      create index session_invitee_account on session_invitee (account_id, session_id) where account_id is not null and removed_at is null;

      create table session_publicity_choice (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        session_id uuid not null,
        party_id uuid not null,
        choice text not null,
        given_at timestamptz not null,
        recorded_by uuid references account (id),
        recorded_at timestamptz not null,
        constraint session_publicity_choice_of_session foreign key (dispute_id, session_id) references mediation_session (dispute_id, id),
        constraint session_publicity_choice_of_party foreign key (dispute_id, party_id) references party (dispute_id, id),
        constraint session_publicity_choice_known check (choice in ('public', 'non-public')),
        constraint session_publicity_choice_not_before_given check (recorded_at >= given_at)
      );
      create index session_publicity_choice_latest on session_publicity_choice (dispute_id, session_id, party_id, recorded_at desc);
      create trigger session_publicity_choice_append_only before update or delete on session_publicity_choice
        for each row execute function app.refuse_change();

      create table session_entry (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        session_id uuid not null,
        ordinal integer not null,
        ring text not null,
        kind text not null,
        invitee_id uuid,
        speaker text not null,
        text text not null,
        written_by uuid not null references account (id),
        written_at timestamptz not null,
        revised_at timestamptz,
        struck_at timestamptz,
        version integer not null default 1,
        constraint session_entry_ordinal_once unique (dispute_id, session_id, ordinal),
        constraint session_entry_of_session foreign key (dispute_id, session_id) references mediation_session (dispute_id, id),
        constraint session_entry_of_speaker foreign key (dispute_id, invitee_id) references session_invitee (dispute_id, id),
        constraint session_entry_ring_known check (${RING}),
        constraint session_entry_kind_known check (kind in ('statement', 'question', 'answer', 'explanation', 'proposal', 'procedure'))
      );

      create table session_fact (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        session_id uuid not null,
        ordinal integer not null,
        text text not null,
        recorded_by uuid references account (id),
        recorded_at timestamptz not null,
        retracted_at timestamptz,
        constraint session_fact_ordinal_once unique (dispute_id, session_id, ordinal),
        constraint session_fact_of_session foreign key (dispute_id, session_id) references mediation_session (dispute_id, id)
      );

      create table session_concession (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        session_id uuid not null,
        ring text not null default 'mediator',
        invitee_id uuid,
        made_by text not null,
        text text not null,
        recorded_by uuid not null references account (id),
        recorded_at timestamptz not null,
        constraint session_concession_of_session foreign key (dispute_id, session_id) references mediation_session (dispute_id, id),
        constraint session_concession_of_speaker foreign key (dispute_id, invitee_id) references session_invitee (dispute_id, id),
        constraint session_concession_ring_known check (${RING})
      );
      create index session_concession_session on session_concession (dispute_id, session_id);

      create table session_note (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        session_id uuid,
        ring text not null,
        text text not null,
        author_id uuid not null references account (id),
        author_name text not null,
        written_at timestamptz not null,
        narrowed_at timestamptz,
        narrowed_reason text,
        constraint session_note_narrowed_whole check ((narrowed_at is null) = (narrowed_reason is null)),
        constraint session_note_of_session foreign key (dispute_id, session_id) references mediation_session (dispute_id, id),
        constraint session_note_ring_known check (${RING})
      );
      create index session_note_dispute on session_note (dispute_id, written_at desc, id desc);

      create table investigation_record (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        number integer not null,
        revision integer not null,
        supersedes_id uuid references investigation_record (id),
        ring text not null,
        state text not null,
        reason text,
        mode text not null,
        interviewee_kind text not null,
        party_id uuid,
        interviewee_name text not null,
        relation text not null,
        started_at timestamptz not null,
        ended_at timestamptz,
        place text not null,
        investigator_ids uuid[] not null,
        investigator_names text[] not null,
        recorder_id uuid references account (id),
        recorder_name text not null,
        interpreter_name text,
        present text[] not null default '{}',
        entries jsonb not null default '[]',
        confirmation text,
        confirmed_by_name text,
        confirmation_note text,
        confirmed_at timestamptz,
        opened_by uuid not null references account (id),
        opened_at timestamptz not null,
        version integer not null default 1,
        constraint investigation_record_numbered_once unique (dispute_id, number, revision),
        constraint investigation_record_of_party foreign key (dispute_id, party_id) references party (dispute_id, id),
        constraint investigation_record_number_positive check (number > 0 and revision > 0),
        constraint investigation_record_ring_known check (${RING}),
        constraint investigation_record_state_known check (state in ('draft', 'confirmed', 'superseded', 'narrowed', 'discarded')),
        constraint investigation_record_mode_known check (mode in ('on-site', 'home-visit', 'phone', 'video')),
        constraint investigation_record_interviewee_known check
          (interviewee_kind in ('party', 'representative', 'relative', 'witness', 'neighbour', 'community', 'other')),
        constraint investigation_record_party_named check (interviewee_kind <> 'party' or party_id is not null),
        constraint investigation_record_period check (ended_at is null or ended_at > started_at),
        constraint investigation_record_investigators check
          (cardinality(investigator_ids) > 0 and cardinality(investigator_ids) = cardinality(investigator_names)),
        constraint investigation_record_entries_list check (jsonb_typeof(entries) = 'array'),
        constraint investigation_record_confirmation_known check (confirmation is null or confirmation in ('read', 'aloud', 'refused')),
        constraint investigation_record_confirmed_whole check (state not in ('confirmed', 'superseded')
          or (confirmation is not null and confirmed_at is not null and confirmed_by_name is not null and ended_at is not null
              and jsonb_array_length(entries) > 0)),
        constraint investigation_record_confirmation_explained check
          (confirmation is null or confirmation = 'read' or confirmation_note is not null)
      );
      create unique index investigation_record_one_amendment on investigation_record (supersedes_id)
        where supersedes_id is not null and state = 'draft';
    `);

    await runner.query(`
      create function app.ring_rank(p_ring text) returns integer language sql immutable parallel safe
        as $$ select case p_ring when 'parties' then 1 when 'center' then 2 else 3 end $$;
      create function app.only_narrow_ring() returns trigger language plpgsql as $$
        begin
          if app.ring_rank(new.ring) < app.ring_rank(old.ring) then
            raise exception 'a ring of visibility is never widened' using errcode = '23514';
          end if;
          return new;
        end $$;
      create trigger session_entry_only_narrow before update on session_entry for each row execute function app.only_narrow_ring();
      create trigger session_note_only_narrow before update on session_note for each row execute function app.only_narrow_ring();
      create trigger investigation_record_only_narrow before update on investigation_record for each row execute function app.only_narrow_ring();

      create function app.keep_note() returns trigger language plpgsql as $$
        begin
          if (new.id, new.dispute_id, new.session_id, new.text, new.author_id, new.author_name, new.written_at)
             is distinct from (old.id, old.dispute_id, old.session_id, old.text, old.author_id, old.author_name, old.written_at) then
            raise exception 'a note is never rewritten' using errcode = '23514';
          end if;
          return new;
        end $$;
      create trigger session_note_kept before update on session_note for each row execute function app.keep_note();

      -- What a person has confirmed as true to his words stays as it was; a change is a new version.
      create function app.keep_confirmed_record() returns trigger language plpgsql as $$
        begin
          if old.state <> 'draft' and
             (to_jsonb(new) - 'state' - 'ring' - 'version') is distinct from (to_jsonb(old) - 'state' - 'ring' - 'version') then
            raise exception 'investigation record % is past its draft', old.id using errcode = '23514';
          end if;
          return new;
        end $$;
      create trigger investigation_record_kept before update on investigation_record
        for each row execute function app.keep_confirmed_record();

      -- The words of a session are open while it is held and until those present have confirmed them.
      create function app.keep_session_words() returns trigger language plpgsql as $$
        declare v_state text;
        begin
          select s.state into v_state from mediation_session s where s.id = new.session_id;
          if v_state is null or v_state not in ('held', 'recorded') then
            raise exception 'the record of session % is not open', new.session_id using errcode = '23514';
          end if;
          return new;
        end $$;
      create trigger session_entry_open before insert or update on session_entry for each row execute function app.keep_session_words();
      create trigger session_fact_open before insert or update on session_fact for each row execute function app.keep_session_words();
      create trigger session_concession_open before insert on session_concession for each row execute function app.keep_session_words();

      -- Who or what is taken at a time, over all matters: says nothing of the matter for which it is taken.
      create function app.session_clashes(p_from timestamptz, p_to timestamptz, p_slot uuid, p_accounts uuid[], p_except uuid)
        returns table (kind text, subject_id uuid, starts_at timestamptz, ends_at timestamptz)
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          return query
            select 'room', s.slot_id, s.starts_at, s.ends_at from public.mediation_session s
             where s.slot_id = p_slot and s.state in ('planned', 'held') and s.id is distinct from p_except
               and tstzrange(s.starts_at, s.ends_at) && tstzrange(p_from, p_to)
            union all
            select 'person', i.account_id, lower(i.booked), upper(i.booked) from public.session_invitee i
             where i.account_id = any (p_accounts) and i.session_id is distinct from p_except and i.booked && tstzrange(p_from, p_to)
            order by 3, 2;
          perform set_config('app.principal', v_before, true);
        end $$;
      revoke all on function app.session_clashes(timestamptz, timestamptz, uuid, uuid[], uuid), app.ring_rank(text),
        app.only_narrow_ring(), app.keep_note(), app.keep_confirmed_record(), app.keep_session_words() from public;
      grant execute on function app.session_clashes(timestamptz, timestamptz, uuid, uuid[], uuid), app.ring_rank(text),
        app.only_narrow_ring(), app.keep_note(), app.keep_confirmed_record(), app.keep_session_words() to zongzhi_app;
    `);

    await secureMatterTable(runner, 'participant', 'full');
    await secureMatterTable(runner, 'participant_consent', 'full', ['select', 'insert']);
    await secureMatterTable(runner, 'mediation_session', 'header');
    await secureMatterTable(runner, 'session_invitee', 'full');
    await secureMatterTable(runner, 'session_publicity_choice', 'full', ['select', 'insert']);
    await secureMatterTable(runner, 'session_fact', 'full');
    await secureRingTable(runner, 'session_entry', 'written_by', ['select', 'insert', 'update']);
    await secureRingTable(runner, 'session_concession', 'recorded_by', ['select', 'insert']);
    await secureRingTable(runner, 'session_note', 'author_id', ['select', 'insert', 'update']);
    await secureRingTable(runner, 'investigation_record', 'opened_by', ['select', 'insert', 'update']);

    await describeTable(
      runner,
      'participant',
      'Somebody invited to take part in a mediation (参与人), with the parties’ consent (People’s Mediation Law art. 20).',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        kind: 'Lawyer, expert, witness, interpreter, relative, neighbour, community or organisation.',
        name: 'Name exactly as typed.',
        organization: 'Law firm, employer or organisation.',
        purpose: 'What the person is invited for.',
        state: 'State of participantLifecycle.',
        invited_by: 'Account that invited.',
        invited_by_name: 'Name as it was then.',
        invited_at: 'When.',
        withdrawn_at: 'When the invitation was taken back.',
        withdrawn_reason: 'Why.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(
      runner,
      'participant_consent',
      'What each party said to inviting somebody; the latest answer counts: append-only.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        participant_id: 'Who is to be invited.',
        party_id: 'The party asked.',
        representative_id: 'Representative who answered; null when the party did.',
        answer: 'agreed or objected.',
        channel: 'How the party was asked.',
        given_at: 'When the party answered.',
        note: 'Words of the party.',
        recorded_by: 'Account that recorded it.',
        recorded_at: 'When entered.',
      },
    );
    await describeTable(
      runner,
      'mediation_session',
      'One mediation session (调解), from its plan to its confirmed record; holds no words of the people.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        ordinal: 'Which session of the matter it is, counted from 1.',
        state: 'State of sessionLifecycle.',
        mode: 'On site, at home, by phone, by video, or with each party separately (背对背).',
        starts_at: 'Planned start.',
        ends_at: 'Planned end.',
        slot_id: 'Room or tribunal of the center, where one is booked.',
        place: 'Place in words, as papers print it.',
        publicity: 'public only when every party chose it (People’s Mediation Law art. 23).',
        started_at: 'Real start.',
        ended_at: 'Real end.',
        result: 'agreed (调解成功), not-agreed (调解不成) or to-be-continued (有待继续调解).',
        next_at: 'When it goes on, for to-be-continued.',
        recorded_at: 'When the result was recorded.',
        recorded_by: 'Account that recorded it.',
        confirmed_at: 'When those present had confirmed the record.',
        cancelled_at: 'When cancelled; the reason is on the timeline.',
        planned_by: 'Account that planned it.',
        planned_at: 'When planned.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(
      runner,
      'session_invitee',
      'Who is asked to a session, who came and when, and who confirmed the record.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        session_id: 'The session.',
        kind: 'party, representative, mediator, recorder, participant or agency.',
        party_id: 'The party, or the party represented.',
        representative_id: 'The representative.',
        participant_id: 'The invited participant.',
        account_id: 'Mediator or recorder.',
        agency_id: 'Partner agency.',
        name: 'Name as it was then.',
        role_name: 'Standing as printed on the record, e.g. 主持人.',
        booked: 'Time for which a mediator or recorder is taken; null once free.',
        removed_at: 'When taken off the list before the session.',
        arrived_at: 'Arrival, or entry into the call.',
        left_at: 'Departure before the end.',
        absent_reason: 'Why the person did not come.',
        confirmation: 'How the record was confirmed: read, read aloud, or refused.',
        confirmed_at: 'When.',
        confirmation_note: 'Witness of the reading, or why refused.',
      },
    );
    await describeTable(
      runner,
      'session_publicity_choice',
      'What each party wants: public or not; the latest counts, silence is not consent: append-only.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        session_id: 'The session.',
        party_id: 'The party asked.',
        choice: 'public or non-public.',
        given_at: 'When said.',
        recorded_by: 'Account that recorded it.',
        recorded_at: 'When entered.',
      },
    );
    await describeTable(
      runner,
      'session_entry',
      'The record of a session (调解笔录), entry by entry, each in its ring of visibility.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        session_id: 'The session.',
        ordinal: 'Place in the record.',
        ring: 'Ring of visibility: parties, center or mediator; narrowed at most.',
        kind: 'Statement, question, answer, explanation of law, proposal or procedure.',
        invitee_id: 'Who spoke, where he is on the list of the session.',
        speaker: 'Who spoke, as printed.',
        text: 'What was said.',
        written_by: 'Account that wrote it.',
        written_at: 'When written.',
        revised_at: 'When last corrected, before the record was confirmed.',
        struck_at: 'When struck out, before the record was confirmed.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(
      runner,
      'session_fact',
      'Facts that no party disputes (无争议事实): may be used later (OL2021 art. 22).',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        session_id: 'The session.',
        ordinal: 'Place in the list.',
        text: 'The fact.',
        recorded_by: 'Account that recorded it.',
        recorded_at: 'When.',
        retracted_at: 'When it turned out to be disputed after all, before the record was confirmed.',
      },
    );
    await describeTable(
      runner,
      'session_concession',
      'Offers and concessions made to reach an agreement: privileged, in no paper and no export (TY2016 art. 22).',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        session_id: 'The session.',
        ring: 'Ring of visibility; the mediator’s unless said otherwise.',
        invitee_id: 'Who made it, where he is on the list of the session.',
        made_by: 'Who made it, as written.',
        text: 'The concession.',
        recorded_by: 'Account that recorded it.',
        recorded_at: 'When.',
      },
    );
    await describeTable(
      runner,
      'session_note',
      'Notes in three rings of visibility; the ring is chosen before the words and never widened.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        session_id: 'The session it belongs to, where there is one.',
        ring: 'parties, center or mediator.',
        text: 'The note.',
        author_id: 'Who wrote it.',
        author_name: 'Name as it was then.',
        written_at: 'When.',
        narrowed_at: 'When it was moved into a narrower ring.',
        narrowed_reason: 'Why; kept here and not on the timeline, since it may tell of the words.',
      },
    );
    await describeTable(
      runner,
      'investigation_record',
      'Investigation record (调查记录): one person heard, in questions and answers.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        number: 'Number within the matter, gapless over all rings.',
        revision: 'Version of the record, from 1.',
        supersedes_id: 'Record that this one amends or narrows.',
        ring: 'Ring of visibility, chosen before the first word; narrowed at most.',
        state: 'State of investigationLifecycle.',
        reason:
          'Why it was given up, or why this version took the place of another; kept here and not on the timeline, since it may tell of the words.',
        mode: 'On site, at home, by phone or by video.',
        interviewee_kind: 'Party, representative, relative, witness, neighbour, community or other.',
        party_id: 'The party heard, or the one the person heard belongs to.',
        interviewee_name: 'Name as typed.',
        relation: 'Relation to the dispute.',
        started_at: 'Start of the hearing.',
        ended_at: 'End of the hearing.',
        place: 'Place in words.',
        investigator_ids: 'Accounts of the investigators.',
        investigator_names: 'Their names as they were then, in the same order.',
        recorder_id: 'Account of the recorder.',
        recorder_name: 'Name as it was then.',
        interpreter_name: 'Interpreter, where there was one.',
        present: 'Others present, in words.',
        entries: 'Questions, answers and statements in order: [{kind, speaker, text}].',
        confirmation: 'How the person confirmed the record: read, read aloud, or refused.',
        confirmed_by_name: 'Who confirmed.',
        confirmation_note: 'Witness of the reading, or why refused.',
        confirmed_at: 'When.',
        opened_by: 'Account that opened it: its author.',
        opened_at: 'When.',
        version: 'Optimistic lock.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table investigation_record, session_note, session_concession, session_fact, session_entry, session_publicity_choice,
        session_invitee, mediation_session, participant_consent, participant cascade;
      drop function app.session_clashes(timestamptz, timestamptz, uuid, uuid[], uuid);
      drop function app.keep_session_words();
      drop function app.keep_confirmed_record();
      drop function app.keep_note();
      drop function app.only_narrow_ring();
      drop function app.ring_rank(text);
    `);
  }
}
