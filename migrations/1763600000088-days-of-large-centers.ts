import type { MigrationInterface, QueryRunner } from 'typeorm';

const CELL = 'scope_id, dim, basis, figure, month, key, verdict, note';
const SUMS = 'n, weight, daily';
const ADDED = SUMS.split(', ')
  .map((sum) => `${sum} = c.${sum} + excluded.${sum}`)
  .join(', ');
/** Sums by day, of places with many centers below them (075). */
const BY_DAY = 5;
/** Whom and what a case hangs on, and the dim of its sums: of centers that have very many cases themselves (080). */
const HOLDERS = { committee_id: 6, mediator_id: 7, agency_id: 8, place_unit_id: 9, local_type_id: 10 } as const;
const HELD = Object.keys(HOLDERS);
const LAST_HOLDER = 10;
/** What is told apart by day as well, and the dim of its sums: of places with very many cases. */
const KINDS = { dispute_type: 11, channel: 12, level: 13 } as const;
const LAST_KIND = 13;
/** Sums by day of a center alone that has very many cases itself: of everything together, and of whom and what a case hangs on. */
const ALONE_BY_DAY = 14;
const HOLDERS_BY_DAY = {
  committee_id: 15,
  mediator_id: 16,
  agency_id: 17,
  place_unit_id: 18,
  local_type_id: 19,
} as const;
const LAST_OF_DAYS = 19;

/** What of a case is told apart in sums. */
const TOLD = `figure, center_id, period_at, cohort_at, verdict, note, weight, daily, dispute_type, channel, level, ${HELD.join(', ')}`;

const BASES = `cross join lateral (values (1::smallint, f.period_at), (2::smallint, f.cohort_at)) b(basis, at)`;
const spanOf = (span: 'month' | 'day'): string => `date_trunc('${span}', b.at at time zone 'Asia/Shanghai')::date`;

/** Sums of cases (alias f, with their sign and the scopes that hold them) as cells; both bases. */
const summed = (rows: string, scopes: string, span: 'month' | 'day'): string => `
  select k.scope_id, k.dim, s.basis, s.figure, s.month, k.key, s.verdict, s.note, sum(s.n)::bigint as n, sum(s.weight)::bigint as weight,
         sum(s.daily)::bigint as daily
    from (select f.center_id, b.basis, f.figure, ${spanOf(span)} as month, f.verdict,
                 coalesce(f.note, 0::smallint) as note, ${span === 'day' ? 'null::text as dispute_type, null::text as channel, null::smallint as level' : 'f.dispute_type, f.channel, f.level'},
                 sum(f.sign) as n, sum(f.sign * f.weight) as weight, sum(f.sign * f.daily) as daily
            from (${rows}) f ${BASES}
           where b.at is not null group by 1, 2, 3, 4, 5, 6, 7, 8, 9) s
    ${scopes}
   group by 1, 2, 3, 4, 5, 6, 7, 8`;

/** Sums of cases (alias f, with what they are summed of as scope_id), by each of some columns; where there is a dim for it, of all as well. */
const summedByEach = (
  columns: Readonly<Record<string, number>>,
  rows: string,
  span: 'month' | 'day',
  all?: number,
): string => {
  const names = Object.keys(columns);
  const sets = [...(all === undefined ? [] : ['()']), ...names.map((column) => `(f.${column})`)].join(', ');
  return `
  select f.scope_id, (case ${names.map((column) => `when grouping(f.${column}) = 0 then ${columns[column]}`).join(' ')}${all === undefined ? '' : ` else ${all}`} end)::smallint as dim, b.basis, f.figure,
         ${spanOf(span)} as month, coalesce(${names.map((column) => `f.${column}::text`).join(', ')}, '') as key,
         f.verdict, coalesce(f.note, 0::smallint) as note, sum(f.sign)::bigint as n, sum(f.sign * f.weight)::bigint as weight, sum(f.sign * f.daily)::bigint as daily
    from (${rows}) f ${BASES}
   where b.at is not null
   group by f.scope_id, b.basis, f.figure, 5, f.verdict, 8, grouping sets (${sets})`;
};

