import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of so many matters that may hold a word all are read; of more, the newest are read through first. */
const MOST = 2500;
/** What the statistics of the whole do not know as frequent they take for this part of all matters (077). */
const UNKNOWN = 0.005;
/** Above so many places of work the newest matters of all places are read through, instead of the newest of each (065). */
const WIDE = 128;

const DEFINER = 'security definer set search_path = pg_catalog, public, pg_temp';
const HELD = 'app.bigram_vector(s.words) @@ app.bigram_query(p_text)';
const PLACES = 'app.search_places(s.center_id, s.handling_center_id, s.committee_id, s.handling_unit_id)';
/** Without a scope the reader's places are too many to be asked for one by one. */
const IN_SCOPE = `(v_scope is null or ${PLACES} && v_scope)`;

const CONTENT = `(s.center_id = any (v_full) or s.handling_center_id = any (v_full) or s.committee_id = any (v_committees)
  or s.handling_unit_id = any (v_units) or s.dispute_id = any (v_named))`;
const HEADER = '(s.center_id = any (v_head) or s.handling_center_id = any (v_head))';
const UNSEALED = '(not s.is_sealed or s.dispute_id = any (v_named))';
const AFTER = '(s.registered_at, s.dispute_id) < (v_at, v_id)';
const WHOLE = `(s.marks @> array[v_number] or (s.marks @> array[v_name] and ${CONTENT}))`;
const IS_HIT = `((s.words like v_like and ${CONTENT}) or (coalesce(s.head, s.words) like v_like and ${HEADER}))
  and ${UNSEALED} and (p_part = 'all' or not ${WHOLE})`;
const LATEST = 'order by s.registered_at desc, s.dispute_id desc';
const LIKE = `'%' || replace(replace(replace(p_text, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'`;

/**
 * The index of pairs knew of every place: who works at one read what all others had of a word, to drop it. Places stand in the index
 * now, and whether a word is rare is asked of the reader's places.
 */
