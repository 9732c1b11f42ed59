import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, fullAccess, IS_SYSTEM, policy, secure, secureMatterTable } from './support';

/** The matter, its narrative, its timeline and who was let in by name. */
export class Disputes1763600000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table dispute (
        id uuid primary key,
        center_id uuid not null references center (id),
        handling_center_id uuid references center (id),
        handling_unit_id uuid references org_unit (id),
        committee_id uuid references committee (id),
        registration_number text not null,
        channel text not null,
        upstream_number text,
        title text not null,
        dispute_type text,
        place text,
        place_unit_id uuid references org_unit (id),
        nature text,
        route text,
        risk_level text,
        state text not null,
        mediation_state text,
        is_partial boolean not null default false,
        is_sealed boolean not null default false,
        is_group boolean not null default false,
        headcount integer,
        amount_fen bigint,
        first_responder_id uuid not null references account (id),
        registered_by uuid references account (id),
        registered_at timestamptz not null,
        limitation_interrupted_at timestamptz not null,
        handler_account_id uuid references account (id),
        accepted_at timestamptz,
        case_year integer,
        case_seq integer,
        case_number text,
        merged_into_id uuid references dispute (id),
        outcome text,
        closed_at timestamptz,
        volume integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        version integer not null default 1,
        constraint dispute_registration_number_unique unique (center_id, registration_number),
        constraint dispute_case_number_unique unique (committee_id, case_year, case_seq),
        constraint dispute_channel_known check (channel in
          ('visit', 'phone', 'hotline', 'grid', 'department', 'court-entrusted', 'court-appointed', 'police', 'petition', 'online', 'proactive')),
        constraint dispute_state_known check (state in
          ('registered', 'triaged', 'answered', 'referred', 'not-accepted', 'merged', 'accepted', 'sent-down', 'sent-up',
           'handed-off', 'in-progress', 'closed', 'followed-up', 'archived', 'reopened')),
        constraint dispute_mediation_state_known check (mediation_state is null or mediation_state in
          ('consent-pending', 'refused', 'unreachable', 'accepted', 'assigned', 'investigating', 'in-mediation', 'suspended',
           'drafting', 'signing', 'effective', 'oral-agreed', 'performing', 'performed', 'in-breach', 'terminated', 'withdrawn')),
        constraint dispute_accepted_has_number check (state <> 'accepted' or (case_number is not null and accepted_at is not null and committee_id is not null)),
        constraint dispute_number_whole check ((case_number is null) = (case_seq is null) and (case_seq is null) = (case_year is null)),
        constraint dispute_merged_has_target check ((state = 'merged') = (merged_into_id is not null)),
        constraint dispute_closed_has_outcome check (state not in ('closed', 'followed-up', 'archived') or (outcome is not null and closed_at is not null)),
        constraint dispute_triaged_has_nature check (state in ('registered', 'merged', 'reopened') or nature is not null),
        constraint dispute_amount_positive check (amount_fen is null or amount_fen >= 0),
        constraint dispute_headcount_positive check (headcount is null or headcount > 0)
      );
      create index dispute_center_registered on dispute (center_id, registered_at desc, id desc);
      create index dispute_center_state on dispute (center_id, state, registered_at desc);
      create index dispute_handling_center on dispute (handling_center_id, registered_at desc) where handling_center_id is not null;
      create index dispute_handling_unit on dispute (handling_unit_id, registered_at desc) where handling_unit_id is not null;
      create index dispute_committee on dispute (committee_id, registered_at desc) where committee_id is not null;
      create index dispute_upstream on dispute (center_id, channel, upstream_number) where upstream_number is not null;
      create index dispute_place on dispute (place_unit_id, registered_at desc) where place_unit_id is not null;
      create index dispute_merged_into on dispute (merged_into_id) where merged_into_id is not null;

      create table dispute_narrative (
        dispute_id uuid primary key references dispute (id),
        narrative text not null,
        requests text,
        cues text[] not null default '{}',
        version integer not null default 1
      );

      create table dispute_access (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        account_id uuid not null references account (id),
        ground text not null,
        role text,
        reason text,
        granted_by uuid references account (id),
        starts_at timestamptz not null,
        ends_at timestamptz,
        constraint dispute_access_ground_known check (ground in ('assigned', 'sealed-list', 'step-up')),
        constraint dispute_access_role_of_assigned check ((ground = 'assigned') = (role is not null)),
        constraint dispute_access_step_up_has_reason check (ground <> 'step-up' or (reason is not null and ends_at is not null))
      );
      create index dispute_access_account on dispute_access (account_id, dispute_id);
      create index dispute_access_dispute on dispute_access (dispute_id);
      create unique index dispute_access_assigned_once on dispute_access (dispute_id, account_id, role) where ground = 'assigned' and ends_at is null;

      create table dispute_event (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        at timestamptz not null,
        act text not null,
        from_state text,
        to_state text,
        actor_account_id uuid references account (id),
        actor_name text not null,
        opinion text,
        details jsonb not null default '{}'
      );
      create index dispute_event_dispute on dispute_event (dispute_id, at, id);

      -- Where and when a matter was registered has legal effect (limitation, art. 12 of 诉讼时效规定) and counts in a center's
      -- figures; so have number and day of acceptance. Nobody changes them afterwards, whatever may be written otherwise.
      create function app.keep_registration() returns trigger language plpgsql as $$
        begin
          if (new.id, new.center_id, new.registration_number, new.registered_at, new.registered_by)
               is distinct from (old.id, old.center_id, old.registration_number, old.registered_at, old.registered_by)
             or (old.case_number is not null and (new.case_number, new.case_year, new.case_seq, new.accepted_at)
               is distinct from (old.case_number, old.case_year, old.case_seq, old.accepted_at)) then
            raise exception 'dispute %: number and time of registration and acceptance stay', old.id using errcode = '42501';
          end if;
          return new;
        end $$;
      create trigger dispute_registration_kept before update on dispute for each row execute function app.keep_registration();
      create trigger dispute_event_append_only before update or delete on dispute_event
        for each row execute function app.refuse_change();
    `);

    await secure(runner, 'dispute', ['select', 'insert', 'update']);
    const sealed = `(not is_sealed or id in (select a.dispute_id from dispute_access a
        where a.account_id = (select app.account_id()) and (a.ends_at is null or a.ends_at > (select app.now()))))`;
    const header = `(center_id = any ((select app.header_center_ids())::uuid[])
      or handling_center_id = any ((select app.header_center_ids())::uuid[])
      or ${fullAccess('dispute')})`;
    await policy(
      runner,
      'dispute',
      'select',
      `${IS_SYSTEM} or (${header} and ${sealed})`,
      'Own center, handling center or unit, committee, those named on it, directors of the subtree; a sealed matter only for its named list.',
    );
    await policy(
      runner,
      'dispute',
      'insert',
      `${IS_SYSTEM} or center_id = any ((select app.center_ids())::uuid[])
        or (cardinality((select app.unit_ids())::uuid[]) > 0 and handling_unit_id = any ((select app.unit_ids())::uuid[]))`,
      'Registered at a center where one serves, or from one’s own grid.',
    );
    await runner.query(`
      create policy dispute_update on dispute for update
        using (${IS_SYSTEM} or (${header} and ${sealed})) with check (true);
      comment on policy dispute_update on dispute is
        'Whoever may see a matter may be let to act on it; sending it on may move it out of one’s own sight.';
    `);
    await secureMatterTable(runner, 'dispute_narrative', 'full');
    await secure(runner, 'dispute_event', ['select', 'insert']);
    const content = `exists (select 1 from dispute d where d.id = dispute_event.dispute_id and ${fullAccess('d')})`;
    await policy(
      runner,
      'dispute_event',
      'select',
      `${IS_SYSTEM} or ${content}`,
      'Only for those who may read the content of the matter.',
    );
    await policy(
      runner,
      'dispute_event',
      'insert',
      'true',
      'Every act leaves its line, also that of an agency, a director or a party who does not read the timeline.',
    );
    // Readable without asking dispute, whose own policy asks this table.
    await secure(runner, 'dispute_access', ['select', 'insert', 'update']);
    await policy(
      runner,
      'dispute_access',
      'select',
      `${IS_SYSTEM} or account_id = (select app.account_id())`,
      'One sees what one was let into.',
    );
    await policy(runner, 'dispute_access', 'insert', IS_SYSTEM, 'Written only through app.let_in.');
    await policy(runner, 'dispute_access', 'update', IS_SYSTEM, 'Ended only through app.end_access.');
    await runner.query(`
      -- Lets an account into a matter. An insert under row security would ask dispute, whose policy asks this table,
      -- and whether another is let in already cannot be seen.
      -- Called as \`select app.let_in(d.id, …) from dispute d where d.id = …\`: row security answers whether there is a row.
      create function app.let_in(p_dispute uuid, p_id uuid, p_account uuid, p_ground text, p_role text, p_reason text,
          p_granted_by uuid, p_ends_at timestamptz) returns boolean
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          insert into public.dispute_access (id, dispute_id, account_id, ground, role, reason, granted_by, starts_at, ends_at)
            values (p_id, p_dispute, p_account, p_ground, p_role, p_reason, p_granted_by, app.now(), p_ends_at)
            on conflict (dispute_id, account_id, role) where ground = 'assigned' and ends_at is null do nothing;
          perform set_config('app.principal', v_before, true);
          return true;
        end $$;
      -- Ends an access; the ground 'sealed-list' or 'step-up' with a null account ends that of everyone. Called like app.let_in.
      create function app.end_access(p_dispute uuid, p_account uuid, p_ground text, p_role text) returns integer
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_count integer; v_before text := app.elevate();
        begin
          update public.dispute_access set ends_at = app.now()
            where dispute_id = p_dispute and (account_id = p_account or (p_account is null and p_ground <> 'assigned')) and ground = p_ground
              and role is not distinct from p_role and (ends_at is null or ends_at > app.now());
          get diagnostics v_count = row_count;
          perform set_config('app.principal', v_before, true);
          return v_count;
        end $$;
      create function app.lock_dispute(p_dispute uuid) returns boolean
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_found boolean; v_before text := app.elevate();
        begin
          perform 1 from public.dispute d where d.id = p_dispute for update;
          v_found := found;
          perform set_config('app.principal', v_before, true);
          return v_found;
        end $$;
      revoke all on function app.lock_dispute(uuid) from public;
      grant execute on function app.lock_dispute(uuid) to zongzhi_app;
      revoke all on function app.end_access(uuid, uuid, text, text) from public;
      grant execute on function app.end_access(uuid, uuid, text, text) to zongzhi_app;
      revoke all on function app.let_in(uuid, uuid, uuid, text, text, text, uuid, timestamptz) from public;
      grant execute on function app.let_in(uuid, uuid, uuid, text, text, text, uuid, timestamptz) to zongzhi_app;
    `);

    await describeTable(
      runner,
      'dispute',
      'Matter (诉求事项): anything that comes in, with the facts that lists and figures need; its words are in dispute_narrative.',
      {
        id: 'Identity.',
        center_id: 'Center where it was registered and whose figures it counts in.',
        handling_center_id: 'Center that now handles it, when sent up, down or over.',
        handling_unit_id: 'Street, community or grid that now handles it.',
        committee_id: 'People’s mediation committee that accepted it or is to.',
        registration_number: 'Number on the receipt, gapless per center and year.',
        channel: 'How it came in.',
        upstream_number: 'Number it carries in the system it came from (12345, petition, court).',
        title: 'Short name.',
        dispute_type: 'Key of the dispute type dictionary.',
        place: 'Where it happened, in words.',
        place_unit_id: 'Community or grid where it happened.',
        nature: 'Nature found at triage: civil, administrative, labor …',
        route: 'Route chosen at triage.',
        risk_level: 'Current risk level (dictionary).',
        state: 'State of matterLifecycle.',
        mediation_state: 'State of mediationLifecycle; null while there is no mediation.',
        is_partial: 'True when some parties go on without those who refused (partial agreement).',
        is_sealed: 'True when only the named list may see it (minors, domestic violence, sexual harm …).',
        is_group: 'True for a group matter with representatives.',
        headcount: 'People concerned.',
        amount_fen: 'Amount in dispute, fen.',
        first_responder_id: 'First responder (首问责任人), never blank.',
        registered_by: 'Account that registered it.',
        registered_at: 'Instant of registration, printed on the receipt.',
        limitation_interrupted_at:
          'Earliest instant of the request over all merged matters; interrupts limitation (诉讼时效规定 art. 12).',
        handler_account_id: 'Who handles it now (承办人).',
        accepted_at: 'Instant of acceptance.',
        case_year: 'Year of the case number: that of acceptance.',
        case_seq: 'Sequence within committee and year, gapless.',
        case_number: 'Case number as printed, e.g. 新城人调字〔2026〕12号.',
        merged_into_id: 'Matter it was merged into.',
        outcome: 'Outcome code at closing.',
        closed_at: 'Instant of closing.',
        volume: 'File volume; a reopened matter begins a new one.',
        created_at: 'Row written.',
        updated_at: 'Row last changed.',
        version: 'Optimistic lock, sent as ETag.',
      },
    );
    await describeTable(
      runner,
      'dispute_narrative',
      'What the people said, apart from the header that directors see.',
      {
        dispute_id: 'The matter.',
        narrative: 'Account of the dispute (纠纷简要情况).',
        requests: 'What is asked for (申请事项).',
        cues: 'Words that hint at violence or self-harm (People’s Mediation Law art. 25).',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(runner, 'dispute_access', 'Who was let into a matter by name, on what ground, until when.', {
      id: 'Identity.',
      dispute_id: 'The matter.',
      account_id: 'Who.',
      ground: 'assigned, sealed-list or step-up (a director who gave a reason).',
      role: 'Role under which an assigned person acts.',
      reason: 'Reason of a step-up.',
      granted_by: 'Who let in.',
      starts_at: 'From.',
      ends_at: 'Until; null while open.',
    });
    await describeTable(runner, 'dispute_event', 'Timeline of a matter: append-only.', {
      id: 'Identity.',
      dispute_id: 'The matter.',
      at: 'Instant.',
      act: 'Act key.',
      from_state: 'State before.',
      to_state: 'State after.',
      actor_account_id: 'Who; null for a party or a timer.',
      actor_name: 'Name as it was then.',
      opinion: 'Reason or opinion given.',
      details: 'Facts of the act, without personal data.',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table dispute_event, dispute_access, dispute_narrative, dispute cascade;
      drop function app.keep_registration();
    `);
  }
}
