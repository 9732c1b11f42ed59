import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = `figure, subject_id, dispute_id, center_id, period_at, cohort_at, verdict, note, weight, daily, turns_at, dispute_type,
  channel, place_unit_id, committee_id, mediator_id, agency_id, local_type_id, level`;
const KEY = ['dispute_id', 'figure', 'subject_id'];
const sameKey = (a: string, b: string): string => KEY.map((k) => `${a}.${k} = ${b}.${k}`).join(' and ');
const CHANGING = COLUMNS.split(',')
  .map((c) => c.trim())
  .filter((c) => !KEY.includes(c));
/** What of a case is told apart in sums (080). */
const TOLD = `figure, center_id, period_at, cohort_at, verdict, note, weight, daily, dispute_type, channel, level,
  committee_id, mediator_id, agency_id, place_unit_id, local_type_id`;

/** Figures of a matter on which nothing was done yet: registered, and acceptance (056). */
const OF_NEW = '1, 14';
/** Tables of which every other figure (056) needs a row, unless the matter was taken in hand or closed. */
const TRACES = [
  'mediation_period',
  'mediation_ending',
  'agreement',
  'performance_item',
  'performance_record',
  'judicial_confirmation',
  'summons_due',
  'dispute_closing',
  'follow_up_visit',
  'service_rating',
  'party_word',
];

const DEFINER = 'security definer set search_path = pg_catalog, public, pg_temp';

/**
 * To tell the cases of one matter, the definitions of all figures are made ready, about forty of them, also where there can be but two: that
 * was most of what a registration paid for its figures.
 */
export class CasesOfNewMatters1763600000087 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function app.are_new_matters(p_disputes uuid[]) returns boolean language plpgsql stable set plan_cache_mode = force_generic_plan as $$
        begin
          return not exists (select 1 from public.dispute d where d.id = any (p_disputes) and (d.accepted_at is not null or d.closed_at is not null
            or exists (select 1 from public.dispute_event e where e.dispute_id = d.id and e.act = 'disputes.undertake')
            ${TRACES.map((table) => `or exists (select 1 from public.${table} x where x.dispute_id = d.id)`).join('\n            ')}));
        end $$;
      comment on function app.are_new_matters(uuid[]) is 'Nothing has happened on these matters that any figure but registered and acceptance has a case of.';
      revoke all on function app.are_new_matters(uuid[]) from public;
    `);
    await keeping(runner, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await keeping(runner, false);
    await runner.query('drop function app.are_new_matters(uuid[])');
  }
}

async function keeping(runner: QueryRunner, newApart: boolean): Promise<void> {
  const step = (more: string): string => `
          with found as materialized (
            select ${COLUMNS} from app.figure_rows_at(p_now) where dispute_id = any (p_disputes)${more}),
          kept as materialized (select ${COLUMNS} from app.figure_fact where dispute_id = any (p_disputes)),
          come as materialized (select * from found except select * from kept),
          gone as materialized (select * from kept except select * from found),
          removed as (delete from app.figure_fact f using gone g where ${sameKey('f', 'g')}
            and not exists (select 1 from come c where ${sameKey('c', 'g')})),
          written as (insert into app.figure_fact (${COLUMNS}) select ${COLUMNS} from come
            on conflict (${KEY.join(', ')}) do update set ${CHANGING.map((c) => `${c} = excluded.${c}`).join(', ')}),
          told as (insert into app.figure_delta (sign, ${TOLD})
            select -1, ${TOLD} from gone where p_tell union all select 1, ${TOLD} from come where p_tell)
          select count(*)::int into v_changed from come;`;
  await runner.query(`
      -- Brings the cases of matters in step with what the tables say at an instant, and leaves word of what changed. One
      -- statement, one append for each case that changed: nothing that another matter would wait for.
      create or replace function app.keep_figures(p_disputes uuid[], p_now timestamptz, p_tell boolean default true) returns integer language plpgsql ${DEFINER}
        set plan_cache_mode = force_generic_plan as $$
        declare v_before text := app.elevate(); v_changed integer;
        begin
          -- Two acts on one matter that lock different rows of it would both count the same case.
          perform pg_advisory_xact_lock(727011, hashtext(d::text)) from (select unnest(p_disputes) as d order by 1) o;
          ${newApart ? `if app.are_new_matters(p_disputes) then${step(` and figure in (${OF_NEW})`)}\n          else${step('')}\n          end if;` : step('')}
          perform set_config('app.principal', v_before, true);
          return v_changed;
        end $$;
  `);
}
