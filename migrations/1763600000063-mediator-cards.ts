import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure } from './support';

/** 调解员评分卡: weights as data, from a day on, and what a mediator says against a part of the card or a case in it. */
export class MediatorCards1763600000063 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table mediator_weights (
        id uuid primary key,
        center_id uuid references center (id),
        valid_from date not null,
        agreed integer not null,
        settled integer not null,
        on_time integer not null,
        performed integer not null,
        lasting integer not null,
        satisfied integer not null,
        records integer not null,
        shown_from integer not null,
        basis text not null,
        made_by uuid references account (id),
        made_by_name text not null,
        made_at timestamptz not null,
        constraint mediator_weights_whole check (agreed + settled + on_time + performed + lasting + satisfied + records = 100),
        constraint mediator_weights_bounds check (least(agreed, settled, on_time, performed, lasting, satisfied, records) >= 0),
        constraint mediator_weights_shown_from_bounds check (shown_from between 1 and 200)
      );
      create index mediator_weights_of_center on mediator_weights (center_id, valid_from, made_at);
      insert into mediator_weights (id, valid_from, agreed, settled, on_time, performed, lasting, satisfied, records, shown_from, basis, made_by_name, made_at)
        values (gen_random_uuid(), '2000-01-01', 10, 25, 15, 15, 10, 15, 10, 10, '系统预置', '系统预置', now());

      create table card_appeal (
        id uuid primary key,
        center_id uuid not null references center (id),
        mediator_id uuid not null references account (id),
        mediator_name text not null,
        from_on date not null,
        to_on date not null,
        part text not null,
        subject_id uuid,
        number text,
        reason text not null,
        lodged_at timestamptz not null,
        due_on date not null,
        outcome text,
        ruling_reason text,
        ruled_by uuid references account (id),
        ruled_by_name text,
        ruled_at timestamptz,
        version integer not null default 1,
        constraint card_appeal_span check (from_on <= to_on),
        constraint card_appeal_part_known check (part in ('agreed', 'settled', 'on-time', 'performed', 'lasting', 'satisfied', 'records')),
        constraint card_appeal_case_numbered check ((subject_id is null) = (number is null)),
        constraint card_appeal_outcome_known check (outcome in ('granted', 'dismissed')),
        constraint card_appeal_ruled check (num_nonnulls(outcome, ruling_reason, ruled_by, ruled_by_name, ruled_at) in (0, 5)),
        constraint card_appeal_not_by_oneself check (ruled_by <> mediator_id)
      );
      create unique index card_appeal_once_per_case on card_appeal (mediator_id, part, subject_id) where subject_id is not null;
      create unique index card_appeal_once_per_part on card_appeal (mediator_id, part, from_on, to_on) where subject_id is null;
      create index card_appeal_center on card_appeal (center_id, lodged_at desc);
    `);
    await secure(runner, 'mediator_weights', ['select', 'insert']);
    await policy(runner, 'mediator_weights', 'select', IS_KNOWN, 'Whoever is scored may know by what.');
    const leads = `${IS_SYSTEM} or center_id = any ((select app.header_center_ids())::uuid[])`;
    await policy(runner, 'mediator_weights', 'insert', leads, 'Those who lead the center; nothing is written over.');
    await secure(runner, 'card_appeal', ['select', 'insert', 'update']);
    const theirs = `${leads} or mediator_id = (select app.account_id())`;
    await policy(runner, 'card_appeal', 'select', theirs, 'The mediator, and those who lead the center.');
    await policy(
      runner,
      'card_appeal',
      'insert',
      `${IS_SYSTEM} or mediator_id = (select app.account_id())`,
      'The mediator alone.',
    );
    await policy(runner, 'card_appeal', 'update', leads, 'Those who lead the center rule.');

    await describeTable(
      runner,
      'mediator_weights',
      'Weights of the parts of a mediator’s card, from a day on; append-only. A card goes by those of its last day.',
      {
        id: 'Identity.',
        center_id: 'The center’s own; null for the preset.',
        valid_from: 'First day; of several from the same day the one made last holds.',
        agreed: 'Agreements reached.',
        settled: 'Matters settled: kept, and not taken up again.',
        on_time: 'Ended within the period.',
        performed: 'Obligations performed.',
        lasting: 'Agreements without relapse.',
        satisfied: 'Satisfaction of the parties.',
        records: 'Reviewed files without a gap.',
        shown_from: 'Fewest accepted matters from which a card has a score.',
        basis: 'Document or decision behind it.',
        made_by: 'Who set it.',
        made_by_name: 'Their name at that time.',
        made_at: 'When.',
      },
    );
    await describeTable(
      runner,
      'card_appeal',
      'What a mediator says against a part of the own card, or a case in it.',
      {
        id: 'Identity.',
        center_id: 'Whose card it is.',
        mediator_id: 'Whose.',
        mediator_name: 'Their name at that time.',
        from_on: 'First day of the card,',
        to_on: 'and the last.',
        part: 'Which part.',
        subject_id: 'The case: what the figure counts; null against the part as a whole.',
        number: 'Number of its matter at that time.',
        reason: 'Why it should not count.',
        lodged_at: 'When.',
        due_on: 'Until when the center answers.',
        outcome: 'granted: it does not count any more, and the card says so; dismissed.',
        ruling_reason: 'The reasons.',
        ruled_by: 'Who ruled.',
        ruled_by_name: 'Their name at that time.',
        ruled_at: 'When.',
        version: 'Optimistic lock.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table card_appeal, mediator_weights');
  }
}
