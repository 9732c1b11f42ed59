import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who changed one thing last: told to whoever was about to change it from an older version. */
export class AuditByObject1763600000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index audit_entry_object on audit_entry (object_id, at) where object_id is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index audit_entry_object');
  }
}
