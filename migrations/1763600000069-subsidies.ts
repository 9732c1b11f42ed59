import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure, secureMatterTable } from './support';

/** 以案定补: what a mediated case is worth, from a day on, and the lists by which it is paid. */
export class Subsidies1763600000069 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table subsidy_rules (
        id uuid primary key,
        center_id uuid not null references center (id),
        valid_from date not null,
        basis text not null,
        made_by uuid not null references account (id),
        made_by_name text not null,
        made_at timestamptz not null
      );
      create index subsidy_rules_center on subsidy_rules (center_id, valid_from, made_at);

      create table subsidy_rate (
        rules_id uuid not null references subsidy_rules (id),
        grade text not null,
        form text not null,
        is_difficult boolean not null,
        amount_fen bigint not null,
        primary key (rules_id, grade, form, is_difficult),
        constraint subsidy_rate_grade_known check (grade in ('excellent', 'passing', 'failing', 'unreviewed')),
        constraint subsidy_rate_form_known check (form in ('written', 'oral')),
        constraint subsidy_rate_amount_bounds check (amount_fen between 0 and 100000000)
      );

      create table subsidy_list (
        id uuid primary key,
        center_id uuid not null references center (id),
        from_on date not null,
        to_on date not null,
        state text not null,
        total_fen bigint not null,
        made_by uuid not null references account (id),
        made_by_name text not null,
        made_at timestamptz not null,
        checked_by uuid references account (id),
        checked_by_name text,
        checked_at timestamptz,
        approved_by uuid references account (id),
        approved_by_name text,
        approved_at timestamptz,
        paid_on date,
        paid_note text,
        paid_by_name text,
        cancel_reason text,
        cancelled_by_name text,
        cancelled_at timestamptz,
        version integer not null default 1,
        constraint subsidy_list_span check (from_on <= to_on),
        constraint subsidy_list_state_known check (state in ('draft', 'checked', 'approved', 'paid', 'cancelled')),
        constraint subsidy_list_checked check (num_nonnulls(checked_by, checked_by_name, checked_at) in (0, 3)
          and (state not in ('checked', 'approved', 'paid') or checked_at is not null)),
        constraint subsidy_list_approved check (num_nonnulls(approved_by, approved_by_name, approved_at) in (0, 3)
          and (state not in ('approved', 'paid') or approved_at is not null)),
        constraint subsidy_list_by_three check (checked_by <> made_by and approved_by <> made_by and approved_by <> checked_by),
        constraint subsidy_list_paid check (num_nonnulls(paid_on, paid_note, paid_by_name) = case when state = 'paid' then 3 else 0 end),
        constraint subsidy_list_cancelled check (num_nonnulls(cancel_reason, cancelled_by_name, cancelled_at) = case when state = 'cancelled' then 3 else 0 end)
      );
      create index subsidy_list_center on subsidy_list (center_id, made_at desc);

      create table subsidy_line (
        id uuid primary key,
        list_id uuid not null references subsidy_list (id),
        dispute_id uuid not null references dispute (id),
        agreement_id uuid not null references agreement (id),
        mediator_id uuid not null references account (id),
        mediator_name text not null,
        agreed_on date not null,
        form text not null,
        is_difficult boolean not null,
        grade text not null,
        state text not null,
        amount_fen bigint,
        hold_reason text,
        constraint subsidy_line_once unique (list_id, dispute_id),
        constraint subsidy_line_state_known check (state in ('counted', 'held', 'dropped')),
        constraint subsidy_line_hold_known check (hold_reason is null or hold_reason in ('alarm', 'review-pending', 'no-rules')),
        constraint subsidy_line_held_or_counted check (case state when 'counted' then amount_fen is not null and hold_reason is null
          when 'held' then amount_fen is null and hold_reason is not null else true end)
      );
      create unique index subsidy_line_paid_once on subsidy_line (dispute_id) where state = 'counted';
      create index subsidy_line_dispute on subsidy_line (dispute_id);
    `);
    const leads = `${IS_SYSTEM} or center_id = any ((select app.center_ids())::uuid[])
      or center_id = any ((select app.header_center_ids())::uuid[])`;
    await secure(runner, 'subsidy_rules', ['select', 'insert']);
    await secure(runner, 'subsidy_rate', ['select', 'insert']);
    await secure(runner, 'subsidy_list', ['select', 'insert', 'update']);
    for (const verb of ['select', 'insert'] as const) {
      await policy(
        runner,
        'subsidy_rules',
        verb,
        leads,
        'The center that pays, and those above it; nothing is written over.',
      );
      await policy(
        runner,
        'subsidy_rate',
        verb,
        `${IS_SYSTEM} or exists (select 1 from subsidy_rules r where r.id = subsidy_rate.rules_id)`,
        'Whoever may see the rules.',
      );
    }
    for (const verb of ['select', 'insert', 'update'] as const)
      await policy(runner, 'subsidy_list', verb, leads, 'The center that pays, and those above it.');
    await secureMatterTable(runner, 'subsidy_line', 'header');

    // A list is told with its counts, those of sealed matters too: its sum would not be that of its lines otherwise.
    await runner.query(`
      create function app.subsidy_counts(p_list uuid) returns table (counted integer, held integer)
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate();
        begin
          select count(*) filter (where amount_fen is not null)::int, count(*) filter (where hold_reason is not null)::int
            into counted, held from public.subsidy_line where list_id = p_list;
          perform set_config('app.principal', v_before, true);
          return next;
        end $$;
      revoke all on function app.subsidy_counts(uuid) from public;
      grant execute on function app.subsidy_counts(uuid) to zongzhi_app;
    `);

    const made = { made_by: 'Who made it.', made_by_name: 'Their name at that time.', made_at: 'When.' };
    await describeTable(
      runner,
      'subsidy_rules',
      'What a mediated case is worth (以案定补标准), from a day on; append-only.',
      {
        id: 'Identity.',
        center_id: 'The center that pays.',
        valid_from: 'First day; of several from the same day the one made last holds.',
        basis: 'Document or decision behind it.',
        ...made,
      },
    );
    await describeTable(runner, 'subsidy_rate', 'An amount of the rules.', {
      rules_id: 'The rules.',
      grade: 'Grade of the dossier review; unreviewed where there was none.',
      form: 'Written or oral agreement.',
      is_difficult: 'Whether the matter is marked as difficult.',
      amount_fen: 'The amount in fen.',
    });
    await describeTable(
      runner,
      'subsidy_list',
      'A list of cases to be paid for: made, checked and approved by three.',
      {
        id: 'Identity.',
        center_id: 'The center that pays.',
        from_on: 'Agreements from this day,',
        to_on: 'until this day, and those that an earlier list held back.',
        state: 'State in its lifecycle.',
        total_fen: 'Sum of the lines that count, in fen.',
        ...made,
        checked_by: 'Who checked it; never its maker.',
        checked_by_name: 'Their name at that time.',
        checked_at: 'When.',
        approved_by: 'Who approved it; neither maker nor checker.',
        approved_by_name: 'Their name at that time.',
        approved_at: 'When.',
        paid_on: 'Day of the payment.',
        paid_note: 'How it was paid.',
        paid_by_name: 'Who entered the payment.',
        cancel_reason: 'Why it was cancelled.',
        cancelled_by_name: 'Who cancelled it.',
        cancelled_at: 'When.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(runner, 'subsidy_line', 'A matter on a list, as it stood when the list was made.', {
      id: 'Identity.',
      list_id: 'The list.',
      dispute_id: 'The matter.',
      agreement_id: 'The agreement that it is paid for.',
      mediator_id: 'Who is paid: the host of the mediation.',
      mediator_name: 'Their name at that time.',
      agreed_on: 'Day on which the agreement took effect.',
      form: 'Written or oral.',
      is_difficult: 'Whether the matter was marked as difficult.',
      grade: 'Grade of the last review, or unreviewed.',
      state: 'counted; held back and shown; dropped with its list, so that another may pay.',
      amount_fen: 'Amount in fen; null while held back.',
      hold_reason: 'Why it is held back.',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function app.subsidy_counts(uuid)');
    await runner.query('drop table subsidy_line, subsidy_list, subsidy_rate, subsidy_rules');
  }
}
