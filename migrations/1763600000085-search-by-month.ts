import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of so many matters that may hold a word all are read at once; of more, the newest that hold it, month by month. */
const FEW = 500;
/** Beyond so many the statistics were wrong about a rare word. */
const MOST = 2500;
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
const WORKS = 'cardinality(v_full) + cardinality(v_committees) + cardinality(v_units) > 0';
const HOLDS = 'app.search_places(center_id, handling_center_id, committee_id, handling_unit_id)';

/**
 * A word of which each pair is frequent and the whole is not was looked for among all matters of a place that hold its pairs: the more
 * years there are, the more of them. The months of registration stand in the indexes of pairs now, and the newest months are looked
 * through first, until a page is full.
 */
export class SearchByMonth1763600000085 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Months since the year 0, in an array because the indexes of pairs hold arrays.
      create function app.search_month(p_at timestamptz) returns integer[] language sql immutable parallel safe as $$
        select array[(extract(year from p_at at time zone 'UTC') * 12 + extract(month from p_at at time zone 'UTC'))::integer] $$;
      revoke all on function app.search_month(timestamptz) from public;
    `);
    await indexes(runner, ', app.search_month(registered_at)');
    await runner.query(`
      drop function app.search_walking(text, timestamptz, uuid, integer, text), app.is_rare(text, uuid[], integer);

      -- How many matters of these places (of all, for null) hold the rarest part of the text. Asked of the statistics of the
      -- index, nothing is read.
      create function app.search_estimate(p_text text, p_scope uuid[]) returns float8 language plpgsql ${DEFINER} as $$
        declare
          v_among text := case when p_scope is null then 'true' else format('${PLACES} && %L::uuid[]', p_scope) end;
          v_least float8 := 'infinity';
          v_plan json;
        begin
          for i in 1 .. greatest(char_length(p_text) - 1, 1) loop
            execute format('explain (format json) select 1 from app.matter_search s where %s and app.bigram_vector(s.words) @@ app.bigram_query(%L)',
              v_among, substr(p_text, i, 2)) into v_plan;
            v_least := least(v_least, (v_plan->0->'Plan'->>'Plan Rows')::float8);
            exit when v_least <= ${FEW};
          end loop;
          return v_least;
        end $$;
      revoke all on function app.search_estimate(text, uuid[]) from public;
    `);
    await runner.query(searching(true));
    await runner.query(walking(true));
    await runner.query(`revoke all on function app.search_walking(text, timestamptz, uuid, integer, text, float8) from public;
      comment on function app.search_walking(text, timestamptz, uuid, integer, text, float8) is
        'Finds frequent words: reads through the newest matters, and where that is not enough asks the index of pairs, the newest months first. p_held: as app.search_estimate.'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.search_walking(text, timestamptz, uuid, integer, text, float8), app.search_estimate(text, uuid[])`);
    await indexes(runner, '');
    await runner.query(`
      drop function app.search_month(timestamptz);
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
    `);
    await runner.query(searching(false));
    await runner.query(walking(false));
    await runner.query(`revoke all on function app.search_walking(text, timestamptz, uuid, integer, text) from public;
      comment on function app.search_walking(text, timestamptz, uuid, integer, text) is
        'Finds frequent words: reads through the newest matters, and where that is not enough asks the index of pairs.'`);
  }
}

/** The indexes of pairs, with what else stands in them. What is frequent is asked of the statistics, and these are gone with the former ones. */
async function indexes(runner: QueryRunner, month: string): Promise<void> {
  await runner.query(`
    drop index app.matter_search_words, app.matter_search_head;
    create index matter_search_words on app.matter_search using gin (app.bigram_vector(words), ${HOLDS}${month});
    alter index app.matter_search_words alter column 1 set statistics 1000;
    alter index app.matter_search_words alter column 2 set statistics 1000;
    create index matter_search_head on app.matter_search using gin (app.bigram_vector(head)${month});
    alter index app.matter_search_head alter column 1 set statistics 1000;
    analyze app.matter_search`);
}

function searching(byMonth: boolean): string {
  return `
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
          ${byMonth ? 'v_estimate float8;' : ''}
        begin
          if cardinality(v_scope) > ${WIDE} then v_scope := null; end if;
          ${byMonth ? `if p_part <> 'whole' then v_estimate := app.search_estimate(p_text, v_scope); end if;` : ''}
          -- Who reads headers alone has an index of his own in the walk.
          if p_part <> 'whole' and ${WORKS} and ${byMonth ? `v_estimate <= ${FEW}` : 'app.is_rare(p_text, v_scope, p_limit)'} then
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
          return query select w.match_id, w.match_at from app.search_walking(p_text, p_before, p_before_id, p_limit, p_part${byMonth ? ', v_estimate' : ''}) w;
        end $$`;
}

function walking(byMonth: boolean): string {
  const few = 'greatest(250 / greatest(v_places, 1), 10)';
  const many = 'greatest(4000 / greatest(v_places, 1), 40)';
  const from = (places: string, column: string, isFirst = false): string => `
                select n.* from unnest(${places}) c(id) cross join lateral (
                  select s.dispute_id, s.registered_at, ${IS_HIT}${isFirst ? ' as is_hit' : ''}, row_number() over (${LATEST})${isFirst ? ' as nth' : ''} from (
                    select * from app.matter_search s where s.${column} = c.id and ${AFTER} ${LATEST} limit v_each) s) n`;
  return `
      create or replace function app.search_walking(p_text text, p_before timestamptz, p_before_id uuid, p_limit integer, p_part text default 'all'${
        byMonth ? ', p_held float8 default null' : ''
      })
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
          v_scope uuid[] := case when cardinality(v_full || v_committees || v_units) <= ${WIDE} then v_full || v_committees || v_units end;
          v_each integer;
          v_is_over boolean;
          v_found uuid[] := '{}';
          v_times timestamptz[] := '{}';
          v_more uuid[];
          v_more_times timestamptz[];
          v_at timestamptz := coalesce(p_before, 'infinity');
          v_id uuid := coalesce(p_before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
          ${byMonth ? 'v_is_one boolean := char_length(p_text) = 1; v_last integer; v_first integer; v_width integer; v_months integer[];' : ''}
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
                select * from app.matter_search s where ${AFTER} ${LATEST} limit ${byMonth ? 'case when v_is_one then 5000 else 1000 end' : '5000'}) s
               where ${IS_HIT} ${LATEST} limit p_limit) f;
          else
            -- The newest of each place, first a few, then more: right as far as the place that was cut the latest goes.
            foreach v_each in array ${byMonth ? `case when v_is_one then array[${few}, ${many}] else array[${few}] end` : `array[${few}, ${many}]`} loop
              with near as materialized (${from('v_full || v_head', 'center_id', true)}
                union all${from('v_full || v_head', 'handling_center_id')}
                union all${from('v_committees', 'committee_id')}
                union all${from('v_units', 'handling_unit_id')}
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
            ${byMonth ? BY_MONTH : AT_ONCE}
          end if;
          return query select distinct u.id, u.at from unnest(v_found, v_times) u(id, at) order by u.at desc, u.id desc limit p_limit;
        end $$`;
}

/** One character is the beginning of very many pairs, which are read whole for any month: all months at once. */
const BY_MONTH = `
            select (app.search_month(least(nullif(v_at, 'infinity'), max(s.registered_at))))[1], (app.search_month(min(s.registered_at)))[1]
              into v_last, v_first from app.matter_search s;
            v_width := case when v_is_one then v_last - v_first + 1
                            else greatest((v_last - v_first + 1) * ${FEW} / greatest(coalesce(p_held, 'infinity'), 1), 1)::integer end;
            while v_last >= v_first and cardinality(v_found) < p_limit loop
              v_months := array(select generate_series(greatest(v_last - v_width + 1, v_first), v_last));
              with m as materialized (
                select s.dispute_id, s.registered_at from app.matter_search s
                 where ${WORKS} and ${HELD} and ${IN_SCOPE} and app.search_month(s.registered_at) && v_months and ${CONTENT} and ${AFTER} and ${IS_HIT}
                union
                select s.dispute_id, s.registered_at from app.matter_search s
                 where cardinality(v_named) > 0 and s.dispute_id = any (v_named) and app.search_month(s.registered_at) && v_months and ${AFTER} and ${IS_HIT}
                union
                select s.dispute_id, s.registered_at from app.matter_search s
                 where cardinality(v_head) > 0 and app.bigram_vector(s.head) @@ app.bigram_query(p_text)
                   and app.search_month(s.registered_at) && v_months and ${HEADER} and ${AFTER} and ${IS_HIT})
              select coalesce(array_agg(f.dispute_id), '{}'), coalesce(array_agg(f.registered_at), '{}') into v_more, v_more_times
                from (select * from m order by m.registered_at desc, m.dispute_id desc limit p_limit) f;
              v_found := v_found || v_more;
              v_times := v_times || v_more_times;
              v_last := v_last - v_width;
              v_width := v_width * 2;
            end loop;`;

const AT_ONCE = `
            if ${WORKS} then
              with m as materialized (
                select s.dispute_id, s.registered_at from app.matter_search s
                 where ${HELD} and ${IN_SCOPE} and ${CONTENT} and ${AFTER} and ${IS_HIT}
                union select s.dispute_id, s.registered_at from app.matter_search s where s.dispute_id = any (v_named) and ${AFTER} and ${IS_HIT})
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
            end if;`;
