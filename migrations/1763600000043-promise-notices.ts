import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, secureMatterTable } from './support';

/** Reminders of what an agreement promises: before and after a due day, of judicial confirmation, of enforcement. */
export class PromiseNotices1763600000043 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table promise_notice (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        agreement_id uuid not null references agreement (id),
        subject_id uuid not null,
        step text not null,
        due_on date not null,
        taken_at timestamptz not null,
        unsent_reason text,
        constraint promise_notice_once unique (subject_id, step),
        constraint promise_notice_step_known check (step in
          ('due-7', 'due-1', 'overdue', 'confirm-7', 'confirm-20', 'confirm-25', 'confirm-28', 'enforce-90', 'enforce-30')),
        constraint promise_notice_reason_known check (unsent_reason in ('overtaken', 'not-confirmable'))
      );
      create index promise_notice_dispute on promise_notice (dispute_id);
      create trigger promise_notice_append_only before update or delete on promise_notice
        for each row execute function app.refuse_change();
    `);
    await secureMatterTable(runner, 'promise_notice', 'full', ['select', 'insert']);
    await describeTable(
      runner,
      'promise_notice',
      'Reminders that were reached, each at most once: append-only. What is still to come follows from the due days.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        agreement_id: 'The agreement.',
        subject_id: 'What it reminds of: the thing to be performed, else the agreement itself.',
        step: 'Which reminder.',
        due_on: 'The day on which it was due.',
        taken_at: 'When the program took it up.',
        unsent_reason: 'Why nobody was told; null where those who look after the matter were.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table promise_notice');
  }
}
