import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fullAccess, IS_SYSTEM } from './support';

const PLACES = (centers: string): string => `center_id = any ((select app.${centers}())::uuid[])
      or handling_center_id = any ((select app.${centers}())::uuid[])`;
const OFFICES = `committee_id = any ((select app.committee_ids())::uuid[])
      or handling_unit_id = any ((select app.unit_ids())::uuid[])`;

/**
 * Each look-up of a reader's rights in a policy is made ready wherever a statement names its table, needed or not, and the latest fifty
 * matters took as long to make ready as to read. What was asked up to four times is asked once: the centers where one works and
 * those one looks over together, and whether one is named on a matter, which lets in to a sealed one as to any other.
 */
export class RightsOfReaders1763600000084 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function app.seen_center_ids() returns uuid[] language sql stable parallel safe
        as $$ select app.center_ids() || app.header_center_ids() $$;
      -- A function of its own, whose plan is made when somebody's names are asked for; as part of a policy it would be made each time.
      create function app.named_disputes() returns setof uuid language plpgsql stable parallel safe rows 100 as $$
        begin
          return query select a.dispute_id from public.dispute_access a
            where a.account_id = app.account_id() and (a.ends_at is null or a.ends_at > app.now());
        end $$;
      revoke all on function app.seen_center_ids(), app.named_disputes() from public;
      grant execute on function app.seen_center_ids(), app.named_disputes() to zongzhi_app;
    `);
    const reached = `(not is_sealed and (${PLACES('seen_center_ids')} or ${OFFICES}))`;
    await matters(runner, `${reached} or id in (select app.named_disputes())`);
    await lines(runner, `${reached} or line_id <> dispute_id or app.is_named(dispute_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const named = `in (select a.dispute_id from dispute_access a
        where a.account_id = (select app.account_id()) and (a.ends_at is null or a.ends_at > (select app.now())))`;
    await matters(
      runner,
      `((${PLACES('header_center_ids')} or ${fullAccess('dispute')}) and (not is_sealed or id ${named}))`,
    );
    await lines(
      runner,
      `line_id <> dispute_id or ((${PLACES('header_center_ids')} or ${PLACES('center_ids')} or ${OFFICES} or app.is_named(dispute_id))
        and (not is_sealed or app.is_named(dispute_id)))`,
    );
    await runner.query('drop function app.named_disputes(), app.seen_center_ids()');
  }
}

/** Which matters are seen, and may be acted on by whom the act is open to. */
async function matters(runner: QueryRunner, rights: string): Promise<void> {
  for (const verb of ['select', 'update'])
    await runner.query(`alter policy dispute_${verb} on dispute using (${IS_SYSTEM} or ${rights})`);
}

/** Which lines of the lists that are the reader's are seen. */
async function lines(runner: QueryRunner, rights: string): Promise<void> {
  await runner.query(`alter policy worklist_entry_select on worklist_entry
    using (${IS_SYSTEM} or (audience = any ((select app.audiences())::text[]) and (${rights})))`);
}
