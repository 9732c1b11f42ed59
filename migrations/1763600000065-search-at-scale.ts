import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How texts are compared: a new number here is a new form, for which all rows are made anew. */
const FORM = 2;

/** Above so many places of work the newest matters of all places are read through, instead of the newest of each. */
const WIDE = 128;

/** The reader reads what is told in the matter. */
const CONTENT = `(s.center_id = any (v_full) or s.handling_center_id = any (v_full) or s.committee_id = any (v_committees)
  or s.handling_unit_id = any (v_units) or s.dispute_id = any (v_named))`;
/** The reader sees its number, title and place alone. */
const HEADER = '(s.center_id = any (v_head) or s.handling_center_id = any (v_head))';
const UNSEALED = '(not s.is_sealed or s.dispute_id = any (v_named))';
const AFTER = '(s.registered_at, s.dispute_id) < (v_at, v_id)';
/** One of its numbers is what was asked, or the name of someone in it that the reader may read. */
const WHOLE = `(s.marks @> array[v_number] or (s.marks @> array[v_name] and ${CONTENT}))`;
/** Heads are missing until their rows have been made anew; what is found too much is dropped when it is read. */
const IS_HIT = `((s.words like v_like and ${CONTENT}) or (coalesce(s.head, s.words) like v_like and ${HEADER}))
  and ${UNSEALED} and (p_part = 'all' or not ${WHOLE})`;
const LATEST = 'order by s.registered_at desc, s.dispute_id desc';

