import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure } from './support';

/** What a center sets for itself beneath the types of dispute (本地小类). */
export class LocalTypes1763600000026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table local_type (
        id uuid primary key,
        center_id uuid not null references center (id),
        dispute_type text not null,
        name text not null,
        ordinal integer not null,
        stopped_at timestamptz,
        created_by uuid references account (id),
        created_at timestamptz not null,
        version integer not null default 1,
        constraint local_type_once unique (center_id, dispute_type, name),
        constraint local_type_short check (char_length(name) between 1 and 20)
      );
      alter table dispute add column local_type_id uuid references local_type (id);
      create index dispute_local_type on dispute (local_type_id) where local_type_id is not null;
      comment on column dispute.local_type_id is 'The center’s own finer kind beneath dispute_type.';
    `);
    await secure(runner, 'local_type', ['select', 'insert', 'update']);
    await policy(runner, 'local_type', 'select', IS_KNOWN, 'Names of kinds say nothing of anybody.');
    for (const verb of ['insert', 'update'] as const) {
      await policy(
        runner,
        'local_type',
        verb,
        `${IS_SYSTEM} or 'system-admin' = any ((select app.roles())::text[]) or center_id = any ((select app.center_ids())::uuid[])`,
        'Each center keeps its own.',
      );
    }
    await describeTable(runner, 'local_type', 'A finer kind of dispute that a center has set for itself (本地小类).', {
      id: 'Identity.',
      center_id: 'Center that uses it.',
      dispute_type: 'Type of the dictionary beneath which it lies, and as which it counts.',
      name: 'As the desk calls it; once used it stays.',
      ordinal: 'Order beneath its type.',
      stopped_at: 'Since when it is no longer offered; matters that carry it keep it.',
      created_by: 'Who added it.',
      created_at: 'When.',
      version: 'Optimistic lock.',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table dispute drop column local_type_id; drop table local_type');
  }
}
