import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who is in each matter of a page, for a line: of every party the row security of its table asks whether the matter's content may be
 * read, which for a page of fifty was as dear as to read them. Here it is asked once of each matter, by the same rule.
 */
export class PartiesInShort1763600000091 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function app.parties_in_short(p_disputes uuid[]) returns table ("disputeId" uuid, name text, kind text, total integer)
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare
          v_centers uuid[] := app.center_ids(); v_committees uuid[] := app.committee_ids(); v_units uuid[] := app.unit_ids();
          v_before text := app.elevate();
        begin
          return query
            select p.dispute_id, p.name, p.kind, p.total
              from unnest(p_disputes) m(id) join public.dispute d on d.id = m.id and (v_before = 'system'
                or (not d.is_sealed and (d.center_id = any (v_centers) or d.handling_center_id = any (v_centers)
                    or d.committee_id = any (v_committees) or d.handling_unit_id = any (v_units)))
                or app.is_named(d.id))
             cross join lateral (
               select p.dispute_id, p.name, p.kind, p.ordinal, (count(*) over ())::integer as total from public.party p
                where p.dispute_id = d.id and p.state = 'active' order by p.ordinal limit 2) p
             order by p.dispute_id, p.ordinal;
          perform set_config('app.principal', v_before, true);
        end $$;
      revoke all on function app.parties_in_short(uuid[]) from public;
      grant execute on function app.parties_in_short(uuid[]) to zongzhi_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function app.parties_in_short(uuid[])');
  }
}
