import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure, secureMatterTable } from './support';

const HOLDS = (role: string): string => `'${role}' = any ((select app.roles())::text[])`;
const KEEPS = `${IS_SYSTEM} or ${HOLDS('system-admin')}`;
const REVIEWS = `${KEEPS} or ${HOLDS('center-director')} or ${HOLDS('superior')}`;

/**
 * Notices of working days keep every version, each loaded by one person and put in force by another; hours of offices have a
 * first day; whatever is reckoned anew is on record.
 */
export class CalendarHistory1763600000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table working_day_notice (
        id uuid primary key,
        year integer not null,
        version text not null,
        source text not null,
        published_on date not null,
        days jsonb not null,
        origin text not null,
        origin_note text,
        state text not null,
        loaded_by uuid references account (id),
        loaded_by_name text not null,
        loaded_at timestamptz not null,
        reviewed_by uuid references account (id),
        reviewed_by_name text,
        reviewed_at timestamptz,
        review_note text,
        ended_at timestamptz,
        constraint working_day_notice_plausible check (year between 2000 and 2199),
        constraint working_day_notice_version_once unique (version),
        constraint working_day_notice_origin_known check (origin in ('delivered', 'package', 'file', 'typed')),
        constraint working_day_notice_state_known check (state in ('draft', 'in-force', 'superseded', 'discarded')),
        constraint working_day_notice_two_people check (reviewed_by is null or reviewed_by <> loaded_by or state = 'discarded'),
        constraint working_day_notice_reviewed check (state = 'draft' or reviewed_at is not null),
        constraint working_day_notice_ended check ((ended_at is null) = (state in ('draft', 'in-force')))
      );
      create unique index working_day_notice_in_force on working_day_notice (year) where state = 'in-force';
      create unique index working_day_notice_draft on working_day_notice (year) where state = 'draft';
      insert into working_day_notice (id, year, version, source, published_on, days, origin, state, loaded_by_name, loaded_at,
                                      reviewed_by_name, reviewed_at)
        select gen_random_uuid(), year, version, source, published_on, days, 'delivered', 'in-force', '系统预置', now(), '系统预置', now()
          from working_day_year;
      drop table working_day_year;

      alter table office_hours
        drop constraint office_hours_once,
        add column valid_from date not null default '2000-01-01',
        add column service jsonb not null default '[]',
        add column note text,
        add column made_by uuid references account (id),
        add column made_by_name text not null default '系统预置',
        add column made_at timestamptz not null default now(),
        add constraint office_hours_version_once unique nulls not distinct (center_id, version);
      create index office_hours_of_center on office_hours (center_id, valid_from, made_at);
      revoke update on office_hours from zongzhi_app;
      drop policy office_hours_insert on office_hours;
      drop policy office_hours_update on office_hours;

      create table recomputation (
        id uuid primary key,
        notice_id uuid references working_day_notice (id),
        office_hours_id uuid references office_hours (id),
        center_id uuid references center (id),
        reason text not null,
        from_day date not null,
        to_day date,
        begun_at timestamptz not null,
        stage text,
        place uuid,
        looked integer not null default 0,
        moved integer not null default 0,
        confirmed integer not null default 0,
        finished_at timestamptz,
        constraint recomputation_of_one check ((notice_id is null) <> (office_hours_id is null)),
        constraint recomputation_of_notice_once unique (notice_id),
        constraint recomputation_of_hours_once unique (office_hours_id)
      );
      create index recomputation_open on recomputation (begun_at) where finished_at is null;

      create table recomputed_deadline (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        recomputation_id uuid not null references recomputation (id),
        kind text not null,
        subject_id uuid not null,
        before_due_at timestamptz,
        after_due_at timestamptz,
        was_provisional boolean not null,
        is_provisional boolean not null,
        calendar_version text not null,
        at timestamptz not null,
        constraint recomputed_deadline_once unique (recomputation_id, kind, subject_id)
      );
      create index recomputed_deadline_of_matter on recomputed_deadline (dispute_id, at);
    `);

    await secure(runner, 'working_day_notice', ['select', 'insert', 'update']);
    await runner.query(`
      revoke update on working_day_notice from zongzhi_app;
      grant update (state, reviewed_by, reviewed_by_name, reviewed_at, review_note, ended_at) on working_day_notice
        to zongzhi_app;
    `);
    await policy(runner, 'working_day_notice', 'select', IS_KNOWN, 'Everyone who is logged in may reckon a deadline.');
    await policy(runner, 'working_day_notice', 'insert', KEEPS, 'The system administrator loads the notices.');
    await policy(runner, 'working_day_notice', 'update', REVIEWS, 'Another person puts them in force.');
    await policy(
      runner,
      'office_hours',
      'insert',
      `${KEEPS} or (${HOLDS('center-director')} and center_id = any ((select app.header_center_ids())::uuid[]))`,
      'The system administrator, or the director of the center; nothing is written over.',
    );
    await secure(runner, 'recomputation', ['select', 'insert', 'update']);
    await policy(runner, 'recomputation', 'select', IS_KNOWN, 'Everyone may know that deadlines were reckoned anew.');
    for (const verb of ['insert', 'update'] as const)
      await policy(runner, 'recomputation', verb, IS_SYSTEM, 'Only the program reckons anew.');
    await secureMatterTable(runner, 'recomputed_deadline', 'header', ['select']);
    await runner.query('grant insert on recomputed_deadline to zongzhi_app');
    await policy(runner, 'recomputed_deadline', 'insert', IS_SYSTEM, 'Only the program reckons anew.');

    await describeTable(
      runner,
      'working_day_notice',
      'Working days of one year, from the notice of the State Council on public holidays (国务院办公厅关于部分节假日安排的通知); every version is kept.',
      {
        id: 'Identity.',
        year: 'Civil year that the notice arranges.',
        version: 'Counts the versions of a year; deadlines quote it to explain themselves.',
        source: 'Title and number of the notice.',
        published_on: 'Day of the notice.',
        days: 'offDays and makeUpWorkDays, each a list of {on, holiday}; may reach into December of the year before.',
        origin: 'Delivered with the program, from the package chinese-days, from a file, or typed.',
        origin_note: 'Name and version of the package.',
        state: 'Draft until reviewed; in force until superseded.',
        loaded_by: 'Who loaded it.',
        loaded_by_name: 'Their name at that time.',
        loaded_at: 'When.',
        reviewed_by: 'Who compared it with the notice and put it in force, or put it aside.',
        reviewed_by_name: 'Their name at that time.',
        reviewed_at: 'When.',
        review_note: 'What they said.',
        ended_at: 'Since when it is superseded or put aside.',
      },
    );
    await runner.query(`
      comment on column office_hours.valid_from is 'First day of these hours; of several with the same day the one made last holds.';
      comment on column office_hours.service is 'When somebody is there beyond office hours (late, weekends): {days, from, to, note}; no deadline runs by it.';
      comment on column office_hours.note is 'Why they were changed.';
      comment on column office_hours.made_by is 'Who set them.';
      comment on column office_hours.made_by_name is 'Their name at that time.';
      comment on column office_hours.made_at is 'When.';
    `);
    await describeTable(
      runner,
      'recomputation',
      'Open deadlines are reckoned anew because a year came in force or hours changed.',
      {
        id: 'Identity.',
        notice_id: 'Notice that came in force.',
        office_hours_id: 'Hours that were set.',
        center_id: 'Center whose hours they are; null for all.',
        reason: 'Why, in words.',
        from_day: 'Deadlines that end before this day do not depend on it.',
        to_day: 'Deadlines that begin after this day do not depend on it.',
        begun_at: 'When it was asked for.',
        stage: 'Kind of deadline under way; null before the first.',
        place: 'Last one of that kind that was looked at.',
        looked: 'How many deadlines were looked at.',
        moved: 'How many ended at another instant.',
        confirmed: 'How many stayed and are no longer provisional.',
        finished_at: 'When all were through.',
      },
    );
    await describeTable(runner, 'recomputed_deadline', 'One deadline that changed when it was reckoned anew.', {
      id: 'Identity.',
      dispute_id: 'Matter.',
      recomputation_id: 'What made it be reckoned anew.',
      kind: 'Kind of deadline.',
      subject_id: 'Row that holds the deadline.',
      before_due_at: 'First instant that was too late before; null while it stood.',
      after_due_at: 'First instant that is too late now; null while it stands.',
      was_provisional: 'A year was missing before.',
      is_provisional: 'A year is missing still.',
      calendar_version: 'Calendar by which it is reckoned now.',
      at: 'When.',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table recomputed_deadline, recomputation;
      delete from office_hours h where exists (
        select 1 from office_hours l where l.center_id is not distinct from h.center_id and (l.valid_from, l.made_at, l.id) > (h.valid_from, h.made_at, h.id));
      alter table office_hours
        drop constraint office_hours_version_once,
        drop column valid_from, drop column service, drop column note, drop column made_by, drop column made_by_name,
        drop column made_at,
        add constraint office_hours_once unique nulls not distinct (center_id);
      grant update on office_hours to zongzhi_app;
      drop policy office_hours_insert on office_hours;
      create table working_day_year (
        year integer primary key,
        version text not null,
        source text not null,
        published_on date not null,
        days jsonb not null,
        constraint working_day_year_plausible check (year between 2000 and 2199)
      );
      insert into working_day_year
        select year, version, source, published_on, days from working_day_notice where state = 'in-force';
      drop table working_day_notice;
    `);
    await secure(runner, 'working_day_year', ['select', 'insert', 'update']);
    await policy(runner, 'working_day_year', 'select', IS_KNOWN, 'Everyone who is logged in may reckon a deadline.');
    for (const table of ['working_day_year', 'office_hours']) {
      for (const verb of ['insert', 'update'] as const)
        await policy(runner, table, verb, KEEPS, 'The system administrator loads the notices and keeps the hours.');
    }
    await describeTable(runner, 'working_day_year', 'Working days of one year.', {
      year: 'Civil year that the notice arranges.',
      version: 'Changes with every correction; deadlines keep it to explain themselves.',
      source: 'Title and number of the notice.',
      published_on: 'Day of the notice.',
      days: 'offDays and makeUpWorkDays, each a list of {on, holiday}; may reach into December of the year before.',
    });
  }
}
