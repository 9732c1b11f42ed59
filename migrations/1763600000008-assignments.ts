import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, secureMatterTable } from './support';

/** Who mediates and records a matter, what they disclosed, and which party demanded another. */
export class Assignments1763600000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table assignment (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        account_id uuid not null references account (id),
        committee_id uuid not null references committee (id),
        name text not null,
        capacity text not null,
        chosen_by text not null,
        chosen_by_party_ids uuid[] not null default '{}',
        basis text,
        state text not null,
        assigned_by uuid references account (id),
        assigned_at timestamptz not null,
        ended_at timestamptz,
        ended_reason text,
        replaced_by_id uuid references assignment (id),
        version integer not null default 1,
        constraint assignment_capacity_known check (capacity in ('host', 'co-mediator', 'recorder')),
        constraint assignment_chosen_by_known check (chosen_by in ('parties', 'committee')),
        constraint assignment_chosen_by_parties_named check (chosen_by <> 'parties' or cardinality(chosen_by_party_ids) > 0),
        constraint assignment_state_known check (state in ('active', 'challenged', 'replaced', 'ended')),
        constraint assignment_end_has_reason check ((state in ('replaced', 'ended')) = (ended_at is not null and ended_reason is not null))
      );
      create index assignment_dispute on assignment (dispute_id, assigned_at);
      create index assignment_account on assignment (account_id) where ended_at is null;
      create unique index assignment_one_host on assignment (dispute_id) where capacity = 'host' and ended_at is null;
      create unique index assignment_once on assignment (dispute_id, account_id, capacity) where ended_at is null;

      create table conflict_disclosure (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        assignment_id uuid not null references assignment (id),
        kind text not null,
        detail text,
        disclosed_by uuid references account (id),
        disclosed_at timestamptz not null,
        constraint conflict_disclosure_kind_known check (kind in
          ('none', 'kinship', 'same-employer', 'acquaintance', 'interest', 'earlier-role', 'other')),
        constraint conflict_disclosure_said_what check (kind = 'none' or detail is not null)
      );
      create index conflict_disclosure_dispute on conflict_disclosure (dispute_id, assignment_id);

      create table mediator_challenge (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        assignment_id uuid not null references assignment (id),
        party_id uuid not null,
        reason text not null,
        raised_at timestamptz not null,
        recorded_by uuid references account (id),
        answered_by_assignment_id uuid references assignment (id),
        withdrawn_at timestamptz
      );
      create index mediator_challenge_dispute on mediator_challenge (dispute_id, assignment_id);

      create function app.open_assignments(p_accounts uuid[]) returns table (account_id uuid, open integer)
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          return query select a.account_id, count(*)::integer from public.assignment a join public.dispute d on d.id = a.dispute_id
            where a.account_id = any (p_accounts) and a.ended_at is null
              and d.state not in ('closed', 'followed-up', 'archived', 'merged') group by a.account_id;
          perform set_config('app.principal', v_before, true);
        end $$;
      revoke all on function app.open_assignments(uuid[]) from public;
      grant execute on function app.open_assignments(uuid[]) to zongzhi_app;
    `);
    for (const table of ['assignment', 'conflict_disclosure', 'mediator_challenge']) {
      await secureMatterTable(runner, table, table === 'assignment' ? 'header' : 'full');
    }
    await describeTable(
      runner,
      'assignment',
      'A mediator or recorder named on a matter (People’s Mediation Law art. 19).',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        account_id: 'Who.',
        committee_id: 'Committee under whose appointment the person acts.',
        name: 'Name as it was then; earlier records stay under it.',
        capacity: 'host (主持人), co-mediator or recorder (记录人).',
        chosen_by: 'Chosen by the parties or designated by the committee.',
        chosen_by_party_ids: 'Parties who chose.',
        basis: 'Why this person, in words.',
        state: 'State of assignmentLifecycle.',
        assigned_by: 'Who entered the designation.',
        assigned_at: 'From.',
        ended_at: 'Until; null while serving.',
        ended_reason: 'Why it ended.',
        replaced_by_id: 'Assignment of the successor.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(
      runner,
      'conflict_disclosure',
      'What a mediator disclosed about relations to the parties, or that there is nothing.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        assignment_id: 'Whose disclosure.',
        kind: 'Kind of relation; none when there is nothing to disclose.',
        detail: 'The relation in words.',
        disclosed_by: 'Who entered it.',
        disclosed_at: 'Instant.',
      },
    );
    await describeTable(
      runner,
      'mediator_challenge',
      'A party’s demand that a mediator be replaced; the committee shall replace (人民调解工作若干规定 arts. 25–26).',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        assignment_id: 'Mediator challenged.',
        party_id: 'Party who demands it.',
        reason: 'Reason given.',
        raised_at: 'Instant.',
        recorded_by: 'Who recorded it.',
        answered_by_assignment_id: 'Assignment of the successor.',
        withdrawn_at: 'When the party took it back.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table mediator_challenge, conflict_disclosure, assignment cascade; drop function app.open_assignments(uuid[])',
    );
  }
}
