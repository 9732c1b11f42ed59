import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When a line is warned of becomes a key of the index of lists: a condition on what an index only includes is asked of the row, and
 * the few lines that are warned of were looked for among the rows of all that run.
 */
export class WarnedInTheIndex1763600000093 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index worklist_entry_order;
      create index worklist_entry_order on worklist_entry (audience, tab, phase, sort_at, dispute_id, line_id, (case when warns_at is null then 'infinity' else warns_at end));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index worklist_entry_order;
      create index worklist_entry_order on worklist_entry (audience, tab, phase, sort_at, dispute_id, line_id) include (warns_at);
    `);
  }
}