export class SearchByPlace1763600000081 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function app.search_places(p_center uuid, p_handling_center uuid, p_committee uuid, p_handling_unit uuid) returns uuid[]
        language sql immutable parallel safe as $$ select array_remove(array[p_center, p_handling_center, p_committee, p_handling_unit], null) $$;
      revoke all on function app.search_places(uuid, uuid, uuid, uuid) from public;
      drop index app.matter_search_words;
      create index matter_search_words on app.matter_search
        using gin (app.bigram_vector(words), app.search_places(center_id, handling_center_id, committee_id, handling_unit_id));
      alter index app.matter_search_words alter column 1 set statistics 1000;
      alter index app.matter_search_words alter column 2 set statistics 1000;
      -- What is frequent is asked of the statistics, and those of the former index are gone with it.
      analyze app.matter_search;
      drop function app.is_rare(text);

      -- Whether the text, or a part of it, is rare enough in these places (of all, for null) that all matters that hold it are
      -- sooner read than the newest until a page is full. Asked of the statistics of the index, nothing is read.
      create function app.is_rare(p_text text, p_scope uuid[], p_limit integer) returns boolean language plpgsql ${DEFINER} as $$
        declare
          v_among text := 'explain (format json) select 1 from app.matter_search s where ' ||
            case when p_scope is null then 'true' else format('${PLACES} && %L::uuid[]', p_scope) end;
          v_most float8;
          v_plan json;
        begin
          execute v_among into v_plan;
          v_most := least(sqrt(p_limit * (v_plan->0->'Plan'->>'Plan Rows')::float8), ${MOST});
          for i in 1 .. greatest(char_length(p_text) - 1, 1) loop
            execute format('%s and app.bigram_vector(s.words) @@ app.bigram_query(%L)', v_among, substr(p_text, i, 2)) into v_plan;
            if (v_plan->0->'Plan'->>'Plan Rows')::float8 <= v_most then return true; end if;
          end loop;
          return false;
        end $$;
      revoke all on function app.is_rare(text, uuid[], integer) from public;

      -- As app.search_walking, the shorter way for rare words: the few matters that hold their pairs are all read.
      create or replace function app.search_matters(p_text text, p_before timestamptz, p_before_id uuid, p_limit integer, p_part text default 'all')
        returns table (match_id uuid, match_at timestamptz) language plpgsql ${DEFINER}
        set plan_cache_mode = force_custom_plan set jit = off as $$
        declare
          v_like text := ${LIKE};
          v_number text := 'n:' || p_text;
          v_name text := 'p:' || p_text;
          v_full uuid[] := app.center_ids();
          v_head uuid[] := app.header_center_ids();
          v_committees uuid[] := app.committee_ids();
          v_units uuid[] := app.unit_ids();
          v_scope uuid[] := v_full || v_head || v_committees || v_units;
          v_named uuid[];
          v_at timestamptz := coalesce(p_before, 'infinity');
          v_id uuid := coalesce(p_before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
          v_held bigint;
          v_found uuid[];
          v_times timestamptz[];
        begin
          if cardinality(v_scope) > ${WIDE} then v_scope := null; end if;
          -- Who reads headers alone has an index of his own in the walk.
          if p_part <> 'whole' and cardinality(v_full) + cardinality(v_committees) + cardinality(v_units) > 0 and app.is_rare(p_text, v_scope, p_limit) then
            select coalesce(array_agg(a.dispute_id), '{}') into v_named from dispute_access a
              where a.account_id = app.account_id() and (a.ends_at is null or a.ends_at > app.now());
            with held as materialized (select s.* from app.matter_search s where ${HELD} and ${IN_SCOPE} limit ${MOST}),
            hit as (
              select s.dispute_id, s.registered_at from held s where ${AFTER} and ${IS_HIT}
              union
              select s.dispute_id, s.registered_at from app.matter_search s where s.dispute_id = any (v_named) and ${AFTER} and ${IS_HIT}
               order by 2 desc, 1 desc limit p_limit)
            select (select count(*) from held), coalesce(array_agg(h.dispute_id), '{}'), coalesce(array_agg(h.registered_at), '{}')
              into v_held, v_found, v_times from hit h;
            if v_held < ${MOST} then
              return query select u.id, u.at from unnest(v_found, v_times) u(id, at) order by u.at desc, u.id desc;
              return;
            end if;
          end if;
          return query select w.match_id, w.match_at from app.search_walking(p_text, p_before, p_before_id, p_limit, p_part) w;
        end $$;
    `);
    await walking(runner, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await walking(runner, false);
    await runner.query(`
      drop function app.is_rare(text, uuid[], integer);
      drop index app.matter_search_words;
      create index matter_search_words on app.matter_search using gin (app.bigram_vector(words));
      alter index app.matter_search_words alter column 1 set statistics 1000;
      analyze app.matter_search;
      drop function app.search_places(uuid, uuid, uuid, uuid);

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
      revoke all on function app.is_rare(text) from public;

      create or replace function app.search_matters(p_text text, p_before timestamptz, p_before_id uuid, p_limit integer, p_part text default 'all')
        returns table (match_id uuid, match_at timestamptz) language plpgsql ${DEFINER}
        set plan_cache_mode = force_custom_plan set jit = off as $$
        declare
          v_like text := ${LIKE};
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
    `);
  }
}

async function walking(runner: QueryRunner, byPlace: boolean): Promise<void> {
  const only = (text: string): string => (byPlace ? text : '');
  await runner.query(`
      create or replace function app.search_walking(p_text text, p_before timestamptz, p_before_id uuid, p_limit integer, p_part text default 'all')
        returns table (match_id uuid, match_at timestamptz)
        language plpgsql stable ${DEFINER}
        set plan_cache_mode = force_custom_plan set jit = off as $$
        declare
          v_like text := ${LIKE};
          v_number text := 'n:' || p_text;
          v_name text := 'p:' || p_text;
          v_full uuid[] := app.center_ids();
          v_head uuid[] := array(select unnest(app.header_center_ids()) except select unnest(app.center_ids()));
          v_committees uuid[] := app.committee_ids();
          v_units uuid[] := app.unit_ids();
          v_named uuid[];
          v_places integer := cardinality(v_full) + cardinality(v_head) + cardinality(v_committees) + cardinality(v_units);
          ${only(`v_scope uuid[] := case when cardinality(v_full || v_committees || v_units) <= ${WIDE} then v_full || v_committees || v_units end;`)}
          v_each integer;
          v_is_over boolean;
          v_found uuid[] := '{}';
          v_times timestamptz[] := '{}';
          v_more uuid[];
          v_more_times timestamptz[];
          v_at timestamptz := coalesce(p_before, 'infinity');
          v_id uuid := coalesce(p_before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
        begin
          select coalesce(array_agg(a.dispute_id), '{}') into v_named from dispute_access a
            where a.account_id = app.account_id() and (a.ends_at is null or a.ends_at > app.now());

          if p_part = 'whole' then
            return query with m as materialized (
              select s.dispute_id, s.registered_at from app.matter_search s
               where s.marks && array[v_number, v_name] and ${WHOLE} and (${CONTENT} or ${HEADER}) and ${UNSEALED} and ${AFTER})
            select m.dispute_id, m.registered_at from m order by m.registered_at desc, m.dispute_id desc limit p_limit;
            return;
          end if;

          if v_places > ${WIDE} then
            select coalesce(array_agg(f.dispute_id), '{}'), coalesce(array_agg(f.registered_at), '{}') into v_found, v_times from (
              select s.dispute_id, s.registered_at from (
                select * from app.matter_search s where ${AFTER} ${LATEST} limit 5000) s
               where ${IS_HIT} ${LATEST} limit p_limit) f;
          else
            -- The newest of each place, first a few, then more: right as far as the place that was cut the latest goes.
            foreach v_each in array array[greatest(250 / greatest(v_places, 1), 10), greatest(4000 / greatest(v_places, 1), 40)] loop
              with near as materialized (
                select n.* from (select unnest(v_full || v_head)) c(id) cross join lateral (
                  select s.dispute_id, s.registered_at, ${IS_HIT} as is_hit, row_number() over (${LATEST}) as nth from (
                    select * from app.matter_search s where s.center_id = c.id and ${AFTER} ${LATEST} limit v_each) s) n
                union all
                select n.* from (select unnest(v_full || v_head)) c(id) cross join lateral (
                  select s.dispute_id, s.registered_at, ${IS_HIT}, row_number() over (${LATEST}) from (
                    select * from app.matter_search s where s.handling_center_id = c.id and ${AFTER} ${LATEST} limit v_each) s) n
                union all
                select n.* from unnest(v_committees) c(id) cross join lateral (
                  select s.dispute_id, s.registered_at, ${IS_HIT}, row_number() over (${LATEST}) from (
                    select * from app.matter_search s where s.committee_id = c.id and ${AFTER} ${LATEST} limit v_each) s) n
                union all
                select n.* from unnest(v_units) c(id) cross join lateral (
                  select s.dispute_id, s.registered_at, ${IS_HIT}, row_number() over (${LATEST}) from (
                    select * from app.matter_search s where s.handling_unit_id = c.id and ${AFTER} ${LATEST} limit v_each) s) n
                union all
                select s.dispute_id, s.registered_at, ${IS_HIT}, 0 from app.matter_search s
                 where s.dispute_id = any (v_named) and ${AFTER}),
              edge as (select n.registered_at, n.dispute_id from near n where n.nth = v_each
                        order by n.registered_at desc, n.dispute_id desc limit 1),
              hit as (select distinct n.registered_at, n.dispute_id from near n left join edge e on true
                       where n.is_hit and (e.dispute_id is null or (n.registered_at, n.dispute_id) >= (e.registered_at, e.dispute_id))
                       order by n.registered_at desc, n.dispute_id desc limit p_limit)
              select not exists (select 1 from edge), coalesce(array_agg(h.dispute_id order by h.registered_at desc, h.dispute_id desc), '{}'),
                     coalesce(array_agg(h.registered_at order by h.registered_at desc, h.dispute_id desc), '{}')
                into v_is_over, v_found, v_times from hit h;
              exit when v_is_over or cardinality(v_found) >= p_limit;
            end loop;
          end if;

          if not coalesce(v_is_over, false) and cardinality(v_found) < p_limit then
            v_found := '{}';
            v_times := '{}';
            if cardinality(v_full) + cardinality(v_committees) + cardinality(v_units) > 0 then
              with m as materialized (
                select s.dispute_id, s.registered_at from app.matter_search s
                 where ${HELD} and ${only(`${IN_SCOPE} and `)}${CONTENT} and ${AFTER} and ${IS_HIT}
                ${only(`union select s.dispute_id, s.registered_at from app.matter_search s where s.dispute_id = any (v_named) and ${AFTER} and ${IS_HIT}`)})
              select coalesce(array_agg(f.dispute_id), '{}'), coalesce(array_agg(f.registered_at), '{}') into v_found, v_times
                from (select * from m order by m.registered_at desc, m.dispute_id desc limit p_limit) f;
            elsif cardinality(v_named) > 0 then
              select coalesce(array_agg(f.dispute_id), '{}'), coalesce(array_agg(f.registered_at), '{}') into v_found, v_times
                from (select s.* from app.matter_search s where s.dispute_id = any (v_named) and ${AFTER} and ${IS_HIT}
                      ${LATEST} limit p_limit) f;
            end if;
            if cardinality(v_head) > 0 then
              with m as materialized (
                select s.dispute_id, s.registered_at from app.matter_search s
                 where app.bigram_vector(s.head) @@ app.bigram_query(p_text) and ${HEADER} and ${AFTER} and ${IS_HIT})
              select coalesce(array_agg(f.dispute_id), '{}'), coalesce(array_agg(f.registered_at), '{}') into v_more, v_more_times
                from (select * from m order by m.registered_at desc, m.dispute_id desc limit p_limit) f;
              v_found := v_found || v_more;
              v_times := v_times || v_more_times;
            end if;
          end if;
          return query select distinct u.id, u.at from unnest(v_found, v_times) u(id, at) order by u.at desc, u.id desc limit p_limit;
        end $$;
  `);
}
