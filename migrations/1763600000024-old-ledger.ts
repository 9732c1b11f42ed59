import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure, secureMatterTable } from './support';

/** Matters of the time before this system, taken over from the center's old ledger (旧台账), and the uploads they came in. */
export class OldLedger1763600000024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dispute
        add column is_imported boolean not null default false,
        drop constraint dispute_triaged_has_nature,
        drop constraint dispute_triaged_has_risk,
        add constraint dispute_triaged_has_nature check
          (state in ('registered', 'merged', 'reopened') or nature is not null or (is_imported and volume = 1)),
        add constraint dispute_triaged_has_risk check
          (state in ('registered', 'merged', 'reopened') or risk_level is not null or (is_imported and volume = 1)),
        add constraint dispute_imported_is_over check (not is_imported or volume > 1 or state = 'archived');
      comment on column dispute.is_imported is
        'Taken over from an old ledger: until it is reopened nothing of its course is known here but what dispute_import holds.';
      comment on column dispute.first_responder_id is
        'First responder (首问责任人), never blank; of an imported matter whoever imported it and answers for the record.';

      create table dispute_import (
        dispute_id uuid primary key references dispute (id),
        old_number text not null,
        registered_on date not null,
        closed_on date not null,
        handler_name text,
        organization_name text,
        result text,
        remark text,
        import_id uuid not null,
        row_number integer not null,
        imported_by uuid not null references account (id),
        imported_at timestamptz not null,
        constraint dispute_import_days check (closed_on >= registered_on)
      );
      create trigger dispute_import_append_only before update or delete on dispute_import
        for each row execute function app.refuse_change();

      create table import_job (
        id uuid primary key,
        account_id uuid not null references account (id),
        center_id uuid not null references center (id),
        file_name text not null,
        state text not null,
        is_whole boolean,
        row_count integer not null,
        written_count integer not null default 0,
        problem text,
        checked_at timestamptz not null,
        moved_at timestamptz not null,
        finished_at timestamptz,
        constraint import_job_state_known check (state in ('checked', 'running', 'done')),
        constraint import_job_started check ((state = 'checked') or is_whole is not null),
        constraint import_job_finished check ((state = 'done') = (finished_at is not null)),
        constraint import_job_rows check (row_count > 0)
      );
      create index import_job_latest on import_job (account_id, checked_at desc, id desc);
      create index import_job_age on import_job (checked_at);

      create table import_row (
        job_id uuid not null references import_job (id) on delete cascade,
        row_number integer not null,
        state text not null,
        old_number text not null,
        content_cipher text,
        faults jsonb not null default '[]',
        became_id uuid references dispute (id),
        primary key (job_id, row_number),
        constraint import_row_state_known check (state in ('good', 'refused', 'known', 'imported')),
        constraint import_row_refused_says_why check ((state = 'refused') = (jsonb_array_length(faults) > 0)),
        constraint import_row_matter check ((state in ('known', 'imported')) = (became_id is not null)),
        constraint import_row_content check (state = 'imported' or content_cipher is not null)
      );
      create index import_row_state on import_row (job_id, state, row_number);
    `);
    await secureMatterTable(runner, 'dispute_import', 'full', ['select', 'insert']);
    const own = `${IS_SYSTEM} or account_id = (select app.account_id())`;
    await secure(runner, 'import_job', ['select', 'insert', 'update', 'delete']);
    await secure(runner, 'import_row', ['select', 'insert', 'update', 'delete']);
    const ofOwn = `${IS_SYSTEM} or exists (select 1 from import_job j where j.id = import_row.job_id)`;
    for (const verb of ['select', 'insert', 'update'] as const) {
      await policy(runner, 'import_job', verb, own, 'An upload is there for whoever made it, and for nobody else.');
      await policy(runner, 'import_row', verb, ofOwn, 'A row is there for whoever sees its upload.');
    }
    for (const table of ['import_job', 'import_row'])
      await policy(runner, table, 'delete', IS_SYSTEM, 'Swept by the program when its time is over.');

    await describeTable(
      runner,
      'dispute_import',
      'What the old ledger (旧台账) says of an imported matter: append-only.',
      {
        dispute_id: 'The matter.',
        old_number: 'Its number in the old ledger.',
        registered_on: 'Day of registration by the old ledger; dispute.registered_at is its first instant.',
        closed_on: 'Day of closing by the old ledger; dispute.closed_at is its first instant.',
        handler_name: 'Who handled it, by name: no account of this system.',
        organization_name: 'Committee or department that handled it, by name.',
        result: 'What came of it.',
        remark: 'Remark of the ledger.',
        import_id: 'Upload in which it came; swept after 30 days.',
        row_number: 'Row of that upload.',
        imported_by: 'Who imported it.',
        imported_at: 'When.',
      },
    );
    await describeTable(
      runner,
      'import_job',
      'An upload of an old ledger: looked through, then imported. Swept after 30 days.',
      {
        id: 'Identity.',
        account_id: 'Who uploaded it.',
        center_id: 'Center whose old ledger it is.',
        file_name: 'Name of the file; the file itself is not kept.',
        state: 'checked, running or done.',
        is_whole: 'Whether all rows were to be imported or none; null while not started.',
        row_count: 'Rows of matters in it.',
        written_count: 'Rows imported so far in this run.',
        problem: 'Why the last run ended early, for whoever asked.',
        checked_at: 'When it was uploaded and looked through.',
        moved_at: 'When it last came on; one that stands still was cut off by a stop of the program.',
        finished_at: 'When the last good row was imported.',
      },
    );
    await describeTable(runner, 'import_row', 'One row of an upload.', {
      job_id: 'The upload.',
      row_number: 'As numbered in the table.',
      state: 'good, refused, known (imported before) or imported.',
      old_number: 'Number in the old ledger as written.',
      content_cipher: 'The cells as JSON, encrypted; gone once imported.',
      faults: 'What is wrong: column and words that repeat nothing of what was written.',
      became_id: 'The matter it became, or had become before.',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table import_row, import_job, dispute_import;
      alter table dispute
        drop constraint dispute_imported_is_over,
        drop constraint dispute_triaged_has_nature,
        drop constraint dispute_triaged_has_risk,
        add constraint dispute_triaged_has_nature check (state in ('registered', 'merged', 'reopened') or nature is not null),
        add constraint dispute_triaged_has_risk check (state in ('registered', 'merged', 'reopened') or risk_level is not null),
        drop column is_imported;
      comment on column dispute.first_responder_id is 'First responder (首问责任人), never blank.';
    `);
  }
}
