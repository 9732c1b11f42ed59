import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Days of months that are not whole are counted case by case. Over very many centers that is one stretch of days for all of them,
 * not one for each: the index of those days.
 */
export class DaysOfFigures1763600000078 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index figure_fact_days on app.figure_fact (figure, period_at)
        include (center_id, verdict, note, weight, daily, dispute_type, channel, level)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index app.figure_fact_days');
  }
}
