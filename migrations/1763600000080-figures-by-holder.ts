import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = `figure, subject_id, dispute_id, center_id, period_at, cohort_at, verdict, note, weight, daily, turns_at, dispute_type,
  channel, place_unit_id, committee_id, mediator_id, agency_id, local_type_id, level`;
const KEY = ['dispute_id', 'figure', 'subject_id'];
const sameKey = (a: string, b: string): string => KEY.map((k) => `${a}.${k} = ${b}.${k}`).join(' and ');
const CHANGING = COLUMNS.split(',')
  .map((c) => c.trim())
  .filter((c) => !KEY.includes(c));
const CELL = 'scope_id, dim, basis, figure, month, key, verdict, note';
const SUMS = 'n, weight, daily';
const ADDED = SUMS.split(', ')
  .map((sum) => `${sum} = c.${sum} + excluded.${sum}`)
  .join(', ');
/** Sums by day, of places with many centers below them (075). */
const BY_DAY = 5;
/** Whom and what a case hangs on, and the dim of its sums: of centers that have very many cases themselves. */
const HOLDERS = { committee_id: 6, mediator_id: 7, agency_id: 8, place_unit_id: 9, local_type_id: 10 } as const;
const HELD = Object.keys(HOLDERS);
const LAST_DIM = 10;
const MANY_CASES = 500_000;

/** What of a case is told apart in sums. */
const toldOf = (byHolder: boolean): string =>
  `figure, center_id, period_at, cohort_at, verdict, note, weight, daily, dispute_type, channel, level${byHolder ? `, ${HELD.join(', ')}` : ''}`;

const BASES = `cross join lateral (values (1::smallint, f.period_at), (2::smallint, f.cohort_at)) b(basis, at)`;

/** Sums of cases (alias f, with their sign and the scopes that hold them) as cells; both bases. */
const summed = (rows: string, scopes: string, span: 'month' | 'day'): string => `
  select k.scope_id, k.dim, s.basis, s.figure, s.month, k.key, s.verdict, s.note, sum(s.n)::bigint as n, sum(s.weight)::bigint as weight,
         sum(s.daily)::bigint as daily
    from (select f.center_id, b.basis, f.figure, date_trunc('${span}', b.at at time zone 'Asia/Shanghai')::date as month, f.verdict,
                 coalesce(f.note, 0::smallint) as note, ${span === 'day' ? 'null::text as dispute_type, null::text as channel, null::smallint as level' : 'f.dispute_type, f.channel, f.level'},
                 sum(f.sign) as n, sum(f.sign * f.weight) as weight, sum(f.sign * f.daily) as daily
            from (${rows}) f ${BASES}
           where b.at is not null group by 1, 2, 3, 4, 5, 6, 7, 8, 9) s
    ${scopes}
   group by 1, 2, 3, 4, 5, 6, 7, 8`;

/** Sums of cases (alias f) of centers alone, by each of whom and what they hang on. */
const summedByHolder = (rows: string): string => `
  select f.center_id as scope_id,
         (case ${HELD.map((column) => `when grouping(f.${column}) = 0 then ${HOLDERS[column as keyof typeof HOLDERS]}`).join(' ')} end)::smallint as dim, b.basis, f.figure,
         date_trunc('month', b.at at time zone 'Asia/Shanghai')::date as month, coalesce(coalesce(${HELD.map((column) => `f.${column}`).join(', ')})::text, '') as key,
         f.verdict, coalesce(f.note, 0::smallint) as note, sum(f.sign)::bigint as n, sum(f.sign * f.weight)::bigint as weight, sum(f.sign * f.daily)::bigint as daily
    from (${rows}) f ${BASES}
   where b.at is not null
   group by f.center_id, b.basis, f.figure, 5, f.verdict, 8, grouping sets (${HELD.map((column) => `(f.${column})`).join(', ')})`;

const DIMS = `(values (1::smallint, ''), (2::smallint, coalesce(s.dispute_type, '')), (3::smallint, coalesce(s.channel, '')),
  (4::smallint, coalesce(s.level::text, ''))) v(dim, key)`;

const DEFINER = 'security definer set search_path = pg_catalog, public, pg_temp';

/**
 * By mediator, committee, agency, place and finer kind, figures were counted case by case: of a center that has a million matters that
 * takes as long as it has cases. Such centers have sums by these as well.
 */
