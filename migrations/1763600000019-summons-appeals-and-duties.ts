import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure } from './support';

/** 考核申诉 and 权责清单: an agency's word against its score, and the list that says whom to whistle. */
export class SummonsAppealsAndDuties1763600000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table summons_task add column appeal_ends_at timestamptz;
      comment on column summons_task.appeal_ends_at is 'Until when the agency may appeal against its score; null until rated.';

      create table summons_appeal (
        id uuid primary key,
        dispute_id uuid not null,
        task_id uuid not null,
        ground text not null,
        reason text not null,
        lodged_by uuid not null references account (id),
        lodged_at timestamptz not null,
        due_at timestamptz not null,
        outcome text,
        effect integer,
        excused text[] not null default '{}',
        ruled_by uuid references account (id),
        ruled_at timestamptz,
        ruling_reason text,
        constraint summons_appeal_of_its_task foreign key (dispute_id, task_id) references summons_task (dispute_id, id),
        constraint summons_appeal_once unique (dispute_id, task_id),
        constraint summons_appeal_ground_known check (ground in
          ('clock-wrong', 'not-to-blame', 'effect-misjudged', 'party-rating-unrelated')),
        constraint summons_appeal_outcome_known check (outcome is null or outcome in ('granted', 'dismissed')),
        constraint summons_appeal_ruling_whole check ((outcome is null) = (ruled_at is null) and (outcome is null) = (ruled_by is null)
          and (outcome is null) = (ruling_reason is null)),
        constraint summons_appeal_granted_changes_something check (case when outcome = 'granted'
          then effect is not null or cardinality(excused) > 0 else effect is null and cardinality(excused) = 0 end),
        constraint summons_appeal_effect_bounds check (effect is null or effect between 0 and 100),
        constraint summons_appeal_excused_known check (excused <@ array['sign', 'arrive', 'feedback', 'party'])
      );
      create index summons_appeal_task on summons_appeal (task_id);

      create table agency_duty (
        id uuid primary key,
        agency_id uuid not null references agency (id),
        dispute_type text not null,
        role text not null,
        duty text not null,
        basis text,
        ended_at timestamptz,
        version integer not null default 1,
        constraint agency_duty_role_known check (role in ('lead', 'assist'))
      );
      create unique index agency_duty_once on agency_duty (agency_id, dispute_type) where ended_at is null;
      create index agency_duty_type on agency_duty (dispute_type) where ended_at is null;
    `);
    await secure(runner, 'summons_appeal', ['select', 'insert', 'update']);
    const center = `${IS_SYSTEM} or exists (select 1 from dispute d where d.id = summons_appeal.dispute_id)`;
    const either = `${center} or exists (select 1 from summons_task t
      where t.id = summons_appeal.task_id and t.agency_id = any ((select app.agency_ids())::uuid[]))`;
    await policy(runner, 'summons_appeal', 'select', either, 'The center of the matter; an agency for its own task.');
    await policy(runner, 'summons_appeal', 'insert', either, 'Lodged by the agency on its own task.');
    await policy(runner, 'summons_appeal', 'update', center, 'Ruled on only by the center of the matter.');

    await secure(runner, 'agency_duty', ['select', 'insert', 'update']);
    const keeper = `${IS_SYSTEM} or 'system-admin' = any ((select app.roles())::text[])`;
    await policy(runner, 'agency_duty', 'select', IS_KNOWN, 'Duty lists of agencies are public; no case content.');
    for (const verb of ['insert', 'update'] as const) {
      await policy(runner, 'agency_duty', verb, keeper, 'The system administrator keeps the list.');
    }

    // An agency sees neither the codes nor the whistle of others: the function answers its own task and nothing else.
    await runner.query(`
      create function app.task_of_code(p_digest text) returns uuid
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_task uuid; v_agencies uuid[] := app.agency_ids(); v_before text := app.elevate();
        begin
          select t.id into v_task
            from public.summons_sign_in_code c join public.summons_task t on t.summons_id = c.summons_id
           where c.digest = p_digest and c.used_at is null and c.expires_at > app.now()
             and t.agency_id = any (v_agencies) and t.state <> 'draft'
             and (t.agency_access_ends_at is null or t.agency_access_ends_at > app.now())
           order by t.id limit 1;
          perform set_config('app.principal', v_before, true);
          return v_task;
        end $$;
      revoke all on function app.task_of_code(text) from public;
      grant execute on function app.task_of_code(text) to zongzhi_app;
      create index summons_sign_in_code_digest on summons_sign_in_code (digest) where used_at is null;
    `);
    await describeTable(runner, 'summons_appeal', 'Appeal of an agency against its score (考核申诉), once per task.', {
      id: 'Identity.',
      dispute_id: 'The matter.',
      task_id: 'The agency’s task.',
      ground: 'Listed ground.',
      reason: 'Facts and reasons.',
      lodged_by: 'Who lodged it.',
      lodged_at: 'When.',
      due_at: 'First instant at which the ruling is late.',
      outcome: 'granted 成立 or dismissed 不成立; null until ruled.',
      effect: 'Points for the effect that replace those of the rating, where granted.',
      excused: 'Parts of the score that are left out, where granted: sign, arrive, feedback, party.',
      ruled_by: 'Who ruled; never who rated.',
      ruled_at: 'When.',
      ruling_reason: 'Reasons of the ruling.',
    });
    await describeTable(
      runner,
      'agency_duty',
      'Duty list (权责清单): which agency answers for which type of dispute.',
      {
        id: 'Identity.',
        agency_id: 'The agency.',
        dispute_type: 'Key of the dispute type dictionary; a first level covers those below it.',
        role: 'lead 主办 or assist 协办.',
        duty: 'What the agency answers for.',
        basis: 'Statute, three-fix plan or document that says so.',
        ended_at: 'Since when it no longer holds.',
        version: 'Optimistic lock.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index summons_sign_in_code_digest;
      drop function app.task_of_code(text);
      drop table agency_duty, summons_appeal;
      alter table summons_task drop column appeal_ends_at;
    `);
  }
}
