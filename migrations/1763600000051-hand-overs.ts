import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure } from './support';

/** 交接: what somebody who leaves has in hand, signed by both, and where it went. */
export class HandOvers1763600000051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table hand_over (
        id uuid primary key,
        center_id uuid not null references center (id),
        leaver_id uuid not null references account (id),
        leaver_name text not null,
        successor_id uuid not null references account (id),
        successor_name text not null,
        leaves_on date not null,
        reason text not null,
        state text not null,
        round integer not null default 1,
        dispute_ids uuid[],
        beside jsonb not null,
        packed_at timestamptz not null,
        made_by uuid not null references account (id),
        made_by_name text not null,
        made_at timestamptz not null,
        leaver_signed_at timestamptz,
        successor_signed_at timestamptz,
        override_ground text,
        override_reason text,
        overridden_by uuid references account (id),
        overridden_by_name text,
        overridden_at timestamptz,
        done_at timestamptz,
        cancel_reason text,
        cancelled_by uuid references account (id),
        cancelled_at timestamptz,
        version integer not null default 1,
        constraint hand_over_of_two check (leaver_id <> successor_id),
        constraint hand_over_state_known check (state in ('open', 'done', 'cancelled')),
        constraint hand_over_done_is_signed check ((state = 'done') = (done_at is not null) and (state <> 'done'
          or (successor_signed_at is not null and (leaver_signed_at is not null or overridden_at is not null)))),
        constraint hand_over_override_known check (override_ground is null or override_ground in ('deceased', 'ill', 'unreachable')),
        constraint hand_over_override_whole check (num_nonnulls(override_ground, override_reason, overridden_by, overridden_by_name, overridden_at) in (0, 5)),
        constraint hand_over_override_by_another check (overridden_by not in (leaver_id, successor_id)),
        constraint hand_over_cancelled check ((state = 'cancelled') = (cancelled_at is not null))
      );
      create index hand_over_center on hand_over (center_id, made_at desc);
      create index hand_over_leaver on hand_over (leaver_id) where state = 'open';
      create index hand_over_successor on hand_over (successor_id) where state = 'open';

      create table hand_over_item (
        id uuid primary key,
        hand_over_id uuid not null references hand_over (id),
        round integer not null,
        dispute_id uuid not null references dispute (id),
        number text not null,
        title text not null,
        duties text[] not null,
        standing jsonb not null,
        outcome text,
        moved_at timestamptz,
        constraint hand_over_item_once unique (hand_over_id, round, dispute_id),
        constraint hand_over_item_outcome_known check (outcome is null or outcome in ('moved', 'over')),
        constraint hand_over_item_moved check ((outcome is null) = (moved_at is null))
      );
      create index hand_over_item_dispute on hand_over_item (dispute_id);
    `);
    const leads = `center_id = any ((select app.center_ids())::uuid[]) or center_id = any ((select app.header_center_ids())::uuid[])`;
    const theirs = `${IS_SYSTEM} or leaver_id = (select app.account_id()) or successor_id = (select app.account_id()) or ${leads}`;
    await secure(runner, 'hand_over', ['select', 'insert', 'update']);
    for (const verb of ['select', 'insert', 'update'] as const)
      await policy(runner, 'hand_over', verb, theirs, 'The two who hand over, and the center that they serve.');
    await secure(runner, 'hand_over_item', ['select', 'insert', 'update']);
    const ofHandOver = `${IS_SYSTEM} or exists (select 1 from hand_over h where h.id = hand_over_item.hand_over_id)`;
    await policy(
      runner,
      'hand_over_item',
      'select',
      ofHandOver,
      'Whoever may see the hand-over: the successor reads what is signed for.',
    );
    for (const verb of ['insert', 'update'] as const)
      await policy(runner, 'hand_over_item', verb, IS_SYSTEM, 'Packed and moved by the program.');

    await describeTable(runner, 'hand_over', 'Hand-over (交接) of what somebody who leaves has in hand.', {
      id: 'Identity.',
      center_id: 'The center of service.',
      leaver_id: 'Who leaves.',
      leaver_name: 'Their name at that time.',
      successor_id: 'Who takes over.',
      successor_name: 'Their name at that time.',
      leaves_on: 'First day after the service.',
      reason: 'Why.',
      state: 'open, done when both have signed and the matters have moved, or cancelled.',
      round: 'Counts the packs: one made anew has to be signed anew.',
      dispute_ids: 'The matters chosen for this successor; null for all.',
      beside: 'What is told beside the matters: whistles of the agency, how many drafts.',
      packed_at: 'When the pack in force was made.',
      made_by: 'Who made it.',
      made_by_name: 'Their name at that time.',
      made_at: 'When.',
      leaver_signed_at: 'When the leaver signed.',
      successor_signed_at: 'When the successor signed.',
      override_ground: 'Why the leaver cannot sign: deceased, ill, unreachable.',
      override_reason: 'In words.',
      overridden_by: 'The director who let it pass without the leaver.',
      overridden_by_name: 'Their name at that time.',
      overridden_at: 'When.',
      done_at: 'When the matters moved.',
      cancel_reason: 'Why it was cancelled.',
      cancelled_by: 'Who cancelled it.',
      cancelled_at: 'When.',
      version: 'Optimistic lock.',
    });
    await describeTable(runner, 'hand_over_item', 'A matter in a hand-over, as it stood when the pack was made.', {
      id: 'Identity.',
      hand_over_id: 'The hand-over.',
      round: 'Of which pack.',
      dispute_id: 'The matter.',
      number: 'Registration number.',
      title: 'What it is about; that of a sealed matter is not told.',
      duties: 'What the leaver is on it: host, co-mediator, recorder, handler, supervised.',
      standing: 'State, next step, dues, whistles, promises, sessions, as lines.',
      outcome: 'moved, or over where the matter had ended by then; null until then.',
      moved_at: 'When.',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table hand_over_item, hand_over');
  }
}
