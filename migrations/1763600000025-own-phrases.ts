import type { MigrationInterface, QueryRunner } from 'typeorm';
import { IS_KNOWN, IS_SYSTEM, policy } from './support';

const KEPT_BY_CENTER = `center_id is not null and (
  'system-admin' = any ((select app.roles())::text[]) or center_id = any ((select app.center_ids())::uuid[]))`;
const MINE = 'account_id = (select app.account_id())';

/** Phrases that somebody keeps for themselves, beside those of the center. */
export class OwnPhrases1763600000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table phrase_list
        add column account_id uuid references account (id),
        drop constraint phrase_list_once,
        add constraint phrase_list_once unique nulls not distinct (center_id, account_id, place),
        add constraint phrase_list_of_one check (center_id is null or account_id is null);
      comment on column phrase_list.account_id is 'Who keeps the list for themselves alone; null for a list of a center or of all.';
      create index phrase_list_own on phrase_list (account_id) where account_id is not null;
      drop policy phrase_list_select on phrase_list;
      drop policy phrase_list_insert on phrase_list;
      drop policy phrase_list_update on phrase_list;
    `);
    await policy(
      runner,
      'phrase_list',
      'select',
      `${IS_SYSTEM} or ((select app.account_id()) is not null and (account_id is null or ${MINE}))`,
      'Everyone who is logged in is offered phrases; own ones are seen by nobody else.',
    );
    for (const verb of ['insert', 'update'] as const) {
      await policy(
        runner,
        'phrase_list',
        verb,
        `${IS_SYSTEM} or ${MINE} or (${KEPT_BY_CENTER})`,
        'Each center keeps its own, and each person theirs; the common ones stay as delivered.',
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from phrase_list where account_id is not null;
      drop policy phrase_list_select on phrase_list;
      drop policy phrase_list_insert on phrase_list;
      drop policy phrase_list_update on phrase_list;
      alter table phrase_list
        drop constraint phrase_list_once,
        drop constraint phrase_list_of_one,
        drop column account_id,
        add constraint phrase_list_once unique nulls not distinct (center_id, place);
    `);
    await policy(runner, 'phrase_list', 'select', IS_KNOWN, 'Everyone who is logged in is offered phrases.');
    for (const verb of ['insert', 'update'] as const) {
      await policy(
        runner,
        'phrase_list',
        verb,
        `${IS_SYSTEM} or (${KEPT_BY_CENTER})`,
        'Each center keeps its own; the common ones stay as delivered.',
      );
    }
  }
}
