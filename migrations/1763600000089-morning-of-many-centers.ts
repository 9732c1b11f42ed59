import type { MigrationInterface, QueryRunner } from 'typeorm';

const IS_RED = `risk_level = 'red' and state not in ('closed', 'followed-up', 'archived', 'merged')`;
/** What the sentence, its scope and the policies of rows ask of a red matter beside the key: it is counted from the index alone. */
const ASKED = 'is_sealed, committee_id, handling_unit_id';

/** The morning of a province looked up each red matter, and grouped sums of clocks that nearly all stand alone. */
export class MorningOfManyCenters1763600000089 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index dispute_red_in_hand, dispute_red_handled;
      create index dispute_red_in_hand on dispute (center_id, registered_at, id)
        include (handling_center_id, ${ASKED}) where ${IS_RED};
      create index dispute_red_handled on dispute (handling_center_id, registered_at, id)
        include (center_id, ${ASKED}) where handling_center_id is not null and ${IS_RED};

      -- Of these one holder may have several rows in a center; of all others a row is the whole.
      create index clock_tally_away on app.clock_tally (watched_by, clock, holder) where home <> watched_by;
      -- Who lets most run of a kind is looked up once it is known how many.
      create index clock_tally_red on app.clock_tally (clock, red);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index app.clock_tally_away, app.clock_tally_red;
      drop index dispute_red_in_hand, dispute_red_handled;
      create index dispute_red_in_hand on dispute (center_id, registered_at, id) where ${IS_RED};
      create index dispute_red_handled on dispute (handling_center_id, registered_at, id)
        where handling_center_id is not null and ${IS_RED};
    `);
  }
}