export class FiguresByHolder1763600000080 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table app.figure_cell drop constraint figure_cell_dim_known,
        add constraint figure_cell_dim_known check (dim between 0 and ${LAST_DIM});
      comment on column app.figure_cell.dim is
        '0 of the center alone, of one with very many cases also 6 by committee, 7 by mediator, 8 by agency, 9 by place, 10 by finer kind; with all below it: 1 all, 2 by type, 3 by channel, 4 by level, 5 all by day where there are many centers.';
      comment on column app.figure_cell.key is 'The type, channel or level, or whom it hangs on; empty for all and for none.';
      alter table app.figure_scope add column is_by_holder boolean not null default false;
      comment on column app.figure_scope.is_by_holder is 'There are sums by committee, mediator, agency, place and finer kind as well.';
      alter table app.figure_delta ${HELD.map((column) => `add column ${column} uuid`).join(', ')};
      comment on column app.figure_delta.committee_id is 'The committee that has it.';
      comment on column app.figure_delta.mediator_id is 'Who has it in hand.';
      comment on column app.figure_delta.agency_id is 'The agency that was called.';
      comment on column app.figure_delta.place_unit_id is 'Where it happened.';
      comment on column app.figure_delta.local_type_id is 'The finer kind that the center has set.';
      -- Of a center with so many cases and more there are sums by whom they hang on.
      create function app.many_cases() returns integer language sql immutable parallel safe as $$ select ${MANY_CASES} $$;
      revoke all on function app.many_cases() from public;
    `);
    await functions(runner, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await functions(runner, false);
    await runner.query(`
      drop function app.many_cases();
      alter table app.figure_delta ${HELD.map((column) => `drop column ${column}`).join(', ')};
      delete from app.figure_cell where dim > ${BY_DAY};
      alter table app.figure_scope drop column is_by_holder;
      comment on column app.figure_cell.key is 'The type, channel or level; empty for all and for none.';
      comment on column app.figure_cell.dim is
        '0 of the center alone; with all below it: 1 all, 2 by type, 3 by channel, 4 by level, 5 all by day where there are many centers.';
      alter table app.figure_cell drop constraint figure_cell_dim_known,
        add constraint figure_cell_dim_known check (dim between 0 and ${BY_DAY});
    `);
  }
}

async function functions(runner: QueryRunner, byHolder: boolean): Promise<void> {
  const only = (text: string): string => (byHolder ? text : '');
  const told = toldOf(byHolder);
  const casesOf = (centers: string): string => `
    select 1 as sign, ${told} from app.figure_fact where center_id = any (${centers})
    union all
    select -sign, ${told} from app.figure_delta where center_id = any (${centers})`;
  const isSubtree = (dim: string): string => (byHolder ? `(${dim} between 1 and ${BY_DAY})` : `(${dim} > 0)`);
  await runner.query(`
      -- Brings the cases of matters in step with what the tables say at an instant, and leaves word of what changed. One
      -- statement, one append for each case that changed: nothing that another matter would wait for.
      create or replace function app.keep_figures(p_disputes uuid[], p_now timestamptz, p_tell boolean default true) returns integer language plpgsql ${DEFINER}
        set plan_cache_mode = force_generic_plan as $$
        declare v_before text := app.elevate(); v_changed integer;
        begin
          -- Two acts on one matter that lock different rows of it would both count the same case.
          perform pg_advisory_xact_lock(727011, hashtext(d::text)) from (select unnest(p_disputes) as d order by 1) o;
          with found as materialized (
            select ${COLUMNS} from app.figure_rows_at(p_now) where dispute_id = any (p_disputes)),
          kept as materialized (select ${COLUMNS} from app.figure_fact where dispute_id = any (p_disputes)),
          come as materialized (select * from found except select * from kept),
          gone as materialized (select * from kept except select * from found),
          removed as (delete from app.figure_fact f using gone g where ${sameKey('f', 'g')}
            and not exists (select 1 from come c where ${sameKey('c', 'g')})),
          written as (insert into app.figure_fact (${COLUMNS}) select ${COLUMNS} from come
            on conflict (${KEY.join(', ')}) do update set ${CHANGING.map((c) => `${c} = excluded.${c}`).join(', ')}),
          told as (insert into app.figure_delta (sign, ${told})
            select -1, ${told} from gone where p_tell union all select 1, ${told} from come where p_tell)
          select count(*)::int into v_changed from come;
          perform set_config('app.principal', v_before, true);
          return v_changed;
        end $$;

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
            ${only(
              `union all ${summedByHolder(
                'select t.* from taken t join app.figure_scope x on x.scope_id = t.center_id and not x.is_subtree and x.is_by_holder',
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
          v_by_day boolean := false; v_days_below uuid[]; v_days_own uuid[]; ${only('v_by_holder boolean := false;')}
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
          ${only(`else
            select count(*) = app.many_cases() into v_by_holder
              from (select 1 from app.figure_fact f where f.center_id = p_scope limit app.many_cases()) f;`)}
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
              union all ${summed(
                casesOf('v_days_own'),
                `cross join lateral (select p_scope as scope_id, ${BY_DAY}::smallint as dim, '' as key) k`,
                'day',
              )}
              union all
              select p_scope, dim, basis, figure, month, key, verdict, note, ${SUMS} from app.figure_cell
               where scope_id = any (v_days_below) and dim = ${BY_DAY}
              ${only(`union all ${summedByHolder(`select * from (${casesOf('v_own')}) o where v_by_holder`)}`)}) a
            group by ${CELL}),
          held as (select * from app.figure_cell where scope_id = p_scope and ${isSubtree('dim')} = p_subtree),
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
          delete from app.figure_cell where scope_id = p_scope and ${isSubtree('dim')} = p_subtree and n = 0 and weight = 0 and daily = 0;
          insert into app.figure_scope as s (scope_id, is_subtree, built_at, is_by_day${only(', is_by_holder')}) values (p_scope, p_subtree, p_now, v_by_day${only(', v_by_holder')})
            on conflict (scope_id, is_subtree) do update set built_at = excluded.built_at, is_by_day = excluded.is_by_day${only(', is_by_holder = excluded.is_by_holder')};
          perform set_config('app.principal', v_before, true);
          return v_wrong;
        end $$;
  `);
}
