import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the statistics do not know as frequent they take for this part of all matters. */
const UNKNOWN = 0.005;
/** Beyond so many matters that hold its pairs, a word is not rare after all. */
const MOST = 2500;

const SIGNATURE = 'text, timestamptz, uuid, integer, text';
const DEFINER = 'security definer set search_path = pg_catalog, public, pg_temp';

const CONTENT = `(s.center_id = any (v_full) or s.handling_center_id = any (v_full) or s.committee_id = any (v_committees)
  or s.handling_unit_id = any (v_units) or s.dispute_id = any (v_named))`;
const HEADER = '(s.center_id = any (v_head) or s.handling_center_id = any (v_head))';

/** Rare words are looked up at once: who asks for one does not wait until the newest matters have been read in vain. */
export class RareWordsFirst1763600000077 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter function app.search_matters(${SIGNATURE}) rename to search_walking;
      revoke all on function app.search_walking(${SIGNATURE}) from public, zongzhi_app;
      comment on function app.search_walking(${SIGNATURE}) is
        'Finds frequent words: reads through the newest matters, and where that is not enough asks the index of pairs.';

      -- Whether the text, or a part of it, is not among the frequent words: asked of the statistics of the index, nothing is read.
      create function app.is_rare(p_text text) returns boolean language plpgsql ${DEFINER} as $$
        declare v_all real; v_plan json;
        begin
          select greatest(c.reltuples, 0) into v_all from pg_class c where c.oid = 'app.matter_search'::regclass;
          for i in 1 .. greatest(char_length(p_text) - 1, 1) loop
            execute format('explain (format json) select 1 from app.matter_search s where app.bigram_vector(s.words) @@ app.bigram_query(%L)',
              substr(p_text, i, 2)) into v_plan;
            if (v_plan->0->'Plan'->>'Plan Rows')::bigint <= ceil(v_all * ${UNKNOWN}) then return true; end if;
          end loop;
          return false;
        end $$;

      -- As app.search_walking, the shorter way for rare words: the few matters that hold their pairs are all read.
      create function app.search_matters(p_text text, p_before timestamptz, p_before_id uuid, p_limit integer, p_part text default 'all')
        returns table (match_id uuid, match_at timestamptz) language plpgsql ${DEFINER}
        set plan_cache_mode = force_custom_plan set jit = off as $$
        declare
          v_like text := '%' || replace(replace(replace(p_text, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
          v_full uuid[] := app.center_ids();
          v_head uuid[] := app.header_center_ids();
          v_committees uuid[] := app.committee_ids();
          v_units uuid[] := app.unit_ids();
          v_named uuid[];
          v_held bigint;
          v_found uuid[];
          v_times timestamptz[];
        begin
          -- Who reads headers alone has an index of his own in the walk.
          if p_part <> 'whole' and cardinality(v_full) + cardinality(v_committees) + cardinality(v_units) > 0 and app.is_rare(p_text) then
            select coalesce(array_agg(a.dispute_id), '{}') into v_named from dispute_access a
              where a.account_id = app.account_id() and (a.ends_at is null or a.ends_at > app.now());
            with held as materialized (
              select s.* from app.matter_search s where app.bigram_vector(s.words) @@ app.bigram_query(p_text) limit ${MOST}),
            hit as (
              select s.dispute_id, s.registered_at from held s
               where ((s.words like v_like and ${CONTENT}) or (coalesce(s.head, s.words) like v_like and ${HEADER}))
                 and (not s.is_sealed or s.dispute_id = any (v_named))
                 and (p_part = 'all' or not (s.marks @> array['n:' || p_text] or (s.marks @> array['p:' || p_text] and ${CONTENT})))
                 and (p_before is null or (s.registered_at, s.dispute_id) < (p_before, p_before_id))
               order by s.registered_at desc, s.dispute_id desc limit p_limit)
            select (select count(*) from held), coalesce(array_agg(h.dispute_id), '{}'), coalesce(array_agg(h.registered_at), '{}')
              into v_held, v_found, v_times from hit h;
            if v_held < ${MOST} then
              return query select u.id, u.at from unnest(v_found, v_times) u(id, at) order by u.at desc, u.id desc;
              return;
            end if;
          end if;
          return query select w.match_id, w.match_at from app.search_walking(p_text, p_before, p_before_id, p_limit, p_part) w;
        end $$;
      revoke all on function app.is_rare(text), app.search_matters(${SIGNATURE}) from public;
      grant execute on function app.search_matters(${SIGNATURE}) to zongzhi_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.search_matters(${SIGNATURE}), app.is_rare(text);
      alter function app.search_walking(${SIGNATURE}) rename to search_matters;
      grant execute on function app.search_matters(${SIGNATURE}) to zongzhi_app;
      comment on function app.search_matters(${SIGNATURE}) is null;
    `);
  }
}
