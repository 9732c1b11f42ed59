import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure } from './support';

interface WorkingDayNotice {
  readonly year: number;
  readonly version: string;
  readonly source: string;
  readonly publishedOn: string;
  readonly offDays: readonly unknown[];
  readonly makeUpWorkDays: readonly unknown[];
}

/** Years whose notice was known when this was written; later ones are loaded as they are published. */
const YEARS = [2025, 2026];

const spans = [
  { from: '08:30', to: '12:00' },
  { from: '14:30', to: '17:30' },
];
const week = { 1: spans, 2: spans, 3: spans, 4: spans, 5: spans };
/** The notices stay beside the sources; a compiled migration finds them from the built folder. */
const DATA = [join(__dirname, 'data'), join(__dirname, '../../migrations/data')];

/** In force where a center has set none of its own: the whole year, with the noon break as the gap. */
const DEFAULT_SEASONS = [{ from: '01-01', week, otherDays: spans }];

/** Working days by year and office hours by center, as data. */
export class Calendar1763600000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table working_day_year (
        year integer primary key,
        version text not null,
        source text not null,
        published_on date not null,
        days jsonb not null,
        constraint working_day_year_plausible check (year between 2000 and 2199)
      );
      create table office_hours (
        id uuid primary key,
        center_id uuid references center (id),
        version text not null,
        seasons jsonb not null,
        constraint office_hours_once unique nulls not distinct (center_id)
      );
    `);
    for (const year of YEARS) {
      const file = DATA.map((folder) => join(folder, `working-days-${year}.json`)).find((path) => existsSync(path));
      if (file === undefined) throw new Error(`The working days of ${year} are missing from migrations/data`);
      const notice = JSON.parse(readFileSync(file, 'utf8')) as WorkingDayNotice;
      await runner.query('insert into working_day_year values ($1, $2, $3, $4, $5)', [
        notice.year,
        notice.version,
        notice.source,
        notice.publishedOn,
        JSON.stringify({ offDays: notice.offDays, makeUpWorkDays: notice.makeUpWorkDays }),
      ]);
    }
    await runner.query("insert into office_hours values (gen_random_uuid(), null, 'default-1', $1)", [
      JSON.stringify(DEFAULT_SEASONS),
    ]);

    const keeper = `${IS_SYSTEM} or 'system-admin' = any ((select app.roles())::text[])`;
    for (const table of ['working_day_year', 'office_hours']) {
      await secure(runner, table, ['select', 'insert', 'update']);
      await policy(runner, table, 'select', IS_KNOWN, 'Everyone who is logged in may reckon a deadline.');
      for (const verb of ['insert', 'update'] as const) {
        await policy(runner, table, verb, keeper, 'The system administrator loads the notices and keeps the hours.');
      }
    }
    await describeTable(
      runner,
      'working_day_year',
      'Working days of one year, from the notice of the State Council on public holidays (国务院办公厅关于部分节假日安排的通知).',
      {
        year: 'Civil year that the notice arranges.',
        version: 'Changes with every correction; deadlines keep it to explain themselves.',
        source: 'Title and number of the notice.',
        published_on: 'Day of the notice.',
        days: 'offDays and makeUpWorkDays, each a list of {on, holiday}; may reach into December of the year before.',
      },
    );
    await describeTable(runner, 'office_hours', 'Opening hours in which working time runs.', {
      id: 'Identity.',
      center_id: 'Center that keeps these hours; null for those in force where a center has set none.',
      version: 'Changes with every change; deadlines keep it.',
      seasons: 'Hours by season and weekday, with the noon break as the gap between two spans.',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table office_hours, working_day_year');
  }
}
