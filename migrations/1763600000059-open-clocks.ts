import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure } from './support';

/** The running clocks of every matter as rows, so that what is late is walked to and not searched for. */
export class OpenClocks1763600000059 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table open_clock (
        clock text not null,
        subject_id uuid not null,
        watched_by uuid not null references center (id),
        is_home boolean not null,
        center_id uuid not null references center (id),
        dispute_id uuid not null references dispute (id),
        task_id uuid,
        agency_id uuid,
        holder text not null,
        starts_at timestamptz not null,
        due_at timestamptz not null,
        warns_at timestamptz not null,
        is_real_time boolean not null,
        is_provisional boolean not null,
        is_sealed boolean not null,
        primary key (clock, subject_id, watched_by),
        constraint open_clock_home_is_own check (is_home = (watched_by = center_id)),
        constraint open_clock_warns_before_due check (warns_at <= due_at)
      );
      -- A page of one kind in one center, in the order in which they fall due; warns_at lets what is green be passed over.
      create index open_clock_of_center on open_clock (watched_by, clock, due_at, subject_id) include (warns_at);
      -- The same over many centers at once: whoever watches a province watches nearly every row that is met.
      create index open_clock_of_all on open_clock (clock, due_at, subject_id) include (warns_at, watched_by, center_id, is_home);
      create index open_clock_of_agency on open_clock (agency_id, clock, due_at, subject_id) include (warns_at)
        where agency_id is not null;
      create index open_clock_of_dispute on open_clock (dispute_id);
      -- What is red or yellow, and nothing else, for counting: no clock turns red before it warns.
      create index open_clock_warned on open_clock (watched_by, warns_at)
        include (clock, due_at, holder, center_id, dispute_id, is_home, is_sealed);

      create table clock_filling (
        center_id uuid primary key references center (id),
        kept_by text,
        begun_by text,
        place_at timestamptz,
        place_id uuid,
        constraint clock_filling_place_whole check ((place_at is null) = (place_id is null))
      );
      -- Centers that have matters already: theirs are made by the program after its start.
      insert into clock_filling (center_id) select c.id from center c where exists (select 1 from dispute d where d.center_id = c.id);

      -- Red matters in hand, for the one sentence of the morning that no clock stands behind.
      create index dispute_red_in_hand on dispute (center_id, registered_at, id)
        where risk_level = 'red' and state not in ('closed', 'followed-up', 'archived', 'merged');
      create index dispute_red_handled on dispute (handling_center_id, registered_at, id)
        where handling_center_id is not null and risk_level = 'red' and state not in ('closed', 'followed-up', 'archived', 'merged');
    `);
    for (const table of ['open_clock', 'clock_filling']) {
      const verbs = ['select', 'insert', 'update', 'delete'] as const;
      await secure(runner, table, verbs);
      for (const verb of verbs) {
        await policy(
          runner,
          table,
          verb,
          IS_SYSTEM,
          'Kept and read by the program; what is shown was asked for within a scope.',
        );
      }
    }
    await describeTable(
      runner,
      'open_clock',
      'Clocks that run on matters, kept at the end of every act: one row for each center that watches it.',
      {
        clock: 'Kind of clock (WATCH_CLOCKS).',
        subject_id: 'What it hangs on: period, task’s due, transfer, item, supervision or the matter itself.',
        watched_by: 'Center whose leaders watch it: that of the matter, and that which handles it.',
        is_home: 'Watched by the center of the matter itself; the other row is passed over by whoever watches both.',
        center_id: 'Center of the matter, whose office hours count.',
        dispute_id: 'The matter.',
        task_id: 'Task of an agency, where it is about one.',
        agency_id: 'That agency.',
        holder: 'Who lets it run, as named at the latest act.',
        starts_at: 'When it began.',
        due_at: 'First instant that is too late. Red and yellow are never stored: they follow from this and the time.',
        warns_at: 'From when on it is yellow.',
        is_real_time: 'Runs through nights and days off.',
        is_provisional: 'A year that it runs into is not in force yet.',
        is_sealed: 'The matter is sealed.',
      },
    );
    await describeTable(
      runner,
      'clock_filling',
      'By which calendar, hours and warnings the clocks of a center were kept, and how far making them anew has come.',
      {
        center_id: 'The center.',
        kept_by: 'Mark by which all of them were kept last; null before the first time.',
        begun_by: 'Mark by which they are being made anew.',
        place_at: 'Registration of the last matter made anew.',
        place_id: 'That matter.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index dispute_red_in_hand, dispute_red_handled;
      drop table open_clock, clock_filling;
    `);
  }
}
