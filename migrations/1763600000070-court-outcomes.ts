import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a court decided of an agreement is held by its paper. */
export class CourtOutcomes1763600000070 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table judicial_outcome add column attachment_id uuid references attachment (id);
      comment on column judicial_outcome.attachment_id is 'Scan of the judgment or of what the court accepted.';
      create index judicial_outcome_agreement on judicial_outcome (agreement_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index judicial_outcome_agreement;
      alter table judicial_outcome drop column attachment_id;
    `);
  }
}
