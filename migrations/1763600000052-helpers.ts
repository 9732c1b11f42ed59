import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, fullAccess, IS_SYSTEM, policy, secure, secureMatterTable } from './support';

/** 帮办代办: who acts for parties, by which written authority, and what was done under it. */
export class Helpers1763600000052 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table helper_authority (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        center_id uuid not null references center (id),
        ordinal integer not null,
        kind text not null,
        helper_name text not null,
        helper_unit text,
        helper_account_id uuid references account (id),
        party_ids uuid[] not null,
        scope text[] not null,
        valid_from date not null,
        valid_to date not null,
        state text not null,
        attachment_id uuid references attachment (id),
        signed_by_names text,
        granted_by uuid not null references account (id),
        granted_at timestamptz not null,
        in_force_at timestamptz,
        revoked_at timestamptz,
        revoke_reason text,
        version integer not null default 1,
        constraint helper_authority_whole unique (dispute_id, id),
        constraint helper_authority_once unique (dispute_id, ordinal),
        constraint helper_authority_kind_known check (kind in ('community', 'grid', 'volunteer', 'relative')),
        constraint helper_authority_scope_known check (cardinality(scope) > 0
          and scope <@ array['present', 'enquire', 'receive', 'meet', 'urge', 'confirm-outcome']),
        constraint helper_authority_for_somebody check (cardinality(party_ids) > 0),
        constraint helper_authority_period check (valid_from <= valid_to),
        constraint helper_authority_state_known check (state in ('drafted', 'in-force', 'revoked')),
        constraint helper_authority_on_paper check (state <> 'in-force' or num_nonnulls(attachment_id, signed_by_names, in_force_at) = 3),
        constraint helper_authority_revoked_with_reason check ((state = 'revoked') = (num_nonnulls(revoked_at, revoke_reason) = 2))
      );
      create index helper_authority_account on helper_authority (helper_account_id) where helper_account_id is not null;

      create table helper_act (
        id uuid primary key,
        dispute_id uuid not null,
        authority_id uuid not null,
        act text not null,
        words text not null,
        recorded_by_name text not null,
        done_at timestamptz not null,
        constraint helper_act_under_authority foreign key (dispute_id, authority_id) references helper_authority (dispute_id, id),
        constraint helper_act_known check (act in ('present', 'enquire', 'receive', 'meet', 'urge', 'confirm-outcome'))
      );
      create index helper_act_authority on helper_act (authority_id, done_at);
      create trigger helper_act_append_only before update or delete on helper_act
        for each row execute function app.refuse_change();

      alter table party_word add column helper_authority_id uuid references helper_authority (id);
      comment on column party_word.helper_authority_id is 'The authority by which a helper said it; null where the party said it itself.';
    `);
    await secure(runner, 'helper_authority', ['select', 'insert', 'update']);
    const full = `exists (select 1 from dispute d where d.id = helper_authority.dispute_id and ${fullAccess('d')})`;
    await policy(
      runner,
      'helper_authority',
      'select',
      `${IS_SYSTEM} or helper_account_id = (select app.account_id()) or ${full}`,
      'Whoever reads the content of the matter; a helper the own authority.',
    );
    for (const verb of ['insert', 'update'] as const) {
      await policy(
        runner,
        'helper_authority',
        verb,
        `${IS_SYSTEM} or ${full}`,
        'Only for those who may read the content of the matter.',
      );
    }
    await secureMatterTable(runner, 'helper_act', 'full', ['select', 'insert']);
    await describeTable(runner, 'helper_authority', 'Written authority of a helper to act for parties of a matter.', {
      id: 'Identity.',
      dispute_id: 'The matter.',
      center_id: 'The center of the matter.',
      ordinal: 'Which authority of the matter.',
      kind: 'What kind of helper.',
      helper_name: 'Name of the helper.',
      helper_unit: 'Where the helper serves, or how related.',
      helper_account_id: 'The account of the helper; null for one without.',
      party_ids: 'For whom the helper acts.',
      scope: 'The listed acts; no other may be done.',
      valid_from: 'First day.',
      valid_to: 'Last day.',
      state: 'State in its lifecycle.',
      attachment_id: 'The signed paper.',
      signed_by_names: 'Who signed it: the parties, or their elected representatives.',
      granted_by: 'Who took it down.',
      granted_at: 'When.',
      in_force_at: 'When the signed paper was attached.',
      revoked_at: 'When it was revoked.',
      revoke_reason: 'Why.',
      version: 'Optimistic lock.',
    });
    await describeTable(
      runner,
      'helper_act',
      'What a helper did for the parties, under which authority: append-only.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        authority_id: 'The authority.',
        act: 'Which of the listed acts.',
        words: 'What was done.',
        recorded_by_name: 'Who took it down.',
        done_at: 'When.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table party_word drop column helper_authority_id;
      drop table helper_act, helper_authority cascade;
    `);
  }
}
