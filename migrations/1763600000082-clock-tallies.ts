import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM } from './support';

const DEFINER = 'security definer set search_path = pg_catalog, public, pg_temp';
const TOLD = ['watched_by', 'home', 'clock', 'holder', 'warns_at', 'due_at', 'is_sealed'];
const KEY = ['watched_by', 'home', 'clock', 'holder'];
const SUMS = ['lit', 'red', 'sealed', 'first_due_at'];
const told = (row: string): string =>
  TOLD.map((column) => `${row}.${column === 'home' ? 'center_id' : column}`).join(', ');
const sameKey = (a: string, b: string): string => KEY.map((column) => `${a}.${column} = ${b}.${column}`).join(' and ');

/** What the lit clocks of each center add up to, as of an instant of its own, with what was written since. */
export class ClockTallies1763600000082 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.clock_tally (
        watched_by uuid not null,
        home uuid not null,
        clock text not null,
        holder text not null,
        lit integer not null,
        red integer not null,
        sealed integer not null,
        first_due_at timestamptz not null,
        primary key (${KEY.join(', ')})
      ) with (fillfactor = 80);

      create table app.clock_count (
        watched_by uuid primary key,
        counted_at timestamptz not null,
        turns_at timestamptz
      ) with (fillfactor = 80);

      create table app.clock_delta (
        id bigint generated always as identity primary key,
        sign smallint not null,
        watched_by uuid not null,
        home uuid not null,
        clock text not null,
        holder text not null,
        warns_at timestamptz not null,
        due_at timestamptz not null,
        is_sealed boolean not null,
        constraint clock_delta_sign_known check (sign in (-1, 1))
      ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

      -- Those that a reader may open are taken off what is hidden.
      create index open_clock_sealed on open_clock (dispute_id) where is_sealed;

      create function app.tell_clocks() returns trigger language plpgsql ${DEFINER} as $$
        begin
          if tg_op <> 'INSERT' then
            insert into app.clock_delta (sign, ${TOLD.join(', ')}) select -1, ${told('g')} from gone g;
          end if;
          if tg_op <> 'DELETE' then
            insert into app.clock_delta (sign, ${TOLD.join(', ')}) select 1, ${told('c')} from come c;
          end if;
          return null;
        end $$;
      create trigger open_clock_come after insert on open_clock referencing new table as come
        for each statement execute function app.tell_clocks();
      create trigger open_clock_changed after update on open_clock referencing old table as gone new table as come
        for each statement execute function app.tell_clocks();
      create trigger open_clock_gone after delete on open_clock referencing old table as gone
        for each statement execute function app.tell_clocks();

      -- Counts anew the centers whose sums are older than p_rest and whose clocks were written or turned since; says how many
      -- those were. What is counted and what is taken off as counted are of one statement, and so of one moment; the lock
      -- comes before it, so that nobody writes what he counted earlier over what another counted later.
      create function app.count_clocks(p_now timestamptz, p_horizon interval, p_rest interval, p_limit integer) returns integer
        language plpgsql ${DEFINER} set plan_cache_mode = force_custom_plan as $$
        declare v_centers uuid[]; v_before text;
        begin
          if not pg_try_advisory_xact_lock(727012, 0) then return 0; end if;
          v_before := app.elevate();
          select coalesce(array_agg(c.id), '{}') into v_centers from (
            select c.id from center c left join app.clock_count k on k.watched_by = c.id
             where k.counted_at is null or (k.counted_at <= p_now - p_rest
               and (k.turns_at <= p_now or c.id in (select d.watched_by from app.clock_delta d)))
             order by k.counted_at nulls first limit p_limit) c;
          with taken as (delete from app.clock_delta where watched_by = any (v_centers)),
          warned as materialized (
            select o.watched_by, o.center_id as home, o.clock, o.holder, o.due_at, o.is_sealed, o.due_at < p_now + p_horizon as is_lit
              from open_clock o where o.watched_by = any (v_centers) and o.warns_at <= p_now),
          counted as materialized (
            select ${KEY.join(', ')}, count(*)::int as lit, count(*) filter (where due_at <= p_now)::int as red,
                   count(*) filter (where is_sealed)::int as sealed, min(due_at) as first_due_at
              from warned where is_lit group by ${KEY.join(', ')}),
          gone as (delete from app.clock_tally t where t.watched_by = any (v_centers)
            and not exists (select 1 from counted c where ${sameKey('c', 't')})),
          come as (
            insert into app.clock_tally as t (${[...KEY, ...SUMS].join(', ')}) select ${[...KEY, ...SUMS].join(', ')} from counted
            on conflict (${KEY.join(', ')}) do update set ${SUMS.map((column) => `${column} = excluded.${column}`).join(', ')}
             where t is distinct from excluded)
          insert into app.clock_count as k (watched_by, counted_at, turns_at)
            select c.id, p_now, least(w.at, (select min(o.warns_at) from open_clock o where o.watched_by = c.id and o.warns_at > p_now))
              from unnest(v_centers) c(id) left join (
                select watched_by, min(case when is_lit then due_at else due_at - p_horizon end) as at
                  from warned where due_at > p_now group by watched_by) w on w.watched_by = c.id
            on conflict (watched_by) do update set counted_at = excluded.counted_at, turns_at = excluded.turns_at;
          perform set_config('app.principal', v_before, true);
          return cardinality(v_centers);
        end $$;
      revoke all on function app.tell_clocks(), app.count_clocks(timestamptz, interval, interval, integer) from public;
      grant execute on function app.count_clocks(timestamptz, interval, interval, integer) to zongzhi_app;
    `);
    for (const table of ['clock_tally', 'clock_count', 'clock_delta']) {
      await runner.query(`
        alter table app.${table} enable row level security;
        grant select on app.${table} to zongzhi_app;
        create policy ${table}_select on app.${table} for select using (${IS_SYSTEM});
        comment on policy ${table}_select on app.${table} is
          'Read by the program for whoever may ask within a scope; written only by its functions.';
      `);
    }
    await describe(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger open_clock_come on open_clock;
      drop trigger open_clock_changed on open_clock;
      drop trigger open_clock_gone on open_clock;
      drop function app.tell_clocks(), app.count_clocks(timestamptz, interval, interval, integer);
      drop index open_clock_sealed;
      drop table app.clock_tally, app.clock_count, app.clock_delta;
    `);
  }
}

async function describe(runner: QueryRunner): Promise<void> {
  const shared = {
    watched_by: 'Center whose leaders watch them.',
    home: 'Center of their matters, where another handles and watches them.',
    clock: 'Kind of clock (WATCH_CLOCKS).',
    holder: 'Who lets them run.',
  };
  await describeTable(
    runner,
    'app.clock_tally',
    'What the lit clocks of a center added up to when it was last counted.',
    {
      ...shared,
      lit: 'How many were red or yellow.',
      red: 'How many of them were red.',
      sealed: 'How many of them were of sealed matters.',
      first_due_at: 'When the first of them was due.',
    },
  );
  await describeTable(runner, 'app.clock_count', 'When the clocks of each center were last counted.', {
    watched_by: shared.watched_by,
    counted_at: 'As of when its sums hold.',
    turns_at: 'The first instant after it at which the time alone changes them; null for never.',
  });
  await describeTable(
    runner,
    'app.clock_delta',
    'Clocks that came (+1) and went (-1) since their center was counted: append-only, taken out when it is counted again.',
    {
      id: 'Order of arrival.',
      sign: 'Came or went.',
      ...shared,
      warns_at: 'From when on it is yellow.',
      due_at: 'From when on it is red.',
      is_sealed: 'The matter is sealed.',
    },
  );
}