/**
 * Sums by each of some columns and day of the cases of centers. They are very many, and are read month by month and figure by figure: what
 * a month comes to has room in memory, where all at once would be sorted on the disk, and its cases lie near one another.
 */
const summedByEachAndDay = (columns: Readonly<Record<string, number>>, centers: string, all?: number): string => {
  const cases = (among: string): string =>
    summedByEach(
      columns,
      `select p_scope as scope_id, 1 as sign, ${TOLD} from app.figure_fact where center_id = any (${centers}) and ${among}`,
      'day',
      all,
    );
  const figures = `(select n::smallint as figure from generate_series((select min(figure)::integer from app.figure_fact), (select max(figure)::integer from app.figure_fact)) n
                     where cardinality(${centers}) > 0) g`;
  return `
  select s.* from (
    select m.opens, g.figure from (
      select min(r.first) as first, max(r.last) as last from ${figures} cross join lateral (
        select min(f.period_at) as first, max(f.period_at) as last from app.figure_fact f where f.figure = g.figure) r) r
     cross join lateral generate_series(date_trunc('month', r.first), r.last, interval '1 month') m(opens) cross join ${figures}
     order by 1, 2) o
   cross join lateral (${cases("figure = o.figure and period_at >= o.opens and period_at < o.opens + interval '1 month'")}) s
  union all
  select s.* from ${figures} cross join lateral (${cases('figure = g.figure and period_at is null')}) s
  union all ${summedByEach(columns, `select p_scope as scope_id, -sign as sign, ${TOLD} from app.figure_delta where center_id = any (${centers})`, 'day', all)}`;
};

const DIMS = `(values (1::smallint, ''), (2::smallint, coalesce(s.dispute_type, '')), (3::smallint, coalesce(s.channel, '')),
  (4::smallint, coalesce(s.level::text, ''))) v(dim, key)`;

const DEFINER = 'security definer set search_path = pg_catalog, public, pg_temp';

/**
 * A center with very many cases of its own is summed by day as well, also by whom and what they hang on: the days of months that are not
 * whole were counted there case by case. And a sum is read from the index of its key alone.
 */
export class DaysOfLargeCenters1763600000088 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table app.figure_cell drop constraint figure_cell_dim_known,
        add constraint figure_cell_dim_known check (dim between 0 and ${LAST_OF_DAYS});
      comment on column app.figure_cell.dim is
        '0 of the center alone, of one with very many cases also 6 by committee, 7 by mediator, 8 by agency, 9 by place, 10 by finer kind, and by day: 14 all, 15 to 19 as 6 to 10; with all below it: 1 all, 2 by type, 3 by channel, 4 by level, 5 all by day where there are many centers, 11 by type and day, 12 by channel and day, 13 by level and day where there are very many cases.';
      comment on column app.figure_scope.is_by_kind_and_day is
        'There are sums by day by what is told apart as well: with all below it by type, channel and level; alone of all, and by whom and what cases hang on. Null where that is still to be decided.';
      alter table app.figure_cell drop constraint figure_cell_pkey, add primary key (${CELL}) include (${SUMS});
    `);
    await functions(runner, true);
    // The program makes what is missing; until then these are asked as before.
    await runner.query(`
      do $$ declare v_before text := app.elevate();
        begin
          update app.figure_scope s set is_by_kind_and_day = null
           where not s.is_subtree and app.very_many_cases() / 4 <= (
             select sum(c.n) from app.figure_cell c where c.scope_id = s.scope_id and c.dim = 0 and c.basis = 1);
          perform set_config('app.principal', v_before, true);
        end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await functions(runner, false);
    await runner.query(`
      delete from app.figure_cell where dim > ${LAST_KIND};
      update app.figure_scope set is_by_kind_and_day = false where not is_subtree;
      comment on column app.figure_scope.is_by_kind_and_day is
        'With all below it there are sums by day by type, channel and level as well; null where that is still to be decided.';
      comment on column app.figure_cell.dim is
        '0 of the center alone, of one with very many cases also 6 by committee, 7 by mediator, 8 by agency, 9 by place, 10 by finer kind; with all below it: 1 all, 2 by type, 3 by channel, 4 by level, 5 all by day where there are many centers, 11 by type and day, 12 by channel and day, 13 by level and day where there are very many cases.';
      alter table app.figure_cell drop constraint figure_cell_pkey, add primary key (${CELL}),
        drop constraint figure_cell_dim_known,
        add constraint figure_cell_dim_known check (dim between 0 and ${LAST_KIND});
    `);
  }
}

