import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM } from './support';

/** What is kept of a case of a figure: as app.figure_facts_at, and by how much a day its weight grows. */
const COLUMNS = `figure, subject_id, dispute_id, center_id, period_at, cohort_at, verdict, note, weight, daily, turns_at, dispute_type,
  channel, place_unit_id, committee_id, mediator_id, agency_id, local_type_id, level`;
/** What of it is told apart in sums. */
const TOLD = `figure, center_id, period_at, cohort_at, verdict, note, weight, daily, dispute_type, channel, level`;
const KEY = ['dispute_id', 'figure', 'subject_id'];
const sameKey = (a: string, b: string): string => KEY.map((k) => `${a}.${k} = ${b}.${k}`).join(' and ');
const CHANGING = COLUMNS.split(',')
  .map((c) => c.trim())
  .filter((c) => !KEY.includes(c));

const monthOf = (at: string): string => `date_trunc('month', ${at} at time zone 'Asia/Shanghai')::date`;
const CELL = 'scope_id, dim, basis, figure, month, key, verdict, note';
const SUMS = 'n, weight, daily';
const ADDED = SUMS.split(', ')
  .map((sum) => `${sum} = c.${sum} + excluded.${sum}`)
  .join(', ');
/** Code of the figure whose cases grow by a day each day (056). */
const PAUSED = 7;
/** Code of the figure that depends on how long a center observes an outcome. */
const SETTLED = 5;

/** Sums of cases (alias f, with their sign and the scopes that hold them) as cells; both bases. */
const summed = (rows: string, scopes: string): string => `
  select k.scope_id, k.dim, s.basis, s.figure, s.month, k.key, s.verdict, s.note, sum(s.n)::bigint as n, sum(s.weight)::bigint as weight,
         sum(s.daily)::bigint as daily
    from (select f.center_id, b.basis, f.figure, ${monthOf('b.at')} as month, f.verdict, coalesce(f.note, 0::smallint) as note,
                 f.dispute_type, f.channel, f.level, sum(f.sign) as n, sum(f.sign * f.weight) as weight, sum(f.sign * f.daily) as daily
            from (${rows}) f cross join lateral (values (1::smallint, f.period_at), (2::smallint, f.cohort_at)) b(basis, at)
           where b.at is not null group by 1, 2, 3, 4, 5, 6, 7, 8, 9) s
    ${scopes}
   group by 1, 2, 3, 4, 5, 6, 7, 8`;

/** What is told apart of a place with all below it, by dim. */
const DIMS = `(values (1::smallint, ''), (2::smallint, coalesce(s.dispute_type, '')), (3::smallint, coalesce(s.channel, '')),
  (4::smallint, coalesce(s.level::text, ''))) v(dim, key)`;

