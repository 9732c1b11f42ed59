import type { MigrationInterface, QueryRunner } from 'typeorm';

const TOLD = `figure, center_id, period_at, cohort_at, verdict, note, weight, daily, dispute_type, channel, level`;
const CELL = 'scope_id, dim, basis, figure, month, key, verdict, note';
const SUMS = 'n, weight, daily';
const ADDED = SUMS.split(', ')
  .map((sum) => `${sum} = c.${sum} + excluded.${sum}`)
  .join(', ');

/** Sums by day, of places with so many centers below them: what is counted of fewer is soon counted. */
const BY_DAY = 5;
const MANY_CENTERS = 50;

/** Sums of cases (alias f, with their sign and the scopes that hold them) as cells; both bases. */
const summed = (rows: string, scopes: string, span: 'month' | 'day'): string => `
  select k.scope_id, k.dim, s.basis, s.figure, s.month, k.key, s.verdict, s.note, sum(s.n)::bigint as n, sum(s.weight)::bigint as weight,
         sum(s.daily)::bigint as daily
    from (select f.center_id, b.basis, f.figure, date_trunc('${span}', b.at at time zone 'Asia/Shanghai')::date as month, f.verdict,
                 coalesce(f.note, 0::smallint) as note, ${span === 'day' ? 'null::text as dispute_type, null::text as channel, null::smallint as level' : 'f.dispute_type, f.channel, f.level'},
                 sum(f.sign) as n, sum(f.sign * f.weight) as weight, sum(f.sign * f.daily) as daily
            from (${rows}) f cross join lateral (values (1::smallint, f.period_at), (2::smallint, f.cohort_at)) b(basis, at)
           where b.at is not null group by 1, 2, 3, 4, 5, 6, 7, 8, 9) s
    ${scopes}
   group by 1, 2, 3, 4, 5, 6, 7, 8`;

const DIMS = `(values (1::smallint, ''), (2::smallint, coalesce(s.dispute_type, '')), (3::smallint, coalesce(s.channel, '')),
  (4::smallint, coalesce(s.level::text, ''))) v(dim, key)`;

const casesOf = (centers: string): string => `
  select 1 as sign, ${TOLD} from app.figure_fact where center_id = any (${centers})
  union all
  select -sign, ${TOLD} from app.figure_delta where center_id = any (${centers})`;

const DEFINER = 'security definer set search_path = pg_catalog, public, pg_temp';

/**
 * A period that ends today is held against the same days of others, and these end in the middle of a month: places with very many cases
 * have sums by day for that.
 */
export class FiguresByDay1763600000075 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table app.figure_cell drop constraint figure_cell_dim_known, add constraint figure_cell_dim_known check (dim between 0 and ${BY_DAY});
      comment on column app.figure_cell.dim is
        '0 of the center alone; with all below it: 1 all, 2 by type, 3 by channel, 4 by level, 5 all by day where there are many centers.';
      comment on column app.figure_cell.month is 'First day of the month; of what is summed by day the day.';
      alter table app.figure_scope add column is_by_day boolean not null default false;
      comment on column app.figure_scope.is_by_day is 'With all below it there are sums by day as well.';
    `);
    await runner.query(`
      -- Of so many centers and more below one there are sums by day.
      create function app.many_centers() returns integer language sql immutable parallel safe as $$ select ${MANY_CENTERS} $$;
      revoke all on function app.many_centers() from public;
    `);
    await functions(runner, true);
    // They are made anew by the program: what is there already stays.
    await runner.query('delete from app.figure_scope where is_subtree');
  }

  async down(runner: QueryRunner): Promise<void> {
    await functions(runner, false);
    await runner.query(`
      drop function app.many_centers();
      delete from app.figure_cell where dim = ${BY_DAY};
      alter table app.figure_scope drop column is_by_day;
      alter table app.figure_cell drop constraint figure_cell_dim_known, add constraint figure_cell_dim_known check (dim between 0 and 4);
      comment on column app.figure_cell.dim is '0 of the center alone; with all below it: 1 all, 2 by type, 3 by channel, 4 by level.';
      comment on column app.figure_cell.month is 'First day of the month.';
    `);
  }
}

async function functions(runner: QueryRunner, byDay: boolean): Promise<void> {
  const only = (text: string): string => (byDay ? text : '');
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
            ${only(
              `union all ${summed(
                'select * from taken',
                `join center ce on ce.id = s.center_id
               cross join lateral (
                 select x.scope_id, ${BY_DAY}::smallint as dim, '' as key from app.figure_scope x
                  where x.is_subtree and x.is_by_day and x.scope_id = any (ce.ancestor_center_ids || ce.id)) k`,
                'day',
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
          ${only('v_by_day boolean := false; v_days_below uuid[]; v_days_own uuid[];')}
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
            ${only(`
            select count(*) >= app.many_centers() into v_by_day from center c where c.ancestor_center_ids @> array[p_scope];
            select coalesce(array_agg(x.scope_id), '{}') into v_days_below
              from app.figure_scope x join center c on c.id = x.scope_id
             where v_by_day and x.is_subtree and x.is_by_day and c.ancestor_center_ids @> array[p_scope] and not exists (
               select 1 from app.figure_scope y join center z on z.id = y.scope_id
                where y.is_subtree and y.is_by_day and z.ancestor_center_ids @> array[p_scope] and z.id = any (c.ancestor_center_ids));
            select coalesce(array_agg(c.id), '{}') into v_days_own from center c
             where v_by_day and (c.id = p_scope or c.ancestor_center_ids @> array[p_scope])
               and not c.id = any (v_days_below) and not c.ancestor_center_ids && v_days_below;`)}
          end if;
          with due as (
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
              ${only(`union all ${summed(
                casesOf('v_days_own'),
                `cross join lateral (select p_scope as scope_id, ${BY_DAY}::smallint as dim, '' as key) k`,
                'day',
              )}
              union all
              select p_scope, dim, basis, figure, month, key, verdict, note, ${SUMS} from app.figure_cell
               where scope_id = any (v_days_below) and dim = ${BY_DAY}`)}) a
            group by ${CELL}),
          held as (select * from app.figure_cell where scope_id = p_scope and (dim > 0) = p_subtree),
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
          delete from app.figure_cell where scope_id = p_scope and (dim > 0) = p_subtree and n = 0 and weight = 0 and daily = 0;
          insert into app.figure_scope as s (scope_id, is_subtree, built_at${only(', is_by_day')}) values (p_scope, p_subtree, p_now${only(', v_by_day')})
            on conflict (scope_id, is_subtree) do update set built_at = excluded.built_at${only(', is_by_day = excluded.is_by_day')};
          perform set_config('app.principal', v_before, true);
          return v_wrong;
        end $$;
    `);
}
