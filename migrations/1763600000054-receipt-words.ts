import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, secureMatterTable } from './support';

/** Whether those to whom something was owed say that they received it, and what was held where they say they did not. */
export class ReceiptWords1763600000054 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table center add column receipt_days smallint not null default 15
        constraint center_receipt_days_bounds check (receipt_days between 1 and 90);
      comment on column center.receipt_days is
        'For how many days after its entry a performance that nobody has confirmed is left open in figures.';
      alter table performance_record add column receipt text, add column receipt_due_on date;
      alter table performance_record disable trigger performance_record_frozen;
      update performance_record set receipt = case when is_confirmed_by_obligee then 'confirmed' else 'awaited' end,
             receipt_due_on = (recorded_at at time zone 'Asia/Shanghai')::date + 15
       where kind = 'performance';
      alter table performance_record enable trigger performance_record_frozen;
      alter table performance_record
        add constraint performance_record_receipt_known check
          (receipt in ('awaited', 'confirmed', 'disputed', 'accepted', 'not-paid')),
        add constraint performance_record_receipt_whole check
          ((kind = 'performance') = (receipt is not null) and (receipt is null) = (receipt_due_on is null));
      comment on column performance_record.receipt is
        'Where the word of the obligee stands: awaited, confirmed, disputed, then accepted or not-paid as the mediator held.';
      comment on column performance_record.receipt_due_on is
        'Until this day silence of the obligee counts neither way; afterwards it counts for what is proved, against what is not.';
      create index performance_record_receipt on performance_record (item_id, receipt)
        where receipt in ('awaited', 'disputed') and retracted_at is null;
      create or replace function app.performance_record_frozen() returns trigger language plpgsql as $$
        begin
          if tg_op = 'DELETE' or old.retracted_at is not null
              or to_jsonb(new) - 'retracted_at' - 'retracted_by' - 'retract_reason' - 'receipt'
                <> to_jsonb(old) - 'retracted_at' - 'retracted_by' - 'retract_reason' - 'receipt' then
            raise exception 'a record of performance is never changed, only retracted' using errcode = '42501';
          end if;
          if new.receipt is distinct from old.receipt and old.receipt in ('confirmed', 'accepted', 'not-paid') then
            raise exception 'a word on a receipt that settles it is never changed' using errcode = '42501';
          end if;
          return new;
        end $$;

      create table receipt_word (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        record_id uuid not null references performance_record (id),
        said text not null,
        party_id uuid references party (id),
        channel text not null,
        words text,
        said_at timestamptz not null,
        recorded_by uuid references account (id),
        constraint receipt_word_said_known check (said in ('confirmed', 'disputed', 'accepted', 'not-paid')),
        constraint receipt_word_channel_known check (channel in ('desk', 'tablet', 'portal')),
        constraint receipt_word_of_party check ((party_id is not null) = (said in ('confirmed', 'disputed'))),
        constraint receipt_word_words check (said = 'confirmed' or words is not null),
        constraint receipt_word_recorded check ((recorded_by is null) = (channel = 'portal'))
      );
      create index receipt_word_record on receipt_word (record_id, said_at);
      create trigger receipt_word_append_only before update or delete on receipt_word
        for each row execute function app.refuse_change();
    `);
    // Beside `app.worklist_traces`: what waits for an answer. Only the program uses what it answers.
    await runner.query(`
      create function app.worklist_answers(p_dispute uuid) returns jsonb
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate(); v_answer jsonb;
        begin
          select jsonb_build_object(
            'disputedReceiptSince', (select min(w.said_at) from performance_record r join receipt_word w on w.record_id = r.id
              where r.dispute_id = d.id and r.receipt = 'disputed' and r.retracted_at is null and w.said = 'disputed'),
            'upstreamWaitsSince', case when d.upstream_number is not null and not (d.is_imported and d.volume = 1)
                and d.state in ('answered', 'referred', 'not-accepted', 'closed', 'followed-up')
                and not exists (select 1 from upstream_reply u where u.dispute_id = d.id and u.volume = d.volume)
              then coalesce(d.closed_at, d.updated_at) end)
            into v_answer from dispute d where d.id = p_dispute;
          perform set_config('app.principal', v_before, true);
          return v_answer;
        end $$;
      revoke all on function app.worklist_answers(uuid) from public;
      grant execute on function app.worklist_answers(uuid) to zongzhi_app;
    `);
    await secureMatterTable(runner, 'receipt_word', 'full', ['select', 'insert']);
    await describeTable(
      runner,
      'receipt_word',
      'What obligees said of a performance on record, and what the mediator held of it: append-only.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        record_id: 'The performance on record.',
        said: 'confirmed or disputed by the obligee; accepted or not-paid as the mediator held.',
        party_id: 'The obligee who said it; null where the mediator held it.',
        channel: 'At the desk, on a tablet in presence, or by the obligee’s own link.',
        words: 'In their words; the mediator’s reason.',
        said_at: 'When.',
        recorded_by: 'Who wrote it down; null for the obligee’s own link.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.worklist_answers(uuid);
      drop table receipt_word;
      create or replace function app.performance_record_frozen() returns trigger language plpgsql as $$
        begin
          if tg_op = 'DELETE' or old.retracted_at is not null
              or to_jsonb(new) - 'retracted_at' - 'retracted_by' - 'retract_reason'
                <> to_jsonb(old) - 'retracted_at' - 'retracted_by' - 'retract_reason' then
            raise exception 'a record of performance is never changed, only retracted' using errcode = '42501';
          end if;
          return new;
        end $$;
      alter table performance_record drop column receipt, drop column receipt_due_on;
      alter table center drop column receipt_days;
    `);
  }
}
