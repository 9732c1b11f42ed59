import type { MigrationInterface, QueryRunner } from 'typeorm';
import { IS_SYSTEM } from './support';

// As 084 wrote it.
const MINE = `audience = any ((select app.audiences())::text[]) and (
    (not is_sealed and (center_id = any ((select app.seen_center_ids())::uuid[])
      or handling_center_id = any ((select app.seen_center_ids())::uuid[])
      or committee_id = any ((select app.committee_ids())::uuid[])
      or handling_unit_id = any ((select app.unit_ids())::uuid[])))
    or line_id <> dispute_id or app.is_named(dispute_id))`;

/**
 * Lines of lists are written by functions of the owner and read by people alone. What lets the functions in is a policy of the owner’s,
 * and the people’s has no “or” around it: whose list a line stands on is then asked of the index once, not of every line.
 */
export class LinesByAudience1763600000092 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter policy worklist_entry_select on worklist_entry to zongzhi_app using (${MINE});
      create policy worklist_entry_keep on worklist_entry for select to current_user using (${IS_SYSTEM});
      comment on policy worklist_entry_keep on worklist_entry is 'Functions that keep the lists read what they have written.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop policy worklist_entry_keep on worklist_entry;
      alter policy worklist_entry_select on worklist_entry to public using (${IS_SYSTEM} or (${MINE}));
    `);
  }
}
