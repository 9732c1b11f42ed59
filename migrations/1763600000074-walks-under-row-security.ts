import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fullAccess, IS_SYSTEM, policy } from './support';

/** Where a matter belongs: what row security asks of it. A line of a worklist holds a copy. */
const PLACES = ['center_id', 'handling_center_id', 'committee_id', 'handling_unit_id', 'is_sealed'] as const;

const MEANING = 'One sees the lists of one’s own offices and of oneself, without what was sealed from one.';

/**
 * Row security at the price of a comparison: lines of worklists carry the places of their matter, the words of whoever asks are made once in
 * a request, and the walk along a center's matters reads from its index all that row security asks.
 */
export class WalksUnderRowSecurity1763600000074 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table worklist_entry add column center_id uuid, add column handling_center_id uuid, add column committee_id uuid,
        add column handling_unit_id uuid, add column is_sealed boolean;
      update worklist_entry e set (${PLACES.join(', ')}) = (select ${PLACES.map((c) => `d.${c}`).join(', ')} from dispute d where d.id = e.dispute_id);
      alter table worklist_entry alter column center_id set not null, alter column is_sealed set not null;

      -- Nobody says where a line belongs: it comes from the matter.
      create function app.place_worklist_entry() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
        begin
          select ${PLACES.map((c) => `d.${c}`).join(', ')} into ${PLACES.map((c) => `new.${c}`).join(', ')}
            from public.dispute d where d.id = new.dispute_id;
          return new;
        end $$;
      create trigger worklist_entry_placed before insert on worklist_entry
        for each row execute function app.place_worklist_entry();

      create function app.move_worklist_entries() returns trigger
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          update public.worklist_entry set ${PLACES.map((c) => `${c} = new.${c}`).join(', ')} where dispute_id = new.id;
          perform set_config('app.principal', v_before, true);
          return null;
        end $$;
      create trigger dispute_moves_worklist after update of ${PLACES.join(', ')} on dispute for each row
        when ((${PLACES.map((c) => `old.${c}`).join(', ')}) is distinct from (${PLACES.map((c) => `new.${c}`).join(', ')}))
        execute function app.move_worklist_entries();
      revoke all on function app.place_worklist_entry(), app.move_worklist_entries() from public;

      comment on column worklist_entry.center_id is 'Center of the matter, kept by a trigger; row security asks it here.';
      comment on column worklist_entry.handling_center_id is 'Handling center of the matter, likewise.';
      comment on column worklist_entry.committee_id is 'Committee of the matter, likewise.';
      comment on column worklist_entry.handling_unit_id is 'Handling unit of the matter, likewise.';
      comment on column worklist_entry.is_sealed is 'The matter is sealed, likewise.';
    `);
    // As row security of the matter itself, over the columns of the line.
    const named = `dispute_id in (select a.dispute_id from dispute_access a
      where a.account_id = (select app.account_id()) and (a.ends_at is null or a.ends_at > (select app.now())))`;
    const header = `(center_id = any ((select app.header_center_ids())::uuid[])
      or handling_center_id = any ((select app.header_center_ids())::uuid[])
      or ${fullAccess('worklist_entry', 'dispute_id')})`;
    await runner.query('drop policy worklist_entry_select on worklist_entry');
    await policy(
      runner,
      'worklist_entry',
      'select',
      `${IS_SYSTEM} or (audience = any ((select app.audiences())::text[])
         and (line_id <> dispute_id or (${header} and (not is_sealed or ${named}))))`,
      MEANING,
    );
    await runner.query('drop function app.meets_matter(uuid)');
    await beginRequest(runner, 'asked once');
    await runner.query(`
      create or replace function app.audiences() returns text[] language sql stable parallel safe
        as $$ select coalesce(nullif(current_setting('app.audiences', true), ''), '{}')::text[] $$;
      drop index dispute_center_registered;
      create index dispute_center_registered on dispute (center_id, registered_at desc, id desc)
        include (handling_center_id, committee_id, handling_unit_id, is_sealed);
      -- Most lists are short and a few are very long: plans are made for these, as walks along the index from where the page begins.
      alter table worklist_entry alter column audience set (n_distinct = 10);
      analyze worklist_entry;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await beginRequest(runner, 'asked each time');
    await runner.query(`
      alter table worklist_entry alter column audience reset (n_distinct);
      drop index dispute_center_registered;
      create index dispute_center_registered on dispute (center_id, registered_at desc, id desc);
      create or replace function app.audiences() returns text[] language sql stable as $$
        select coalesce(array_agg(distinct a.word), '{}') from (
          select 'account:' || app.account_id() where app.account_id() is not null
          union all
          select case when g.scope_kind = 'committee' and g.role in ('mediator', 'recorder') then 'assigned:' || g.account_id
                      else g.role || '@' || g.scope_id end
            from public.role_grant g
           where g.account_id = app.account_id() and g.scope_id is not null
             and g.valid_from <= app.now() and (g.valid_to is null or g.valid_to > app.now())) a(word) $$;
      create function app.meets_matter(p_dispute uuid) returns boolean language plpgsql stable as $$
        begin return exists (select 1 from public.dispute where id = p_dispute); end $$;
      revoke all on function app.meets_matter(uuid) from public;
      grant execute on function app.meets_matter(uuid) to zongzhi_app;
      drop policy worklist_entry_select on worklist_entry;
    `);
    await policy(
      runner,
      'worklist_entry',
      'select',
      `${IS_SYSTEM} or (audience = any ((select app.audiences())::text[])
         and (line_id <> dispute_id or app.meets_matter(dispute_id)))`,
      MEANING,
    );
    await runner.query(`
      drop trigger dispute_moves_worklist on dispute;
      drop trigger worklist_entry_placed on worklist_entry;
      drop function app.move_worklist_entries(), app.place_worklist_entry();
      alter table worklist_entry ${PLACES.map((c) => `drop column ${c}`).join(', ')};
    `);
  }
}

