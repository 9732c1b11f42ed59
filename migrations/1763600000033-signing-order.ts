import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parties may agree in which order they sign. */
export class SigningOrder1763600000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table signature_slot
        add column turn integer,
        add constraint signature_slot_turn_of_parties check (turn is null or (turn > 0 and party_id is not null));
      comment on column signature_slot.turn is 'Whose turn it is where the parties sign in an order; null where they sign as they come.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table signature_slot drop column turn');
  }
}
