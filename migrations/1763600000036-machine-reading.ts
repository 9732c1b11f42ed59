import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The device of whoever signs may have read the text aloud. */
export class MachineReading1763600000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table signature_mark
        add column is_machine_read boolean not null default false,
        add constraint signature_mark_machine_reads_screens check (method <> 'ink' or not is_machine_read);
      comment on column signature_mark.is_machine_read is 'The device read the text aloud to its end; a person who read it is is_read_aloud with a witness.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table signature_mark drop column is_machine_read');
  }
}
