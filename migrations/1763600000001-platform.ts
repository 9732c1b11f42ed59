import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure } from './support';

/** Identity, organisations in outline, and the technique every request stands on. */
export class Platform1763600000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$ begin
        if not exists (select 1 from pg_roles where rolname = 'zongzhi_app') then
          create role zongzhi_app nologin nobypassrls;
        end if;
      exception when duplicate_object or unique_violation then null;
      end $$;
      do $$ begin execute format('grant zongzhi_app to %I', current_user); end $$;
      create extension if not exists pg_trgm;
      create extension if not exists btree_gist;
      create schema app;
      comment on schema app is 'Functions that carry the identity of a request, row security, numbers and the audit chain.';
      grant usage on schema app to zongzhi_app;
      grant usage on schema public to zongzhi_app;
      revoke create on schema public from public;

      create function app.account_id() returns uuid language sql stable parallel safe
        as $$ select nullif(current_setting('app.account_id', true), '')::uuid $$;
      create function app.is_system() returns boolean language sql stable parallel safe
        as $$ select coalesce(nullif(current_setting('app.principal', true), ''), 'none') = 'system' $$;
      create function app.link_digest() returns text language sql stable parallel safe
        as $$ select nullif(current_setting('app.link_digest', true), '') $$;
      create function app.center_ids() returns uuid[] language sql stable parallel safe
        as $$ select coalesce(nullif(current_setting('app.center_ids', true), ''), '{}')::uuid[] $$;
      create function app.header_center_ids() returns uuid[] language sql stable parallel safe
        as $$ select coalesce(nullif(current_setting('app.header_center_ids', true), ''), '{}')::uuid[] $$;
      create function app.committee_ids() returns uuid[] language sql stable parallel safe
        as $$ select coalesce(nullif(current_setting('app.committee_ids', true), ''), '{}')::uuid[] $$;
      create function app.agency_ids() returns uuid[] language sql stable parallel safe
        as $$ select coalesce(nullif(current_setting('app.agency_ids', true), ''), '{}')::uuid[] $$;
      create function app.unit_ids() returns uuid[] language sql stable parallel safe
        as $$ select coalesce(nullif(current_setting('app.unit_ids', true), ''), '{}')::uuid[] $$;
      create function app.roles() returns text[] language sql stable parallel safe
        as $$ select coalesce(nullif(current_setting('app.roles', true), ''), '{}')::text[] $$;
      create function app.now() returns timestamptz language sql stable parallel safe
        as $$ select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;
    `);

    await runner.query(`
      create table org_unit (
        id uuid primary key,
        kind text not null,
        created_at timestamptz not null default now(),
        constraint org_unit_kind_known check (kind in ('city', 'district', 'street', 'community', 'grid'))
      );
      create table org_unit_version (
        id uuid primary key,
        unit_id uuid not null references org_unit (id),
        parent_id uuid references org_unit (id),
        name text not null,
        code text,
        valid_from date not null,
        valid_to date,
        constraint org_unit_version_period check (valid_to is null or valid_to > valid_from),
        constraint org_unit_version_no_overlap exclude using gist
          (unit_id with =, daterange(valid_from, valid_to) with &&)
      );
      create index org_unit_version_parent on org_unit_version (parent_id, valid_from);

      create table center (
        id uuid primary key,
        unit_id uuid not null references org_unit (id),
        name text not null,
        code text not null,
        phone text,
        address text,
        ancestor_center_ids uuid[] not null default '{}',
        is_active boolean not null default true,
        version integer not null default 1,
        constraint center_code_unique unique (code)
      );
      create index center_ancestors on center using gin (ancestor_center_ids);

      create table committee (
        id uuid primary key,
        center_id uuid not null references center (id),
        unit_id uuid references org_unit (id),
        name text not null,
        kind text not null,
        numbering_word text not null,
        specialty text,
        court_name text,
        is_active boolean not null default true,
        version integer not null default 1,
        constraint committee_kind_known check (kind in ('village', 'community', 'street', 'enterprise', 'professional', 'stationed')),
        constraint committee_numbering_word_unique unique (numbering_word)
      );
      create index committee_center on committee (center_id);

      create table agency (
        id uuid primary key,
        center_id uuid not null references center (id),
        name text not null,
        residency text not null,
        duties text,
        is_active boolean not null default true,
        version integer not null default 1,
        constraint agency_residency_known check (residency in ('resident', 'rotating', 'on-call')),
        constraint agency_name_unique unique (center_id, name)
      );

      create table account (
        id uuid primary key,
        login_name text not null,
        display_name text not null,
        status text not null default 'active',
        must_change_password boolean not null default false,
        home_organization text,
        created_at timestamptz not null default now(),
        version integer not null default 1,
        constraint account_status_known check (status in ('active', 'disabled')),
        constraint account_login_name_lower check (login_name = lower(login_name))
      );
      create unique index account_login_name on account (login_name);

      create table account_credential (
        account_id uuid primary key references account (id),
        password_hash text not null,
        changed_at timestamptz not null default now()
      );

      create table role_grant (
        id uuid primary key,
        account_id uuid not null references account (id),
        role text not null,
        scope_kind text not null,
        scope_id uuid,
        valid_from timestamptz not null default now(),
        valid_to timestamptz,
        granted_by uuid references account (id),
        constraint role_grant_scope_known check (scope_kind in ('platform', 'center', 'committee', 'agency', 'unit')),
        constraint role_grant_scope_named check ((scope_kind = 'platform') = (scope_id is null)),
        constraint role_grant_period check (valid_to is null or valid_to >= valid_from)
      );
      create index role_grant_account on role_grant (account_id);
      create unique index role_grant_once on role_grant (account_id, role, scope_kind, scope_id) nulls not distinct where valid_to is null;

      create table login_session (
        id uuid primary key,
        account_id uuid not null references account (id),
        created_at timestamptz not null,
        last_used_at timestamptz not null,
        expires_at timestamptz not null,
        revoked_at timestamptz,
        revoked_reason text,
        address text,
        user_agent text,
        constraint login_session_revocation check ((revoked_at is null) = (revoked_reason is null))
      );
      create index login_session_account on login_session (account_id) where revoked_at is null;

      create table idempotency_record (
        principal text not null,
        key text not null,
        route text not null,
        body_hash text not null,
        status integer,
        response text,
        created_at timestamptz not null default now(),
        primary key (principal, key)
      );
      create index idempotency_record_age on idempotency_record (created_at);

      create table outbox_message (
        id uuid primary key,
        topic text not null,
        payload jsonb not null,
        created_at timestamptz not null,
        available_at timestamptz not null,
        attempts integer not null default 0,
        last_error text,
        delivered_at timestamptz,
        dead_at timestamptz
      );
      create index outbox_message_waiting on outbox_message (available_at) where delivered_at is null and dead_at is null;

      create table number_counter (
        owner_id uuid not null,
        series text not null,
        year integer not null,
        value integer not null,
        primary key (owner_id, series, year),
        constraint number_counter_positive check (value > 0)
      );

      create table audit_entry (
        chain uuid not null,
        seq bigint not null,
        at timestamptz not null,
        actor_kind text not null,
        actor_id uuid,
        act text not null,
        object_type text not null,
        object_id uuid,
        dispute_id uuid,
        body text not null,
        previous_mac bytea not null,
        mac bytea not null,
        primary key (chain, seq)
      );
      create index audit_entry_dispute on audit_entry (dispute_id, seq) where dispute_id is not null;
      create index audit_entry_actor on audit_entry (actor_id, at);
      create index audit_entry_latest on audit_entry (at, chain, seq);
    `);

    await runner.query(`
      create function app.refuse_change() returns trigger language plpgsql as $$
        begin raise exception 'table % is append-only', tg_table_name using errcode = '42501'; end $$;
      create function app.refuse_move() returns trigger language plpgsql as $$
        begin raise exception 'a row of % never moves to another matter', tg_table_name using errcode = '42501'; end $$;
      create trigger audit_entry_append_only before update or delete on audit_entry
        for each row execute function app.refuse_change();
      create trigger audit_entry_no_truncate before truncate on audit_entry
        for each statement execute function app.refuse_change();

      -- Names the transaction as the system and returns who it was. Row security binds the owner of a SECURITY DEFINER
      -- function too (FORCE), so a function that must see more says so, and takes it back before it returns.
      create function app.elevate() returns text language plpgsql as $$
        declare v_before text := coalesce(current_setting('app.principal', true), '');
        begin perform set_config('app.principal', 'system', true); return v_before; end $$;

      create function app.audit_head(p_chain uuid, out seq bigint, out mac bytea)
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text;
        begin
          perform pg_advisory_xact_lock(727002, hashtext(p_chain::text));
          v_before := app.elevate();
          select e.seq, e.mac into seq, mac from public.audit_entry e where e.chain = p_chain order by e.seq desc limit 1;
          if not found then seq := 0; mac := '\\x'; end if;
          perform set_config('app.principal', v_before, true);
        end $$;
      create function app.audit_append(p_chain uuid, p_seq bigint, p_at timestamptz, p_actor_kind text, p_actor uuid,
          p_act text, p_type text, p_object uuid, p_dispute uuid, p_body text, p_previous bytea, p_mac bytea) returns void
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          insert into public.audit_entry values
            (p_chain, p_seq, p_at, p_actor_kind, p_actor, p_act, p_type, p_object, p_dispute, p_body, p_previous, p_mac);
          perform set_config('app.principal', v_before, true);
        end $$;
      create function app.next_number(p_owner uuid, p_series text, p_year integer) returns integer
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_value integer; v_before text := app.elevate();
        begin
          insert into public.number_counter as c (owner_id, series, year, value) values (p_owner, p_series, p_year, 1)
          on conflict (owner_id, series, year) do update set value = c.value + 1 returning value into v_value;
          perform set_config('app.principal', v_before, true);
          return v_value;
        end $$;

      -- Reads the rights of whoever asks and binds them to this transaction. Everything is set with is_local = true:
      -- a session-level setting would leak to the next request on the same connection.
      create function app.begin_request(p_kind text, p_account uuid, p_session uuid, p_link text, p_now timestamptz)
        returns jsonb language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare
          v_now timestamptz := coalesce(p_now, clock_timestamp());
          v_account public.account;
          v_grants jsonb := '[]';
          v_roles text[] := '{}';
          v_full uuid[] := '{}'; v_header uuid[] := '{}'; v_committees uuid[] := '{}'; v_agencies uuid[] := '{}'; v_units uuid[] := '{}';
          v_known boolean := false;
        begin
          perform app.elevate();
          if p_kind = 'account' then
            select a.* into v_account from public.account a where a.id = p_account and a.status = 'active';
            v_known := found;
            if v_known and p_session is not null then
              perform 1 from public.login_session s
                where s.id = p_session and s.account_id = p_account and s.revoked_at is null and s.expires_at > v_now;
              v_known := found;
            end if;
            if v_known then
              select coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'scopeKind', g.scope_kind, 'scopeId', g.scope_id,
                       -- Each role has a subtree of its own: what one role reaches must not widen another.
                       'subtreeCenterIds', case when g.role in ('center-director', 'superior') then
                         (select coalesce(jsonb_agg(c.id), '[]') from public.center c
                           where c.id = g.scope_id or c.ancestor_center_ids @> array[g.scope_id]) else '[]' end)), '[]'),
                     coalesce(array_agg(distinct g.role), '{}'),
                     coalesce(array_agg(distinct g.scope_id) filter (where g.scope_kind = 'center' and g.role in
                       ('guide', 'intake-clerk', 'dispatcher', 'duty-leader', 'supervisor', 'follow-up-clerk', 'archivist')), '{}'),
                     coalesce(array_agg(distinct g.scope_id) filter (where g.scope_kind = 'center' and g.role in
                       ('center-director', 'superior')), '{}'),
                     coalesce(array_agg(distinct g.scope_id) filter (where g.scope_kind = 'committee' and g.role = 'committee-director'), '{}'),
                     coalesce(array_agg(distinct g.scope_id) filter (where g.scope_kind = 'agency'), '{}'),
                     coalesce(array_agg(distinct g.scope_id) filter (where g.scope_kind = 'unit'), '{}')
                into v_grants, v_roles, v_full, v_header, v_committees, v_agencies, v_units
                from public.role_grant g
                where g.account_id = p_account and g.valid_from <= v_now and (g.valid_to is null or g.valid_to > v_now);
              if cardinality(v_header) > 0 then
                select coalesce(array_agg(c.id), '{}') into v_header from public.center c
                  where c.id = any (v_header) or c.ancestor_center_ids && v_header;
              end if;
            end if;
          end if;
          perform set_config('app.principal', case when p_kind = 'system' then 'system' when v_known then 'account' else 'none' end, true),
                  set_config('app.account_id', case when v_known then p_account::text else '' end, true),
                  set_config('app.link_digest', coalesce(p_link, ''), true),
                  set_config('app.now', v_now::text, true),
                  set_config('app.roles', v_roles::text, true),
                  set_config('app.center_ids', v_full::text, true),
                  set_config('app.header_center_ids', v_header::text, true),
                  set_config('app.committee_ids', v_committees::text, true),
                  set_config('app.agency_ids', v_agencies::text, true),
                  set_config('app.unit_ids', v_units::text, true);
          return jsonb_build_object('now', v_now, 'known', v_known,
            'displayName', v_account.display_name, 'mustChangePassword', v_account.must_change_password,
            'grants', v_grants, 'centerIds', to_jsonb(v_full), 'headerCenterIds', to_jsonb(v_header),
            'committeeIds', to_jsonb(v_committees), 'agencyIds', to_jsonb(v_agencies), 'unitIds', to_jsonb(v_units));
        end $$;

      revoke all on all functions in schema app from public;
      grant execute on all functions in schema app to zongzhi_app;
    `);

    for (const table of ['org_unit', 'org_unit_version', 'center', 'committee', 'agency', 'account', 'role_grant']) {
      await secure(runner, table, ['select', 'insert', 'update']);
      await policy(
        runner,
        table,
        'select',
        IS_KNOWN,
        'Everyone who is logged in may see who and what there is; no case content.',
      );
    }
    const byRole = (role: string): string => `${IS_SYSTEM} or '${role}' = any ((select app.roles())::text[])`;
    for (const table of ['org_unit', 'org_unit_version', 'center', 'committee', 'agency']) {
      for (const verb of ['insert', 'update'] as const) {
        await policy(runner, table, verb, byRole('system-admin'), 'The system administrator keeps the organisations.');
      }
    }
    await policy(runner, 'account', 'insert', byRole('security-admin'), 'The security administrator opens accounts.');
    await policy(
      runner,
      'account',
      'update',
      `${byRole('security-admin')} or id = (select app.account_id())`,
      'The security administrator keeps accounts; everyone may change what is their own.',
    );
    for (const verb of ['insert', 'update'] as const) {
      await policy(
        runner,
        'role_grant',
        verb,
        byRole('security-admin'),
        'Only the security administrator gives and ends roles.',
      );
    }
    await secure(runner, 'account_credential', ['select', 'insert', 'update']);
    for (const verb of ['select', 'insert', 'update'] as const) {
      await policy(
        runner,
        'account_credential',
        verb,
        IS_SYSTEM,
        'Password hashes are touched only by the login and password use cases.',
      );
    }
    await secure(runner, 'login_session', ['select', 'insert', 'update']);
    for (const verb of ['select', 'insert', 'update'] as const) {
      const own = `${byRole('security-admin')} or account_id = (select app.account_id())`;
      await policy(
        runner,
        'login_session',
        verb,
        own,
        'One sees and ends one’s own sessions; the security administrator everyone’s.',
      );
    }
    await secure(runner, 'idempotency_record', ['select', 'insert', 'update', 'delete']);
    const ownKey = `${IS_SYSTEM} or principal = coalesce((select app.account_id())::text, 'link:' || (select app.link_digest()))`;
    for (const verb of ['select', 'insert', 'update', 'delete'] as const) {
      await policy(runner, 'idempotency_record', verb, ownKey, 'A key belongs to the one who sent it.');
    }
    await secure(runner, 'outbox_message', ['select', 'insert', 'update', 'delete']);
    await policy(runner, 'outbox_message', 'insert', 'true', 'Every transaction may leave messages.');
    for (const verb of ['select', 'update', 'delete'] as const) {
      await policy(runner, 'outbox_message', verb, IS_SYSTEM, 'Only the dispatcher reads and settles messages.');
    }
    await secure(runner, 'audit_entry', ['select']);
    await policy(runner, 'audit_entry', 'select', byRole('auditor'), 'Auditors read the audit; nobody changes it.');
    await secure(runner, 'number_counter', ['select']);
    for (const verb of ['select', 'insert', 'update'] as const) {
      await policy(runner, 'number_counter', verb, IS_SYSTEM, 'Counters move only through app.next_number.');
    }
    await policy(runner, 'audit_entry', 'insert', IS_SYSTEM, 'Entries come in only through app.audit_append.');

    await describeTable(
      runner,
      'org_unit',
      'Administrative unit (区划): city, district (旗县区), street (街道/苏木乡镇), community (社区/嘎查村), grid (网格).',
      {
        id: 'Identity over all versions.',
        kind: 'Level in the hierarchy.',
        created_at: 'When first entered.',
      },
    );
    await describeTable(
      runner,
      'org_unit_version',
      'Name, code and parent of a unit over a period; a reorganisation adds a version.',
      {
        id: 'Version id.',
        unit_id: 'The unit.',
        parent_id: 'Unit above during the period; null at the top.',
        name: 'Name in use during the period.',
        code: 'GB/T 2260 or 12-digit statistical division code, where known.',
        valid_from: 'First civil day of the version.',
        valid_to: 'First civil day after it; null while in force.',
      },
    );
    await describeTable(runner, 'center', 'Comprehensive governance center (综治中心).', {
      id: 'Identity.',
      unit_id: 'Administrative unit it serves.',
      name: 'Full name as printed on papers.',
      code: 'Short code, the prefix of registration numbers.',
      phone: 'Telephone printed on slips.',
      address: 'Address printed on slips.',
      ancestor_center_ids: 'Centers above it, kept so that a superior’s subtree is one index probe.',
      is_active: 'False once closed.',
      version: 'Optimistic lock.',
    });
    await describeTable(
      runner,
      'committee',
      'People’s mediation committee (人民调解委员会), People’s Mediation Law arts. 7–9, 34.',
      {
        id: 'Identity.',
        center_id: 'Center it works with.',
        unit_id: 'Unit it belongs to, where it has one.',
        name: 'Full name as printed on papers and on its seal.',
        kind: 'Village, community, street, enterprise, professional (行业性专业性) or stationed (派驻).',
        numbering_word: 'Agency word (代字) of its case numbers.',
        specialty: 'Field of a professional committee.',
        court_name: 'Court to which agreements go for judicial confirmation.',
        is_active: 'False once dissolved.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(runner, 'agency', 'Partner agency (联动单位) that answers summons.', {
      id: 'Identity.',
      center_id: 'Center it works with.',
      name: 'Full name.',
      residency: 'Resident (常驻), rotating (轮驻) or on call (随驻).',
      duties: 'What it answers for, in words.',
      is_active: 'False once it left.',
      version: 'Optimistic lock.',
    });
    await describeTable(runner, 'account', 'A person who logs in.', {
      id: 'Identity.',
      login_name: 'Login name in lower case.',
      display_name: 'Name shown and printed.',
      status: 'active or disabled; a disabled account is out at its next request.',
      must_change_password: 'True until a password set by others was replaced.',
      home_organization: 'Unit where the person is on the payroll (编制所在单位), apart from the posting to a center.',
      created_at: 'When opened.',
      version: 'Optimistic lock.',
    });
    await describeTable(runner, 'account_credential', 'Password hash of an account, apart from what others may read.', {
      account_id: 'The account.',
      password_hash: 'argon2id in PHC format.',
      changed_at: 'Last change.',
    });
    await describeTable(runner, 'role_grant', 'A role held over a scope and a period.', {
      id: 'Identity.',
      account_id: 'Holder.',
      role: 'Role key (docs/glossary.md).',
      scope_kind: 'What the role is held over.',
      scope_id: 'The center, committee, agency or unit; null for the platform.',
      valid_from: 'From this instant.',
      valid_to: 'Until this instant; null while in force.',
      granted_by: 'Security administrator who gave it; null for set-up.',
    });
    await describeTable(runner, 'login_session', 'One login on one device, named by the sid claim of its tokens.', {
      id: 'The sid claim.',
      account_id: 'Whose.',
      created_at: 'Login.',
      last_used_at: 'Last refresh.',
      expires_at: 'Absolute end.',
      revoked_at: 'When ended early.',
      revoked_reason: 'Why: logout, token reuse, disabled, changed password.',
      address: 'Network address at login.',
      user_agent: 'Browser at login.',
    });
    await describeTable(
      runner,
      'idempotency_record',
      'Answer to a POST with effect, kept so that a repetition gets the same one.',
      {
        principal: 'Account id, or link digest of a party.',
        key: 'Idempotency-Key header.',
        route: 'Method and path.',
        body_hash: 'Keyed digest of the body; another body with the same key is refused.',
        status: 'HTTP status of the answer.',
        response: 'Body of the answer, encrypted: it may hold one-time codes and names.',
        created_at: 'First arrival.',
      },
    );
    await describeTable(runner, 'outbox_message', 'What leaves the process after the commit, at least once.', {
      id: 'Message id, for the receiver to recognise repetitions.',
      topic: 'Kind of message.',
      payload: 'Content; ids rather than personal data.',
      created_at: 'Instant of the transaction that left it.',
      available_at: 'Not before this instant.',
      attempts: 'Deliveries tried.',
      last_error: 'What the last try met.',
      delivered_at: 'When done.',
      dead_at: 'When given up.',
    });
    await describeTable(runner, 'number_counter', 'Gapless counters, moved in the transaction that uses the number.', {
      owner_id: 'Committee or center.',
      series: 'Which numbers.',
      year: 'Civil year at Asia/Shanghai.',
      value: 'Last number given.',
    });
    await describeTable(
      runner,
      'audit_entry',
      'Append-only, hash-chained record of every act and of every reading of sensitive data.',
      {
        chain: 'Chain: a center, or the zero id for the platform.',
        seq: 'Place in the chain, without gaps.',
        at: 'Instant of the transaction.',
        actor_kind: 'account, link, system or anonymous.',
        actor_id: 'Account, where there is one.',
        act: 'Act key.',
        object_type: 'Kind of the object.',
        object_id: 'The object.',
        dispute_id: 'Matter it belongs to, where there is one.',
        body: 'Canonical JSON, stored byte for byte as it was hashed.',
        previous_mac: 'MAC of the entry before.',
        mac: 'HMAC-SHA-256 over previous_mac and body; its key is not in the database.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table audit_entry, number_counter, outbox_message, idempotency_record, login_session, role_grant,
        account_credential, account, agency, committee, center, org_unit_version, org_unit cascade;
      drop schema app cascade;
    `);
  }
}
