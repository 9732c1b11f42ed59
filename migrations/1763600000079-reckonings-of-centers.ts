import type { MigrationInterface, QueryRunner } from 'typeorm';

const DEFINER = 'language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp';

/** By what many centers reckon is asked at once: lines of fifty centers are no fifty questions. */
export class ReckoningsOfCenters1763600000079 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.reckoning_of(uuid);
      -- By what centers reckon their terms, as the ids of what is in force: who knows those has read them already.
      create function app.reckonings_of(p_centers uuid[])
        returns table (center_id uuid, yellow_part smallint, notices uuid[], hours uuid[]) ${DEFINER}
        set plan_cache_mode = force_generic_plan as $$
        declare
          v_before text := app.elevate();
          v_notices uuid[];
          v_common uuid[];
        begin
          select coalesce(array_agg(w.id order by w.year), '{}') into v_notices from working_day_notice w where w.state = 'in-force';
          select coalesce(array_agg(h.id order by h.valid_from), '{}') into v_common from (
            select distinct on (o.valid_from) o.id, o.valid_from from office_hours o where o.center_id is null
             order by o.valid_from, o.made_at desc, o.id desc) h;
          return query
            select c.id, c.yellow_part, v_notices, v_common || own.ids
              from center c cross join lateral (
                select coalesce(array_agg(h.id order by h.valid_from), '{}') as ids from (
                  select distinct on (o.valid_from) o.id, o.valid_from from office_hours o where o.center_id = c.id
                   order by o.valid_from, o.made_at desc, o.id desc) h) own
             where c.id = any (p_centers);
          perform set_config('app.principal', v_before, true);
        end $$;
      revoke all on function app.reckonings_of(uuid[]) from public;
      grant execute on function app.reckonings_of(uuid[]) to zongzhi_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.reckonings_of(uuid[]);
      create function app.reckoning_of(p_center uuid, out yellow_part smallint, out notices uuid[], out hours uuid[]) ${DEFINER} as $$
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
    `);
  }
}