/** Search over a province: whole names and numbers first, one walk for wide readers, middle dots and places. */
export class SearchAtScale1763600000065 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table app.matter_search add column head text, add column marks text[] not null default '{}',
        add column is_sealed boolean not null default false;
      comment on column app.matter_search.words is 'Everything that can be found of the matter, a line for each field.';
      comment on column app.matter_search.head is 'The lines that readers of the header may find: numbers, title, place.';
      comment on column app.matter_search.marks is 'n:number and p:name, each whole, for what is exactly as asked.';
      comment on column app.matter_search.is_sealed is 'Found only by those on its list, and by number alone.';
      create index matter_search_latest on app.matter_search (registered_at desc, dispute_id desc);
      create index matter_search_head on app.matter_search using gin (app.bigram_vector(head));
      alter index app.matter_search_head alter column 1 set statistics 1000;
      create index matter_search_marks on app.matter_search using gin (marks);

      create table app.search_rebuild (
        form smallint primary key,
        reached uuid not null,
        finished_at timestamptz
      );
      comment on table app.search_rebuild is 'How far the rows of app.matter_search have been made anew in a form of texts, the latest matters first.';
      comment on column app.search_rebuild.form is 'The form of texts.';
      comment on column app.search_rebuild.reached is 'All matters from here on are done.';
      comment on column app.search_rebuild.finished_at is 'Since when all are.';
      insert into app.search_rebuild (form, reached) values (${FORM}, 'ffffffff-ffff-ffff-ffff-ffffffffffff');

      drop index party_phone_end, representative_phone_end;
      create index party_phone_end on party (phone_end_index, dispute_id desc, id desc) where phone_end_index is not null;
      create index representative_phone_end on representative (phone_end_index, dispute_id desc, id desc) where phone_end_index is not null;
      create index representative_phone on representative (phone_index) where phone_index is not null;

      -- The same as searchForm in the program. Compatibility forms are folded, brackets of numbers are one bracket; white space,
      -- invisible characters and the dots inside names go on both sides: 阿依古丽·买买提 is found with any dot or none.
      create or replace function app.search_form(p_text text) returns text language sql immutable parallel safe as $$
        select regexp_replace(regexp_replace(
            translate(lower(normalize(coalesce(p_text, ''), NFKC)), '〔【[〕】]', '((()))'),
            '[\\s\\u00ad\\u00b7\\u0387\\u1680\\u2000-\\u200f\\u2022\\u2027-\\u202f\\u205f-\\u2064\\u2219\\u22c5\\u25cf\\u2e31\\u3000\\u30fb\\ufe00-\\ufe0f\\ufeff\\U000e0100-\\U000e01ef]+', '', 'g'),
          '(?<=[\\u3400-\\u9fff\\U00020000-\\U0003ffff])\\.(?=[\\u3400-\\u9fff\\U00020000-\\U0003ffff])', '', 'g') $$;

      create or replace function app.index_matter(p_dispute uuid) returns void
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          insert into app.matter_search as s
              (dispute_id, center_id, handling_center_id, handling_unit_id, committee_id, registered_at, is_sealed, head, words, marks)
            select d.id, d.center_id, d.handling_center_id, d.handling_unit_id, d.committee_id, d.registered_at, d.is_sealed,
                   concat_ws(E'\\n', k.numbers, h.lines), concat_ws(E'\\n', k.numbers, h.lines, c.lines), k.marks || coalesce(c.marks, '{}')
              from dispute d
              cross join lateral (
                select string_agg(f.form, E'\\n' order by f.i) as numbers, array_agg('n:' || f.form order by f.i) as marks
                  from (select u.i, app.search_form(u.number) as form
                          from unnest(array[d.registration_number, d.case_number, d.upstream_number]) with ordinality u(number, i)) f
                 where f.form <> '') k
              left join lateral (
                select concat_ws(E'\\n', nullif(app.search_form(d.title), ''), nullif(app.search_form(d.place), '')) as lines) h
                on not d.is_sealed
              left join lateral (
                select concat_ws(E'\\n', (select concat_ws(E'\\n', nullif(app.search_form(n.narrative), ''), nullif(app.search_form(n.requests), ''))
                           from dispute_narrative n where n.dispute_id = d.id), string_agg(p.form, E'\\n' order by p.form)) as lines,
                       array_agg('p:' || p.form order by p.form) as marks
                  from (select distinct app.search_form(x.name) as form from (
                          select name from party where dispute_id = d.id
                          union all select unnest(aliases) from party where dispute_id = d.id
                          union all select name from representative where dispute_id = d.id) x) p
                 where p.form <> '') c
                on not d.is_sealed
             where d.id = p_dispute
            on conflict (dispute_id) do update set handling_center_id = excluded.handling_center_id,
              handling_unit_id = excluded.handling_unit_id, committee_id = excluded.committee_id, is_sealed = excluded.is_sealed,
              head = excluded.head, words = excluded.words, marks = excluded.marks
            where (s.handling_center_id, s.handling_unit_id, s.committee_id, s.is_sealed, s.head, s.words, s.marks)
              is distinct from (excluded.handling_center_id, excluded.handling_unit_id, excluded.committee_id, excluded.is_sealed,
              excluded.head, excluded.words, excluded.marks);
          perform set_config('app.principal', v_before, true);
        end $$;

      -- Makes the next rows anew after the form of texts has changed, the latest first; answers how many, 0 when all are done.
      create function app.rebuild_search(p_batch integer) returns integer
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_reached uuid; v_ids uuid[];
        begin
          if not app.is_system() then raise exception 'only the program rebuilds the search' using errcode = '42501'; end if;
          select r.reached into v_reached from app.search_rebuild r where r.form = ${FORM} and r.finished_at is null for update;
          if not found then return 0; end if;
          select coalesce(array_agg(d.id order by d.id desc), '{}') into v_ids from (
            select id from dispute where id < v_reached order by id desc limit p_batch) d;
          perform app.index_matter(m.id) from unnest(v_ids) m(id);
          update app.search_rebuild set reached = coalesce(v_ids[cardinality(v_ids)], reached),
            finished_at = case when cardinality(v_ids) < p_batch then app.now() end where form = ${FORM};
          return cardinality(v_ids);
        end $$;
    `);
    await runner.query('drop function app.search_matters(text, timestamptz, uuid, integer)');
    await runner.query(`
      -- Ids of matters within the caller's scope that hold the text (in the form of app.search_form), the latest first, after the
      -- one that ends the page before. p_part: 'whole' has it as one of their numbers or names; 'rest' all others; 'all' both.
      -- Frequent words are found by reading through the newest matters of the caller's places, or of all places for who has many
      -- of them; what is rarer comes from the index of pairs, which then has few to answer.
      create function app.search_matters(p_text text, p_before timestamptz, p_before_id uuid, p_limit integer, p_part text default 'all')
        returns table (match_id uuid, match_at timestamptz)
        language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
        set plan_cache_mode = force_custom_plan set jit = off as $$
        declare
          v_like text := '%' || replace(replace(replace(p_text, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
          v_number text := 'n:' || p_text;
          v_name text := 'p:' || p_text;
          v_full uuid[] := app.center_ids();
          v_head uuid[] := array(select unnest(app.header_center_ids()) except select unnest(app.center_ids()));
          v_committees uuid[] := app.committee_ids();
          v_units uuid[] := app.unit_ids();
          v_named uuid[];
          v_places integer := cardinality(v_full) + cardinality(v_head) + cardinality(v_committees) + cardinality(v_units);
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
                 where app.bigram_vector(s.words) @@ app.bigram_query(p_text) and ${CONTENT} and ${AFTER} and ${IS_HIT})
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

      revoke all on function app.rebuild_search(integer), app.search_matters(text, timestamptz, uuid, integer, text) from public;
      grant execute on function app.rebuild_search(integer), app.search_matters(text, timestamptz, uuid, integer, text) to zongzhi_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.rebuild_search(integer), app.search_matters(text, timestamptz, uuid, integer, text);
      drop index party_phone_end, representative_phone_end, representative_phone;
      create index party_phone_end on party (phone_end_index) where phone_end_index is not null;
      create index representative_phone_end on representative (phone_end_index) where phone_end_index is not null;
      drop table app.search_rebuild;
      alter table app.matter_search drop column head, drop column marks, drop column is_sealed;
      drop index app.matter_search_latest;
      comment on column app.matter_search.words is null;
      create or replace function app.search_form(p_text text) returns text language sql immutable parallel safe as $$
        select regexp_replace(lower(normalize(coalesce(p_text, ''), NFKC)), '\\s+', '', 'g') $$;
      create or replace function app.index_matter(p_dispute uuid) returns void
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          insert into app.matter_search as s
              (dispute_id, center_id, handling_center_id, handling_unit_id, committee_id, registered_at, words)
            select d.id, d.center_id, d.handling_center_id, d.handling_unit_id, d.committee_id, d.registered_at,
                   concat_ws(E'\\n', app.search_form(d.registration_number), nullif(app.search_form(d.case_number), ''),
                     nullif(app.search_form(d.upstream_number), ''),
                     case when d.is_sealed then null else concat_ws(E'\\n', app.search_form(d.title),
                       nullif(app.search_form(n.narrative), ''), nullif(app.search_form(n.requests), ''),
                       (select string_agg(app.search_form(p.name), E'\\n' order by p.ordinal) from party p where p.dispute_id = d.id)) end)
              from dispute d left join dispute_narrative n on n.dispute_id = d.id where d.id = p_dispute
            on conflict (dispute_id) do update set handling_center_id = excluded.handling_center_id,
              handling_unit_id = excluded.handling_unit_id, committee_id = excluded.committee_id, words = excluded.words
            where (s.handling_center_id, s.handling_unit_id, s.committee_id, s.words)
              is distinct from (excluded.handling_center_id, excluded.handling_unit_id, excluded.committee_id, excluded.words);
          perform set_config('app.principal', v_before, true);
        end $$;
      create function app.search_matters(p_text text, p_before timestamptz, p_before_id uuid, p_limit integer)
        returns table (match_id uuid, match_at timestamptz)
        language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        declare
          v_like text := '%' || replace(replace(replace(p_text, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
          v_centers uuid[] := app.center_ids() || app.header_center_ids();
          v_committees uuid[] := app.committee_ids();
          v_units uuid[] := app.unit_ids();
          v_named uuid[];
          v_found uuid[];
          v_times timestamptz[];
          v_at timestamptz := coalesce(p_before, 'infinity');
          v_id uuid := coalesce(p_before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
        begin
          select coalesce(array_agg(a.dispute_id), '{}') into v_named from dispute_access a
            where a.account_id = app.account_id() and (a.ends_at is null or a.ends_at > app.now());
          with near as materialized (
            select distinct n.* from (
              select s.dispute_id, s.registered_at, s.words from unnest(v_centers) c(id) cross join lateral (
                select * from app.matter_search s where s.center_id = c.id and (s.registered_at, s.dispute_id) < (v_at, v_id)
                 order by s.registered_at desc, s.dispute_id desc limit 3000) s
              union all
              select s.dispute_id, s.registered_at, s.words from unnest(v_centers) c(id) cross join lateral (
                select * from app.matter_search s where s.handling_center_id = c.id and (s.registered_at, s.dispute_id) < (v_at, v_id)
                 order by s.registered_at desc, s.dispute_id desc limit 3000) s
              union all
              select s.dispute_id, s.registered_at, s.words from unnest(v_committees) c(id) cross join lateral (
                select * from app.matter_search s where s.committee_id = c.id and (s.registered_at, s.dispute_id) < (v_at, v_id)
                 order by s.registered_at desc, s.dispute_id desc limit 3000) s
              union all
              select s.dispute_id, s.registered_at, s.words from unnest(v_units) c(id) cross join lateral (
                select * from app.matter_search s where s.handling_unit_id = c.id and (s.registered_at, s.dispute_id) < (v_at, v_id)
                 order by s.registered_at desc, s.dispute_id desc limit 3000) s
              union all
              select s.dispute_id, s.registered_at, s.words from app.matter_search s
               where s.dispute_id = any (v_named) and (s.registered_at, s.dispute_id) < (v_at, v_id)) n
             order by n.registered_at desc, n.dispute_id desc limit 3000)
          select array_agg(f.dispute_id order by f.registered_at desc, f.dispute_id desc),
                 array_agg(f.registered_at order by f.registered_at desc, f.dispute_id desc) into v_found, v_times from (
            select n.dispute_id, n.registered_at from near n where n.words like v_like
             order by n.registered_at desc, n.dispute_id desc limit p_limit) f;
          if cardinality(v_found) >= p_limit then
            return query select u.id, u.at from unnest(v_found, v_times) u(id, at);
            return;
          end if;
          return query with m as materialized (
            select s.dispute_id, s.registered_at from app.matter_search s
             where app.bigram_vector(s.words) @@ app.bigram_query(p_text) and s.words like v_like
               and (s.registered_at, s.dispute_id) < (v_at, v_id)
               and (s.center_id = any (v_centers) or s.handling_center_id = any (v_centers) or s.committee_id = any (v_committees)
                 or s.handling_unit_id = any (v_units) or s.dispute_id = any (v_named)))
          select m.dispute_id, m.registered_at from m order by m.registered_at desc, m.dispute_id desc limit p_limit;
        end $$;
      revoke all on function app.search_matters(text, timestamptz, uuid, integer) from public;
      grant execute on function app.search_matters(text, timestamptz, uuid, integer) to zongzhi_app;
    `);
  }
}
