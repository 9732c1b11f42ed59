import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that nobody opens without a password are known as such from the day they come in. */
export class LockedFiles1763600000044 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table attachment add column is_locked boolean not null default false;
      comment on column attachment.is_locked is
        'A PDF that opens with a password alone, and so can not be bound; false also for files of before this was looked at.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table attachment drop column is_locked');
  }
}
