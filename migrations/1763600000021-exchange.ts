import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure } from './support';

/** Lists that were asked for as files, and how far each has come. */
export class Exchange1763600000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table export_job (
        id uuid primary key,
        account_id uuid not null references account (id),
        title text not null,
        query jsonb not null,
        columns text[] not null,
        state text not null,
        row_count integer not null default 0,
        file_sha256 text,
        size_bytes bigint,
        problem text,
        requested_at timestamptz not null,
        moved_at timestamptz not null,
        finished_at timestamptz,
        constraint export_job_state_known check (state in ('running', 'done', 'failed')),
        constraint export_job_done_has_file check ((state = 'done') = (file_sha256 is not null)),
        constraint export_job_failed_says_why check ((state = 'failed') = (problem is not null)),
        constraint export_job_finished check ((state = 'running') = (finished_at is null)),
        constraint export_job_columns_named check (cardinality(columns) > 0)
      );
      create index export_job_latest on export_job (account_id, requested_at desc, id desc);
    `);
    const own = `${IS_SYSTEM} or account_id = (select app.account_id())`;
    await secure(runner, 'export_job', ['select', 'insert', 'update']);
    for (const verb of ['select', 'insert', 'update'] as const) {
      await policy(
        runner,
        'export_job',
        verb,
        own,
        'An export is there for whoever asked for it, and for nobody else.',
      );
    }
    await describeTable(runner, 'export_job', 'A list that was asked for as a file (导出).', {
      id: 'Identity.',
      account_id: 'Who asked; rows are read by their rights.',
      title: 'What the list of downloads shows.',
      query: 'The conditions of the list as they stood on the screen.',
      columns: 'The columns chosen, in their order.',
      state: 'running, done or failed.',
      row_count: 'Rows written so far.',
      file_sha256: 'Digest of the finished file in the store.',
      size_bytes: 'Its length.',
      problem: 'Why there is no file, for whoever asked.',
      requested_at: 'When it was asked for.',
      moved_at: 'When it last came on; one that stands still was cut off by a stop of the program.',
      finished_at: 'When the file was there, or it failed.',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table export_job');
  }
}