async function functions(runner: QueryRunner, aloneByDay: boolean): Promise<void> {
  const only = (text: string): string => (aloneByDay ? text : '');
  const casesOf = (centers: string): string => `
    select 1 as sign, ${TOLD} from app.figure_fact where center_id = any (${centers})
    union all
    select -sign, ${TOLD} from app.figure_delta where center_id = any (${centers})`;
  const isSubtree = `(dim between 1 and ${BY_DAY} or dim between ${LAST_HOLDER + 1} and ${LAST_KIND})`;
  await runner.query(`
      -- Adds what has changed to the sums. Several may do so at once: each takes what no other holds, and all write in the
      -- order of the key. Ended in the middle, it has done nothing.
      create or replace function app.fold_figures(p_limit integer) returns integer language plpgsql ${DEFINER} as $$
        declare v_taken integer;
        begin
          perform pg_advisory_xact_lock_shared(727010, 0);
          with taken as materialized (
            delete from app.figure_delta where id in (
              select id from app.figure_delta order by id limit p_limit for update skip locked) returning *),
          added as (
            insert into app.figure_cell as c (${CELL}, ${SUMS})
            select * from (${summed(
              'select * from taken',
              `join center ce on ce.id = s.center_id
               cross join lateral (
                 select s.center_id as scope_id, 0::smallint as dim, '' as key
                   from app.figure_scope x where x.scope_id = s.center_id and not x.is_subtree
                 union all
                 select x.scope_id, v.dim, v.key from app.figure_scope x cross join lateral ${DIMS}
                  where x.is_subtree and x.scope_id = any (ce.ancestor_center_ids || ce.id)) k`,
              'month',
            )}
            union all ${summed(
              'select * from taken',
              `join center ce on ce.id = s.center_id
               cross join lateral (
                 select x.scope_id, ${BY_DAY}::smallint as dim, '' as key from app.figure_scope x
                  where x.is_subtree and x.is_by_day and x.scope_id = any (ce.ancestor_center_ids || ce.id)) k`,
              'day',
            )}
            union all ${summedByEach(
              HOLDERS,
              'select t.*, t.center_id as scope_id from taken t join app.figure_scope x on x.scope_id = t.center_id and not x.is_subtree and x.is_by_holder',
              'month',
            )}
            union all ${summedByEach(
              KINDS,
              `select t.*, x.scope_id from taken t join center ce on ce.id = t.center_id
                 join app.figure_scope x on x.is_subtree and x.is_by_kind_and_day and x.scope_id = any (ce.ancestor_center_ids || ce.id)`,
              'day',
            )}
            ${only(
              `union all ${summedByEach(
                HOLDERS_BY_DAY,
                'select t.*, x.scope_id from taken t join app.figure_scope x on x.scope_id = t.center_id and not x.is_subtree and x.is_by_kind_and_day',
                'day',
                ALONE_BY_DAY,
              )}`,
            )}) m where m.n <> 0 or m.weight <> 0 or m.daily <> 0 order by ${CELL}
            on conflict (${CELL}) do update set ${ADDED})
          select count(*)::int into v_taken from taken;
          return v_taken;
        end $$;

      -- Holds the sums of a center, or of a center with all below it, against its cases, mends them, and says how many were
      -- wrong; those of a center not summed before are made by it. What waits to be added is left to be added. A place of
      -- many centers takes what places below it have summed.
      create or replace function app.mend_figures(p_scope uuid, p_subtree boolean, p_now timestamptz) returns integer language plpgsql ${DEFINER} as $$
        declare v_wrong integer; v_below uuid[]; v_own uuid[]; v_before text := app.elevate();
          v_by_day boolean := false; v_days_below uuid[]; v_days_own uuid[]; v_by_holder boolean := false;
          v_by_kind_and_day boolean := false; v_kinds_below uuid[]; v_kinds_own uuid[];
          ${only("v_alone uuid[] := '{}';")}
        begin
          perform pg_advisory_xact_lock(727010, 0);
          v_own := array[p_scope];
          if p_subtree then
            select coalesce(array_agg(x.scope_id), '{}') into v_below
              from app.figure_scope x join center c on c.id = x.scope_id
             where x.is_subtree and c.ancestor_center_ids @> array[p_scope] and not exists (
               select 1 from app.figure_scope y join center z on z.id = y.scope_id
                where y.is_subtree and z.ancestor_center_ids @> array[p_scope] and z.id = any (c.ancestor_center_ids));
            select array_agg(c.id) into v_own from center c
             where (c.id = p_scope or c.ancestor_center_ids @> array[p_scope])
               and not c.id = any (v_below) and not c.ancestor_center_ids && v_below;
            select count(*) >= app.many_centers() into v_by_day from center c where c.ancestor_center_ids @> array[p_scope];
            select coalesce(array_agg(x.scope_id), '{}') into v_days_below
              from app.figure_scope x join center c on c.id = x.scope_id
             where v_by_day and x.is_subtree and x.is_by_day and c.ancestor_center_ids @> array[p_scope] and not exists (
               select 1 from app.figure_scope y join center z on z.id = y.scope_id
                where y.is_subtree and y.is_by_day and z.ancestor_center_ids @> array[p_scope] and z.id = any (c.ancestor_center_ids));
            select coalesce(array_agg(c.id), '{}') into v_days_own from center c
             where v_by_day and (c.id = p_scope or c.ancestor_center_ids @> array[p_scope])
               and not c.id = any (v_days_below) and not c.ancestor_center_ids && v_days_below;
            -- What places below have is known from their sums; only the rest is counted.
            select coalesce((select sum(c.n) from app.figure_cell c where c.scope_id = any (v_below) and c.dim = 1 and c.basis = 1), 0)
                   + (select count(*) from (select 1 from app.figure_fact f where f.center_id = any (v_own) limit app.very_many_cases()) f)
                   >= app.very_many_cases() into v_by_kind_and_day;
            select coalesce(array_agg(x.scope_id), '{}') into v_kinds_below
              from app.figure_scope x join center c on c.id = x.scope_id
             where v_by_kind_and_day and x.is_subtree and x.is_by_kind_and_day and c.ancestor_center_ids @> array[p_scope] and not exists (
               select 1 from app.figure_scope y join center z on z.id = y.scope_id
                where y.is_subtree and y.is_by_kind_and_day and z.ancestor_center_ids @> array[p_scope] and z.id = any (c.ancestor_center_ids));
            select coalesce(array_agg(c.id), '{}') into v_kinds_own from center c
             where v_by_kind_and_day and (c.id = p_scope or c.ancestor_center_ids @> array[p_scope])
               and not c.id = any (v_kinds_below) and not c.ancestor_center_ids && v_kinds_below;
          else
            select count(*) = app.many_cases() into v_by_holder
              from (select 1 from app.figure_fact f where f.center_id = p_scope limit app.many_cases()) f;
            ${only(`select v_by_holder and count(*) >= app.very_many_cases() / 4 into v_by_kind_and_day
              from (select 1 from app.figure_fact f where f.center_id = p_scope limit app.very_many_cases() / 4) f;
            -- Its months are made of its days: its cases are read once.
            if v_by_kind_and_day then v_alone := v_own; v_own := '{}'; end if;`)}
          end if;
          with ${only(`days as materialized (${summedByEachAndDay(HOLDERS_BY_DAY, 'v_alone', ALONE_BY_DAY)}),`)}
          due as (
            select ${CELL}, sum(n)::bigint as n, sum(weight)::bigint as weight, sum(daily)::bigint as daily from (
              ${summed(
                casesOf('v_own'),
                `cross join lateral (
                   select p_scope as scope_id, 0::smallint as dim, '' as key where not p_subtree
                   union all
                   select p_scope, v.dim, v.key from ${DIMS} where p_subtree) k`,
                'month',
              )}
              union all
              select p_scope, dim, basis, figure, month, key, verdict, note, ${SUMS} from app.figure_cell
               where scope_id = any (v_below) and dim between 1 and 4
              union all ${summed(
                casesOf('v_days_own'),
                `cross join lateral (select p_scope as scope_id, ${BY_DAY}::smallint as dim, '' as key) k`,
                'day',
              )}
              union all
              select p_scope, dim, basis, figure, month, key, verdict, note, ${SUMS} from app.figure_cell
               where scope_id = any (v_days_below) and dim = ${BY_DAY}
              union all ${summedByEach(HOLDERS, `select *, p_scope as scope_id from (${casesOf('v_own')}) o where v_by_holder`, 'month')}
              union all ${summedByEachAndDay(KINDS, 'v_kinds_own')}
              union all
              select p_scope, dim, basis, figure, month, key, verdict, note, ${SUMS} from app.figure_cell
               where scope_id = any (v_kinds_below) and dim between ${LAST_HOLDER + 1} and ${LAST_KIND}
              ${only(`union all
              select ${CELL}, ${SUMS} from days
              union all
              select scope_id, (case dim when ${ALONE_BY_DAY} then 0 else dim - ${HOLDERS_BY_DAY.committee_id - HOLDERS.committee_id} end)::smallint, basis, figure, date_trunc('month', month)::date, key, verdict, note, ${SUMS}
                from days`)}) a
            group by ${CELL}),
          held as (select * from app.figure_cell where scope_id = p_scope and ${isSubtree} = p_subtree),
          wrong as (
            select * from (
              select ${CELL}, coalesce(d.n, 0) - coalesce(h.n, 0) as n, coalesce(d.weight, 0) - coalesce(h.weight, 0) as weight,
                     coalesce(d.daily, 0) - coalesce(h.daily, 0) as daily
                from due d full join held h using (${CELL})) w
             where w.n <> 0 or w.weight <> 0 or w.daily <> 0),
          mended as (
            insert into app.figure_cell as c (${CELL}, ${SUMS}) select ${CELL}, ${SUMS} from wrong order by ${CELL}
            on conflict (${CELL}) do update set ${ADDED})
          select count(*)::int into v_wrong from wrong;
          delete from app.figure_cell where scope_id = p_scope and ${isSubtree} = p_subtree and n = 0 and weight = 0 and daily = 0;
          insert into app.figure_scope as s (scope_id, is_subtree, built_at, is_by_day, is_by_holder, is_by_kind_and_day)
            values (p_scope, p_subtree, p_now, v_by_day, v_by_holder, v_by_kind_and_day)
            on conflict (scope_id, is_subtree) do update
              set built_at = excluded.built_at, is_by_day = excluded.is_by_day, is_by_holder = excluded.is_by_holder,
                  is_by_kind_and_day = excluded.is_by_kind_and_day;
          perform set_config('app.principal', v_before, true);
          return v_wrong;
        end $$;
  `);
}