/** Figures as they stand: a row for each case, sums by month, and what has not been added to the sums yet. */
export class FigureCells1763600000057 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.figure_fact (
        figure smallint not null,
        subject_id uuid not null,
        dispute_id uuid not null,
        center_id uuid not null,
        period_at timestamptz,
        cohort_at timestamptz,
        verdict smallint not null,
        note smallint,
        weight bigint not null,
        daily smallint not null,
        turns_at timestamptz,
        dispute_type text,
        channel text,
        place_unit_id uuid,
        committee_id uuid,
        mediator_id uuid,
        agency_id uuid,
        local_type_id uuid,
        level smallint,
        primary key (dispute_id, figure, subject_id)
      );
      create index figure_fact_period on app.figure_fact (center_id, figure, period_at, subject_id) include (verdict, note, weight, daily);
      create index figure_fact_cohort on app.figure_fact (center_id, figure, cohort_at, subject_id) include (verdict, note, weight, daily)
        where cohort_at is not null;
      create index figure_fact_turns on app.figure_fact (turns_at, dispute_id) include (center_id) where turns_at is not null;

      create table app.figure_delta (
        id bigint generated always as identity primary key,
        sign smallint not null,
        figure smallint not null,
        center_id uuid not null,
        period_at timestamptz,
        cohort_at timestamptz,
        verdict smallint not null,
        note smallint,
        weight bigint not null,
        daily smallint not null,
        dispute_type text,
        channel text,
        level smallint,
        constraint figure_delta_sign_known check (sign in (-1, 1))
      ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

      create table app.figure_cell (
        scope_id uuid not null,
        dim smallint not null,
        basis smallint not null,
        figure smallint not null,
        month date not null,
        key text not null,
        verdict smallint not null,
        note smallint not null,
        n bigint not null,
        weight bigint not null,
        daily bigint not null,
        primary key (${CELL}),
        constraint figure_cell_dim_known check (dim between 0 and 4),
        constraint figure_cell_basis_known check (basis in (1, 2))
      ) with (fillfactor = 90);

      create table app.figure_scope (
        scope_id uuid not null,
        is_subtree boolean not null,
        built_at timestamptz not null,
        primary key (scope_id, is_subtree)
      );

      create table app.figure_build (
        is_only boolean primary key default true check (is_only),
        place uuid,
        is_done boolean not null,
        rechecked uuid
      );
      do $$ declare v_before text := app.elevate();
        begin
          insert into app.figure_build (is_done) select not exists (select 1 from dispute);
          perform set_config('app.principal', v_before, true);
        end $$;

      create index dispute_sealed on dispute (center_id) where is_sealed;
    `);
    for (const table of ['figure_fact', 'figure_delta', 'figure_cell', 'figure_scope', 'figure_build']) {
      await runner.query(`
        alter table app.${table} enable row level security;
        grant select on app.${table} to zongzhi_app;
        create policy ${table}_select on app.${table} for select using (${IS_SYSTEM});
        comment on policy ${table}_select on app.${table} is
          'Read by the program for whoever may ask for figures; written only by its functions.';
      `);
    }
    await this.functions(runner);
    await this.describe(runner);
  }

  private async functions(runner: QueryRunner): Promise<void> {
    const definer = 'security definer set search_path = pg_catalog, public, pg_temp';
    await runner.query(`
      -- Days since a fixed one: the weight of what grows with the days is kept as of that day, so that no midnight rewrites
      -- every open matter.
      create function app.day_number(p_now timestamptz) returns integer language sql immutable parallel safe as $$
        select (p_now at time zone 'Asia/Shanghai')::date - date '2000-01-01' $$;
      create function app.figure_rows_at(p_now timestamptz) returns table (
        figure smallint, subject_id uuid, dispute_id uuid, center_id uuid, period_at timestamptz, cohort_at timestamptz,
        verdict smallint, note smallint, weight bigint, daily smallint, turns_at timestamptz, dispute_type text, channel text,
        place_unit_id uuid, committee_id uuid, mediator_id uuid, agency_id uuid, local_type_id uuid, level smallint)
        language sql stable as $$
        select f.figure, f.subject_id, f.dispute_id, f.center_id, f.period_at, f.cohort_at, f.verdict, f.note,
               case when g.grows then f.weight - app.day_number(p_now) else f.weight end, g.grows::int::smallint,
               case when not g.grows then f.turns_at end, f.dispute_type, f.channel, f.place_unit_id, f.committee_id,
               f.mediator_id, f.agency_id, f.local_type_id, f.level
          from app.figure_facts_at(p_now) f
         cross join lateral (select f.figure = ${PAUSED} and f.weight > 0 and f.turns_at is not null as grows) g $$;

      -- Brings the cases of matters in step with what the tables say at an instant, and leaves word of what changed. One
      -- statement, one append for each case that changed: nothing that another matter would wait for.
      create function app.keep_figures(p_disputes uuid[], p_now timestamptz, p_tell boolean default true) returns integer language plpgsql ${definer}
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
          told as (insert into app.figure_delta (sign, ${TOLD})
            select -1, ${TOLD} from gone where p_tell union all select 1, ${TOLD} from come where p_tell)
          select count(*)::int into v_changed from come;
          perform set_config('app.principal', v_before, true);
          return v_changed;
        end $$;

      -- Cases of some matters as the tables say; planned once for all.
      create function app.figures_of(p_disputes uuid[], p_now timestamptz) returns setof app.figure_fact language plpgsql stable
        set plan_cache_mode = force_generic_plan as $$
        begin
          return query select ${COLUMNS} from app.figure_rows_at(p_now) where dispute_id = any (p_disputes);
        end $$;

      -- Adds what has changed to the sums. Several may do so at once: each takes what no other holds, and all write in the
      -- order of the key. Ended in the middle, it has done nothing.
      create function app.fold_figures(p_limit integer) returns integer language plpgsql ${definer} as $$
        declare v_taken integer;
        begin
          perform pg_advisory_xact_lock_shared(727010, 0);
          with taken as (
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
            )}) m where m.n <> 0 or m.weight <> 0 or m.daily <> 0 order by ${CELL}
            on conflict (${CELL}) do update set ${ADDED})
          select count(*)::int into v_taken from taken;
          return v_taken;
        end $$;

      -- Brings matters whose cases the clock alone has turned in step; those that an act holds come at the next turn.
      create function app.turn_figures(p_now timestamptz, p_limit integer) returns integer language plpgsql ${definer} as $$
        declare v_turned uuid[];
        begin
          select array_agg(t.dispute_id) into v_turned from (
            select distinct f.dispute_id from app.figure_fact f where f.turns_at <= p_now limit p_limit) t
            where pg_try_advisory_xact_lock(727011, hashtext(t.dispute_id::text));
          if v_turned is null then return 0; end if;
          perform app.keep_figures(v_turned, p_now);
          return cardinality(v_turned);
        end $$;

      -- The next matters of those that were there before figures were kept; false when there are no more.
      create function app.build_figures(p_now timestamptz, p_limit integer) returns boolean language plpgsql ${definer} as $$
        declare v_build app.figure_build; v_ids uuid[]; v_before text := app.elevate();
        begin
          select * into v_build from app.figure_build for update;
          if not v_build.is_done then
            select array_agg(d.id order by d.id) into v_ids from (
              select d.id from dispute d where v_build.place is null or d.id > v_build.place order by d.id limit p_limit) d;
            if v_ids is null then
              update app.figure_build set is_done = true;
            else
              perform app.keep_figures(v_ids, p_now, false);
              update app.figure_build set place = v_ids[cardinality(v_ids)];
            end if;
          end if;
          perform set_config('app.principal', v_before, true);
          return v_ids is not null;
        end $$;

      -- Holds the sums of a center, or of a center with all below it, against its cases, mends them, and says how many were
      -- wrong; those of a center not summed before are made by it. What waits to be added is left to be added. A place of
      -- many centers takes what places below it have summed.
      create function app.mend_figures(p_scope uuid, p_subtree boolean, p_now timestamptz) returns integer language plpgsql ${definer} as $$
        declare v_wrong integer; v_below uuid[]; v_own uuid[]; v_before text := app.elevate();
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
          end if;
          with due as (
            select ${CELL}, sum(n)::bigint as n, sum(weight)::bigint as weight, sum(daily)::bigint as daily from (
              ${summed(
                `select 1 as sign, ${TOLD} from app.figure_fact where center_id = any (v_own)
                 union all
                 select -sign, ${TOLD} from app.figure_delta where center_id = any (v_own)`,
                `cross join lateral (
                   select p_scope as scope_id, 0::smallint as dim, '' as key where not p_subtree
                   union all
                   select p_scope, v.dim, v.key from ${DIMS} where p_subtree) k`,
              )}
              union all
              select p_scope, dim, basis, figure, month, key, verdict, note, ${SUMS} from app.figure_cell
               where scope_id = any (v_below) and dim > 0) a
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
          insert into app.figure_scope as s (scope_id, is_subtree, built_at) values (p_scope, p_subtree, p_now)
            on conflict (scope_id, is_subtree) do update set built_at = excluded.built_at;
          perform set_config('app.principal', v_before, true);
          return v_wrong;
        end $$;

      -- The next matters whose cases are not what the tables say: brought in step, and told. Null for the next when through.
      create function app.recheck_figures(p_now timestamptz, p_limit integer, out next_id uuid, out wrong uuid[])
        language plpgsql ${definer} set plan_cache_mode = force_generic_plan as $$
        declare v_ids uuid[]; v_from uuid; v_before text := app.elevate();
        begin
          select b.rechecked into v_from from app.figure_build b for update;
          select array_agg(d.id order by d.id) into v_ids from (
            select d.id from dispute d where v_from is null or d.id > v_from order by d.id limit p_limit) d;
          next_id := v_ids[cardinality(v_ids)];
          update app.figure_build set rechecked = next_id;
          with found as materialized (select ${COLUMNS} from app.figure_rows_at(p_now) where dispute_id = any (v_ids)),
          kept as materialized (select ${COLUMNS} from app.figure_fact where dispute_id = any (v_ids))
          select coalesce(array_agg(distinct w.dispute_id), '{}') into wrong from (
            (select * from found except select * from kept) union all (select * from kept except select * from found)) w;
          if cardinality(wrong) > 0 then perform app.keep_figures(wrong, p_now); end if;
          perform set_config('app.principal', v_before, true);
        end $$;

      -- A center that comes under another takes its cases out of sums that are there already: they are made anew.
      create function app.center_moved() returns trigger language plpgsql ${definer} as $$
        begin
          perform pg_advisory_xact_lock(727010, 0);
          delete from app.figure_scope s
           where s.is_subtree and s.scope_id = any (old.ancestor_center_ids || new.ancestor_center_ids || new.id);
          return null;
        end $$;
      create trigger center_moved after update of ancestor_center_ids on center for each row
        when (old.ancestor_center_ids is distinct from new.ancestor_center_ids) execute function app.center_moved();
      -- Outcomes observed for another time than before turn at once.
      create function app.center_observes() returns trigger language plpgsql ${definer} as $$
        begin
          update app.figure_fact set turns_at = '-infinity' where center_id = new.id and figure = ${SETTLED};
          return null;
        end $$;
      create trigger center_observes after update of relapse_days on center for each row
        when (old.relapse_days is distinct from new.relapse_days) execute function app.center_observes();

      -- The unit of a kind in which another lies on a day; itself where it is of that kind.
      create function app.unit_within(p_unit uuid, p_kind text, p_day date) returns uuid language sql stable as $$
        with recursive up(id, depth) as (
          select p_unit, 0
          union all
          select v.parent_id, up.depth + 1 from up join org_unit_version v on v.unit_id = up.id
           where v.parent_id is not null and v.valid_from <= p_day and (v.valid_to is null or v.valid_to > p_day) and up.depth < 8)
        select u.id from up join org_unit u on u.id = up.id where u.kind = p_kind order by up.depth limit 1 $$;
      -- A unit and all that lie in it on a day.
      create function app.units_below(p_unit uuid, p_day date) returns setof uuid language sql stable as $$
        with recursive down(id) as (
          select p_unit
          union
          select v.unit_id from down join org_unit_version v on v.parent_id = down.id
           where v.valid_from <= p_day and (v.valid_to is null or v.valid_to > p_day))
        select id from down $$;

      revoke all on function app.day_number(timestamptz), app.figure_rows_at(timestamptz), app.center_observes(), app.figures_of(uuid[], timestamptz), app.keep_figures(uuid[], timestamptz, boolean), app.fold_figures(integer), app.turn_figures(timestamptz, integer),
        app.build_figures(timestamptz, integer), app.mend_figures(uuid, boolean, timestamptz),
        app.recheck_figures(timestamptz, integer), app.center_moved(), app.unit_within(uuid, text, date),
        app.units_below(uuid, date) from public;
      grant execute on function app.day_number(timestamptz), app.figure_rows_at(timestamptz), app.figures_of(uuid[], timestamptz), app.keep_figures(uuid[], timestamptz, boolean), app.fold_figures(integer), app.turn_figures(timestamptz, integer),
        app.build_figures(timestamptz, integer), app.mend_figures(uuid, boolean, timestamptz),
        app.recheck_figures(timestamptz, integer), app.unit_within(uuid, text, date), app.units_below(uuid, date) to zongzhi_app;
    `);
  }

  private async describe(runner: QueryRunner): Promise<void> {
    const shared = {
      figure: 'Which figure, by its code.',
      center_id: 'The center whose matter it is.',
      period_at: 'When it counts by what happened.',
      cohort_at: 'When it counts by the matters taken in; null where it is none of them.',
      verdict: '1 numerator, 2 missed, 3 apart.',
      note: 'Why, by its code.',
      weight: 'What it adds: 1, or days or money; of what grows with the days, as of 2000-01-01.',
      daily: 'By how much the weight grows each day.',
      dispute_type: 'Type of the matter.',
      channel: 'How it came in.',
      level: 'At which level it was dealt with.',
    };
    await describeTable(runner, 'app.figure_fact', 'Cases of the figures as they stand, kept at the end of each act.', {
      ...shared,
      subject_id: 'What is counted: matter, task, item, visit.',
      dispute_id: 'The matter.',
      turns_at: 'The first instant at which the clock alone changes it.',
      place_unit_id: 'Where it happened.',
      committee_id: 'The committee that has it.',
      mediator_id: 'Who has it in hand.',
      agency_id: 'The agency that was called.',
      local_type_id: 'The finer kind that the center has set.',
    });
    await describeTable(
      runner,
      'app.figure_delta',
      'Cases that came (+1) and went (-1) and are not in the sums yet: append-only, taken out by the fold.',
      { ...shared, id: 'Order of arrival.', sign: 'Came or went.' },
    );
    await describeTable(runner, 'app.figure_cell', 'Sums of the cases by month, made by the fold.', {
      scope_id: 'The center.',
      dim: '0 of the center alone; with all below it: 1 all, 2 by type, 3 by channel, 4 by level.',
      basis: '1 by what happened, 2 by the matters taken in.',
      figure: shared.figure,
      month: 'First day of the month.',
      key: 'The type, channel or level; empty for all and for none.',
      verdict: shared.verdict,
      note: 'Why, by its code; 0 for none.',
      n: 'How many cases.',
      weight: 'Sum of their weights.',
      daily: 'By how much the sum grows each day.',
    });
    await describeTable(runner, 'app.figure_scope', 'Centers whose sums are there; others are asked of the cases.', {
      scope_id: 'The center.',
      is_subtree: 'With all below it, or alone.',
      built_at: 'When the sums were made or last held against the cases.',
    });
    await describeTable(
      runner,
      'app.figure_build',
      'How far the cases of older matters have been made, and held against the tables again.',
      {
        is_only: 'There is one row.',
        place: 'The last matter done.',
        is_done: 'All are; until then figures are asked of the tables.',
        rechecked: 'How far cases were last held against the tables; null to begin anew.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger center_moved on center;
      drop trigger center_observes on center;
      drop function app.keep_figures(uuid[], timestamptz, boolean), app.fold_figures(integer), app.turn_figures(timestamptz, integer),
        app.build_figures(timestamptz, integer), app.mend_figures(uuid, boolean, timestamptz),
        app.recheck_figures(timestamptz, integer), app.center_moved(), app.center_observes(),
        app.unit_within(uuid, text, date), app.units_below(uuid, date), app.figures_of(uuid[], timestamptz), app.figure_rows_at(timestamptz), app.day_number(timestamptz);
      drop table app.figure_fact, app.figure_delta, app.figure_cell, app.figure_scope, app.figure_build;
      drop index dispute_sealed;
    `);
  }
}
