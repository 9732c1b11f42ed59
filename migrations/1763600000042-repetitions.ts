import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, secureMatterTable } from './support';

/** 三十日内重复反映重启, 和对上游工单的回复. */
export class Repetitions1763600000042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table dispute_reopening drop constraint dispute_reopening_reason_known;
      alter table dispute_reopening add constraint dispute_reopening_reason_known check (reason_code in
        ('new-situation', 'breach', 'procedural-flaw', 'confirmation-refused', 'complaint-upheld', 'repetition'));

      create table upstream_reply (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        volume integer not null,
        upstream_number text not null,
        content text not null,
        method text not null,
        replied_by uuid not null references account (id),
        replied_at timestamptz not null,
        constraint upstream_reply_method_known check (method in ('platform', 'letter', 'phone'))
      );
      create index upstream_reply_dispute on upstream_reply (dispute_id, replied_at);
      create trigger upstream_reply_append_only before update or delete on upstream_reply
        for each row execute function app.refuse_change();
    `);
    await secureMatterTable(runner, 'upstream_reply', 'full', ['select', 'insert']);
    await describeTable(
      runner,
      'upstream_reply',
      'Answers to those who sent the matter here with a number of their own: append-only.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        volume: 'File volume.',
        upstream_number: 'The number under which it came, as it was answered.',
        content: 'What was answered.',
        method: 'platform, letter or phone.',
        replied_by: 'Who answered.',
        replied_at: 'When.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table upstream_reply cascade;
      alter table dispute_reopening drop constraint dispute_reopening_reason_known;
      alter table dispute_reopening add constraint dispute_reopening_reason_known check (reason_code in
        ('new-situation', 'breach', 'procedural-flaw', 'confirmation-refused', 'complaint-upheld'));
    `);
  }
}