/** The beginning of a request, which reads all rights there are of whoever asks; the words of their lists as well, or not. */
async function beginRequest(runner: QueryRunner, words: 'asked once' | 'asked each time'): Promise<void> {
  const isOnce = words === 'asked once';
  await runner.query(`
      create or replace function app.begin_request(p_kind text, p_account uuid, p_session uuid, p_link text, p_now timestamptz)
        returns json language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare
          v_now timestamptz := coalesce(p_now, clock_timestamp());
          v_account public.account;
          v_grants json := '[]';
          v_roles text[] := '{}';
          v_full uuid[] := '{}'; v_header uuid[] := '{}'; v_committees uuid[] := '{}'; v_agencies uuid[] := '{}'; v_units uuid[] := '{}';
          v_known boolean := false;
          ${isOnce ? "v_audiences text[] := '{}';" : ''}
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
                     coalesce(array_agg(distinct g.scope_id) filter (where g.scope_kind = 'unit'), '{}')${
                       isOnce
                         ? `,
                     -- On whose lists they look: a role over a place, being named on matters, and the person alone.
                     'account:' || p_account || coalesce(array_agg(distinct case
                       when g.scope_kind = 'committee' and g.role in ('mediator', 'recorder') then 'assigned:' || g.account_id
                       else g.role || '@' || g.scope_id end) filter (where g.scope_id is not null), '{}')`
                         : ''
                     }
                into v_grants, v_roles, v_full, v_header, v_committees, v_agencies, v_units${isOnce ? ', v_audiences' : ''}
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
                  set_config('app.unit_ids', v_units::text, true)${isOnce ? ", set_config('app.audiences', v_audiences::text, true)" : ''};
          return json_build_object('now', v_now, 'known', v_known,
            'displayName', v_account.display_name, 'mustChangePassword', v_account.must_change_password,
            'grants', v_grants, 'centerIds', array_to_json(v_full), 'headerCenterIds', array_to_json(v_header),
            'committeeIds', array_to_json(v_committees), 'agencyIds', array_to_json(v_agencies), 'unitIds', array_to_json(v_units));
        end $$;
  `);
}
