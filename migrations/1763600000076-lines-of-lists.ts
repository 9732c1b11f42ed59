import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fullAccess, IS_SYSTEM, policy } from './support';

const MEANING = 'One sees the lists of one’s own offices and of oneself, without what was sealed from one.';
const PLACES = `center_id = any ((select app.header_center_ids())::uuid[])
      or handling_center_id = any ((select app.header_center_ids())::uuid[])`;

/** Whether somebody is on the list of a matter is asked where nothing else lets him in, not planned into every list of lines. */
export class LinesOfLists1763600000076 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function app.is_named(p_dispute uuid) returns boolean language plpgsql stable parallel safe as $$
        begin
          return exists (select 1 from public.dispute_access a where a.account_id = app.account_id() and a.dispute_id = p_dispute
            and (a.ends_at is null or a.ends_at > app.now()));
        end $$;
      revoke all on function app.is_named(uuid) from public;
      grant execute on function app.is_named(uuid) to zongzhi_app;
      drop policy worklist_entry_select on worklist_entry;
    `);
    await lines(
      runner,
      `${PLACES} or center_id = any ((select app.center_ids())::uuid[]) or handling_center_id = any ((select app.center_ids())::uuid[])
      or committee_id = any ((select app.committee_ids())::uuid[]) or handling_unit_id = any ((select app.unit_ids())::uuid[])
      or app.is_named(dispute_id)`,
      'app.is_named(dispute_id)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop policy worklist_entry_select on worklist_entry; drop function app.is_named(uuid)');
    await lines(
      runner,
      `${PLACES} or ${fullAccess('worklist_entry', 'dispute_id')}`,
      `dispute_id in (select a.dispute_id from dispute_access a
      where a.account_id = (select app.account_id()) and (a.ends_at is null or a.ends_at > (select app.now())))`,
    );
  }
}

const lines = (runner: QueryRunner, header: string, named: string): Promise<void> =>
  policy(
    runner,
    'worklist_entry',
    'select',
    `${IS_SYSTEM} or (audience = any ((select app.audiences())::text[])
         and (line_id <> dispute_id or ((${header}) and (not is_sealed or ${named}))))`,
    MEANING,
  );
