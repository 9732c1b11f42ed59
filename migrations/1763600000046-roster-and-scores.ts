import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure } from './support';

/** 值班变动 and what a whistle showed of it; 评分权重 as data, from a day on. */
export class RosterAndScores1763600000046 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table duty_change (
        id uuid primary key,
        posting_id uuid not null references posting (id),
        duty_on date not null,
        substitute_id uuid references account (id),
        reason text not null,
        made_by uuid not null references account (id),
        made_by_name text not null,
        made_at timestamptz not null,
        withdrawn_by uuid references account (id),
        withdrawn_at timestamptz,
        constraint duty_change_withdrawal_whole check ((withdrawn_by is null) = (withdrawn_at is null))
      );
      create unique index duty_change_once on duty_change (posting_id, duty_on) where withdrawn_at is null;

      create table score_weights (
        id uuid primary key,
        center_id uuid references center (id),
        valid_from date not null,
        sign integer not null,
        contact integer not null,
        arrive integer not null,
        feedback integer not null,
        effect integer not null,
        party integer not null,
        ranked_from integer not null,
        basis text not null,
        made_by uuid references account (id),
        made_by_name text not null,
        made_at timestamptz not null,
        constraint score_weights_whole check (sign + contact + arrive + feedback + effect + party = 100),
        constraint score_weights_bounds check (least(sign, contact, arrive, feedback, party) >= 0 and effect > 0),
        constraint score_weights_ranked_from_bounds check (ranked_from between 1 and 100)
      );
      create index score_weights_of_center on score_weights (center_id, valid_from, made_at);

      alter table summons_task
        add column duty_notes jsonb not null default '[]',
        add column score_weights_id uuid references score_weights (id);
      alter table summons_appeal drop constraint summons_appeal_excused_known;
      alter table summons_appeal add constraint summons_appeal_excused_known
        check (excused <@ array['sign', 'contact', 'arrive', 'feedback', 'party']);
    `);
    // What was rated before the contact counted keeps the weights of its time.
    await runner.query(`
      insert into score_weights (id, valid_from, sign, contact, arrive, feedback, effect, party, ranked_from, basis, made_by_name, made_at)
        select gen_random_uuid(), '2000-01-01', 20, 0, 25, 20, 25, 10, 5, '系统预置（联系时限不计分）', '系统预置', now()
         where exists (select 1 from summons_rating where rater = 'center');
      update summons_task t set score_weights_id = (select id from score_weights)
       where exists (select 1 from summons_rating r where r.task_id = t.id and r.rater = 'center');
      insert into score_weights (id, valid_from, sign, contact, arrive, feedback, effect, party, ranked_from, basis, made_by_name, made_at)
        values (gen_random_uuid(), '2000-01-01', 15, 10, 20, 20, 25, 10, 5, '系统预置', '系统预置', now() + interval '1 second');
    `);

    await secure(runner, 'duty_change', ['select', 'insert', 'update']);
    await runner.query(`
      revoke update on duty_change from zongzhi_app;
      grant update (withdrawn_by, withdrawn_at) on duty_change to zongzhi_app;
    `);
    const keeps = `${IS_SYSTEM} or exists (select 1 from posting p where p.id = duty_change.posting_id
      and (p.center_id = any ((select app.center_ids())::uuid[]) or p.center_id = any ((select app.header_center_ids())::uuid[])
        or p.agency_id = any ((select app.agency_ids())::uuid[])))`;
    await policy(runner, 'duty_change', 'select', IS_KNOWN, 'Everyone who is logged in may see who is on duty.');
    for (const verb of ['insert', 'update'] as const)
      await policy(runner, 'duty_change', verb, keeps, 'The center of the posting, or the agency that posted.');

    await secure(runner, 'score_weights', ['select', 'insert']);
    await policy(runner, 'score_weights', 'select', IS_KNOWN, 'Whoever is scored may know by what.');
    await policy(
      runner,
      'score_weights',
      'insert',
      `${IS_SYSTEM} or ('center-director' = any ((select app.roles())::text[])
        and center_id = any ((select app.header_center_ids())::uuid[]))`,
      'The director of the center; nothing is written over.',
    );

    await describeTable(
      runner,
      'duty_change',
      'A day on which duty differs from the posting (值班变动): somebody else comes, or nobody.',
      {
        id: 'Identity.',
        posting_id: 'Whose service it is.',
        duty_on: 'The day.',
        substitute_id: 'Who comes: another, or the same person on a day off the rota; null where nobody comes.',
        reason: 'Why.',
        made_by: 'Who entered it.',
        made_by_name: 'Their name at that time.',
        made_at: 'When.',
        withdrawn_by: 'Who took it back, or entered another in its place.',
        withdrawn_at: 'When.',
      },
    );
    await describeTable(
      runner,
      'score_weights',
      'Weights of the parts of an agency’s score, from a day on; append-only. A task keeps those of the day of its rating.',
      {
        id: 'Identity.',
        center_id: 'The center’s own; null for the preset.',
        valid_from: 'First day; of several from the same day the one made last holds.',
        sign: 'Signing in time.',
        contact: 'First contact in time.',
        arrive: 'Arrival in time.',
        feedback: 'Feedback in time.',
        effect: 'Points of the center for the effect.',
        party: 'Word of the party.',
        ranked_from: 'Fewest scored tasks from which an agency has a rank.',
        basis: 'Document or decision behind it.',
        made_by: 'Who set it.',
        made_by_name: 'Their name at that time.',
        made_at: 'When.',
      },
    );
    await runner.query(`
      comment on column summons_task.duty_notes is 'Who was on duty as it was shown: {at, occasion, words, warning}, when proposed and when issued.';
      comment on column summons_task.score_weights_id is 'Weights by which the score counts: those in force on the day of the rating.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table summons_appeal drop constraint summons_appeal_excused_known;
      alter table summons_appeal add constraint summons_appeal_excused_known
        check (excused <@ array['sign', 'arrive', 'feedback', 'party']) not valid;
      alter table summons_task drop column duty_notes, drop column score_weights_id;
      drop table score_weights, duty_change;
    `);
  }
}
