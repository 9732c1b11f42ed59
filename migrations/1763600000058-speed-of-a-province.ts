import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure } from './support';

/** What millions of matters ask for: walks in place of readings of everything, and a mark that lists are made. */
export class SpeedOfAProvince1763600000058 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.beginRequest(runner);
    await runner.query(`
      -- Whoever reads over many centers walks along all matters, the latest first.
      create index dispute_registered on dispute (registered_at desc, id desc);

      drop index party_name_key;
      create index party_name_key on party (name_key, id desc);

      -- Parties of other matters that share a number with those of this one or, the weakest sign, the name: of a name that
      -- thousands bear the latest. Ids only; what may be seen of them is left to row security.
      create function app.same_parties(p_dispute uuid)
        returns table (party_id uuid, other_id uuid, matched_by text, strength integer)
        language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          return query
            select o.id, m.id, m.matched, m.rank from party o cross join lateral (
              (select p.id, 'resident-id' as matched, 1 as rank from party p
                where p.document_number_index = o.document_number_index and p.dispute_id <> p_dispute limit 200)
              union all
              (select p.id, 'credit-code', 1 from party p
                where p.credit_code_index = o.credit_code_index and p.dispute_id <> p_dispute limit 200)
              union all
              (select p.id, 'phone', 2 from party p
                where p.phone_index = o.phone_index and p.dispute_id <> p_dispute limit 200)
              union all
              (select p.id, 'name', 3 from party p
                where p.name_key = o.name_key and p.kind = o.kind and p.dispute_id <> p_dispute
                order by p.name_key, p.id desc limit 1000)) m
             where o.dispute_id = p_dispute;
          perform set_config('app.principal', v_before, true);
        end $$;
      revoke all on function app.same_parties(uuid) from public;
      grant execute on function app.same_parties(uuid) to zongzhi_app;

      -- By what a center reckons its terms, as the ids of what is in force: who knows those has read them already.
      create function app.reckoning_of(p_center uuid, out yellow_part smallint, out notices uuid[], out hours uuid[])
        language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          select c.yellow_part into yellow_part from center c where c.id = p_center;
          select coalesce(array_agg(w.id order by w.year), '{}') into notices from working_day_notice w where w.state = 'in-force';
          select coalesce(array_agg(h.id order by h.is_own, h.valid_from), '{}') into hours from (
            select distinct on (o.center_id is not null, o.valid_from) o.id, o.center_id is not null as is_own, o.valid_from
              from office_hours o where o.center_id = p_center or o.center_id is null
             order by o.center_id is not null, o.valid_from, o.made_at desc, o.id desc) h;
          perform set_config('app.principal', v_before, true);
        end $$;
      revoke all on function app.reckoning_of(uuid) from public;
      grant execute on function app.reckoning_of(uuid) to zongzhi_app;

      -- One plan for one matter and for fifty: planning it anew takes ten times as long as the answer.
      alter function app.worklist_traces(uuid[]) set plan_cache_mode = 'force_generic_plan';

      create table worklist_fill (
        center_id uuid primary key references center (id),
        rules text not null,
        filled_at timestamptz not null
      );
    `);
    await secure(runner, 'worklist_fill', ['select', 'insert', 'update']);
    for (const verb of ['select', 'insert', 'update'] as const) {
      await policy(runner, 'worklist_fill', verb, IS_SYSTEM, 'The program alone.');
    }
    await describeTable(
      runner,
      'worklist_fill',
      'Centers of whose every matter the lists were made, so that a start does not look through all matters.',
      {
        center_id: 'The center.',
        rules: 'The rules by which they were made, as in worklist_matter; other rules make them anew.',
        filled_at: 'When the last of them was made.',
      },
    );
  }

  /** As before (001), but as text: jsonb takes a tenth of a second to nest two thousand centers of a superior. */
  private async beginRequest(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.begin_request(text, uuid, uuid, text, timestamptz);
      create function app.begin_request(p_kind text, p_account uuid, p_session uuid, p_link text, p_now timestamptz)
        returns json language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare
          v_now timestamptz := coalesce(p_now, clock_timestamp());
          v_account public.account;
          v_grants json := '[]';
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
              select coalesce(json_agg(json_build_object('role', g.role, 'scopeKind', g.scope_kind, 'scopeId', g.scope_id,
                       -- Each role has a subtree of its own: what one role reaches must not widen another.
                       'subtreeCenterIds', case when g.role in ('center-director', 'superior') then
                         array_to_json(array(select c.id from public.center c
                           where c.id = g.scope_id or c.ancestor_center_ids @> array[g.scope_id])) else '[]' end)), '[]'),
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
          return json_build_object('now', v_now, 'known', v_known,
            'displayName', v_account.display_name, 'mustChangePassword', v_account.must_change_password,
            'grants', v_grants, 'centerIds', array_to_json(v_full), 'headerCenterIds', array_to_json(v_header),
            'committeeIds', array_to_json(v_committees), 'agencyIds', array_to_json(v_agencies), 'unitIds', array_to_json(v_units));
        end $$;
      revoke all on function app.begin_request(text, uuid, uuid, text, timestamptz) from public;
      grant execute on function app.begin_request(text, uuid, uuid, text, timestamptz) to zongzhi_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table worklist_fill;
      alter function app.worklist_traces(uuid[]) reset plan_cache_mode;
      drop function app.reckoning_of(uuid);
      drop function app.same_parties(uuid);
      drop index party_name_key;
      create index party_name_key on party (name_key);
      drop index dispute_registered;
    `);
  }
}
