import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, secureMatterTable } from './support';

/** 回访计划、随机抽查、当事人本人的答复，和办结前的当事人确认. */
export class FollowUps1763600000038 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table party_word (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        party_id uuid not null,
        volume integer not null,
        is_solved boolean not null,
        is_performed boolean,
        words text,
        said_at timestamptz not null,
        constraint party_word_of_party foreign key (dispute_id, party_id) references party (dispute_id, id)
      );
      create index party_word_dispute on party_word (dispute_id, party_id, said_at);
      create trigger party_word_append_only before update or delete on party_word
        for each row execute function app.refuse_change();

      alter table dispute_closing
        add column confirmed_by text,
        add column party_words text,
        add column unconfirmed_reason text,
        add column is_drawn boolean not null default false,
        add constraint dispute_closing_confirmation_known check (confirmed_by in ('portal', 'in-person', 'phone', 'writing')),
        add constraint dispute_closing_confirmed_or_not check (num_nonnulls(confirmed_by, unconfirmed_reason) <= 1);
      comment on column dispute_closing.confirmed_by is 'How the party confirmed that it is solved; null where no word was needed or had.';
      comment on column dispute_closing.party_words is 'What the party said, as the closer took it down.';
      comment on column dispute_closing.unconfirmed_reason is 'Why it was closed without the party''s word; counted in the figures.';
      comment on column dispute_closing.is_drawn is 'Drawn at closing for a call-back by somebody else.';

      alter table follow_up_visit
        add column is_call_back boolean not null default false,
        add column next_on date;
      comment on column follow_up_visit.is_call_back is 'A random call-back, made by another than those who handled or visited before.';
      comment on column follow_up_visit.next_on is 'The day on which to visit again.';

      -- What is to be visited follows from the record; nothing has to be kept in step. A visit that reached nobody is none.
      create view follow_up_plan with (security_invoker = true) as
      with planned as (
        select d.id as dispute_id, 'after-closing'::text as occasion, d.id as subject_id, d.closed_at as since,
               (d.closed_at at time zone 'Asia/Shanghai')::date + 7 as due_on
          from dispute d where d.state = 'closed'
        union all
        select a.dispute_id, 'after-effect', a.id, a.effective_at, a.effective_on + 7
          from agreement a where a.state = 'effective'
        union all
        select i.dispute_id, 'after-due', i.agreement_id, i.due_on::timestamp at time zone 'Asia/Shanghai', i.due_on + 1
          from performance_item i where i.state <> 'cancelled'
         group by i.dispute_id, i.agreement_id, i.due_on
        union all
        select v.dispute_id, 'agreed', v.id, v.visited_at, v.next_on
          from follow_up_visit v where v.next_on is not null and not v.is_call_back
        union all
        select c.dispute_id, 'random', c.id, c.closed_at, (c.closed_at at time zone 'Asia/Shanghai')::date + 14
          from dispute_closing c join dispute d on d.id = c.dispute_id and d.volume = c.volume and d.closed_at = c.closed_at
         where c.is_drawn
      )
      select p.dispute_id, d.center_id, p.occasion, p.subject_id, p.since, p.due_on
        from planned p join dispute d on d.id = p.dispute_id
       where d.allows_call_back
         and (d.state in ('in-progress', 'closed', 'followed-up') or (d.state = 'archived' and p.occasion = 'random'))
         and not exists (select 1 from follow_up_visit v
                          where v.dispute_id = p.dispute_id and v.is_reached and v.is_call_back = (p.occasion = 'random')
                            and v.visited_at > p.since)
         and (p.occasion = 'random'
              or not exists (select 1 from party_word w where w.dispute_id = p.dispute_id and w.said_at > p.since));
      grant select on follow_up_plan to zongzhi_app;
      comment on view follow_up_plan is 'Visits that are to be made, as they follow from closings, agreements, due days and earlier visits.';
      create index performance_item_dispute_due on performance_item (dispute_id, due_on) where state <> 'cancelled';
    `);
    await secureMatterTable(runner, 'party_word', 'full', ['select', 'insert']);
    await describeTable(
      runner,
      'party_word',
      'What a party itself says of the outcome, by its own link: append-only.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        party_id: 'Who said it.',
        volume: 'File volume.',
        is_solved: 'Whether the party calls the matter solved.',
        is_performed: 'Whether what was agreed is performed; null where nothing was agreed or nothing said.',
        words: 'In its own words.',
        said_at: 'When.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view follow_up_plan;
      drop table party_word cascade;
      drop index performance_item_dispute_due;
      alter table follow_up_visit drop column is_call_back, drop column next_on;
      alter table dispute_closing drop column confirmed_by, drop column party_words, drop column unconfirmed_reason, drop column is_drawn;
    `);
  }
}
