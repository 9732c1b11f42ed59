import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure } from './support';

const KINDS = ['urging', 'oversight', 'instruction', 'charge'];
const NEW_KINDS = [...KINDS, 'interview', 'report'];
const list = (values: readonly string[]): string => values.map((v) => `'${v}'`).join(', ');

/** The whistle acts: every late clock climbs 提醒, 催办, 督办单, 约谈, 报党委政法委 by itself; the center's ruling has a clock. */
export class Ladder1763600000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table summons_due drop constraint summons_due_kind_known;
      alter table summons_due add constraint summons_due_kind_known
        check (kind in ('sign', 'contact', 'arrive', 'feedback', 'ruling'));
      alter table summons_due add constraint summons_due_once_per_matter unique (dispute_id, id);
      alter table summons_due add column next_step_at timestamptz;
      comment on column summons_due.next_step_at is
        'When the next step of the ladder is due, infinity after the last; null until it is reckoned anew. Found by the sweep.';
      create index summons_due_next_step on summons_due (next_step_at nulls first)
        where met_at is null and stopped_at is null and current_due_at is not null;

      -- Whatever moves a clock makes its ladder be reckoned anew, so that no writer has to think of it.
      create function app.forget_next_step() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
        begin
          new.next_step_at := null;
          return new;
        end $$;
      create trigger summons_due_moved before update on summons_due for each row
        when (old.current_due_at is distinct from new.current_due_at or old.unit is distinct from new.unit
          or old.pauses is distinct from new.pauses or old.calendar_version is distinct from new.calendar_version
          or old.met_at is distinct from new.met_at or old.stopped_at is distinct from new.stopped_at)
        execute function app.forget_next_step();

      create table summons_ladder_step (
        id uuid primary key,
        dispute_id uuid not null,
        task_id uuid not null,
        due_id uuid not null,
        step text not null,
        due_at timestamptz not null,
        taken_at timestamptz not null,
        outcome text not null,
        supervision_id uuid,
        constraint summons_ladder_step_of_its_task foreign key (dispute_id, task_id) references summons_task (dispute_id, id),
        constraint summons_ladder_step_of_its_clock foreign key (dispute_id, due_id) references summons_due (dispute_id, id),
        constraint summons_ladder_step_once unique (due_id, step),
        constraint summons_ladder_step_known check (step in ('reminder', 'urge', 'supervise', 'interview', 'report')),
        constraint summons_ladder_step_outcome_known check (outcome in ('taken', 'overtaken')),
        constraint summons_ladder_step_not_before_due check (taken_at >= due_at),
        constraint summons_ladder_step_leaves_its_row check ((supervision_id is not null) = (outcome = 'taken' and step <> 'reminder'))
      );
      create index summons_ladder_step_task on summons_ladder_step (task_id);

      alter table supervision add column due_id uuid;
      alter table supervision alter column issued_by drop not null;
      alter table supervision drop constraint supervision_kind_known;
      alter table supervision add constraint supervision_kind_known check (kind in (${list(NEW_KINDS)}));
      alter table supervision drop constraint supervision_task_is_urged_or_overseen;
      alter table supervision add constraint supervision_task_has_its_kinds
        check (task_id is null or kind in ('urging', 'oversight', 'interview', 'report'));
      alter table supervision add constraint supervision_of_its_clock foreign key (dispute_id, due_id) references summons_due (dispute_id, id);
      alter table supervision add constraint supervision_system_names_clock check ((issued_by is null) = (due_id is not null));
      alter table supervision add constraint supervision_leaders_kinds_by_system check (kind not in ('interview', 'report') or due_id is not null);
      drop index supervision_one_open;
      create unique index supervision_one_open on supervision (dispute_id, kind, task_id) nulls not distinct
        where state = 'open' and due_id is null;
      create unique index supervision_once_per_clock on supervision (due_id, kind) where due_id is not null;
      -- A step and what it issued are written together, the step first: its row decides whether anything is issued.
      alter table summons_ladder_step add constraint summons_ladder_step_issued foreign key (supervision_id)
        references supervision (id) deferrable initially deferred;
    `);
    await secure(runner, 'summons_ladder_step', ['select', 'insert']);
    await policy(
      runner,
      'summons_ladder_step',
      'select',
      `${IS_SYSTEM} or exists (select 1 from dispute d where d.id = summons_ladder_step.dispute_id)
        or exists (select 1 from summons_task t where t.id = summons_ladder_step.task_id
             and t.agency_id = any ((select app.agency_ids())::uuid[]))`,
      'The center of the matter; an agency for its own task.',
    );
    await policy(runner, 'summons_ladder_step', 'insert', IS_SYSTEM, 'Taken by the program itself, when due.');
    await describeTable(
      runner,
      'summons_ladder_step',
      'A step of the ladder that one clock has climbed; each at most once.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        task_id: 'The agency’s task.',
        due_id: 'The clock.',
        step: 'reminder 临期提醒, urge 催办, supervise 督办单, interview 约谈 or report 报党委政法委.',
        due_at: 'When it was due: within office hours, but for clocks that run through nights and days off.',
        taken_at: 'When the program took it.',
        outcome: 'taken, or overtaken by a higher step that was due too when the program looked again after a stop.',
        supervision_id: 'What it issued; a reminder issues nothing.',
      },
    );
    await runner.query(`
      comment on column supervision.kind is
        'urging 催办, oversight 督办, instruction 批示, charge 包案, interview 约谈 or report 报党委政法委.';
      comment on column supervision.issued_by is 'Who issued it; null where the program did, by the ladder of a clock.';
      comment on column supervision.due_id is 'The clock whose ladder issued it.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table summons_ladder_step cascade;
      delete from supervision where due_id is not null;
      drop index supervision_once_per_clock;
      drop index supervision_one_open;
      alter table supervision drop column due_id;
      alter table supervision drop constraint if exists supervision_leaders_kinds_by_system;
      alter table supervision drop constraint if exists supervision_system_names_clock;
      alter table supervision drop constraint supervision_task_has_its_kinds;
      alter table supervision drop constraint supervision_kind_known;
      alter table supervision add constraint supervision_kind_known check (kind in (${list(KINDS)}));
      alter table supervision add constraint supervision_task_is_urged_or_overseen check (task_id is null or kind in ('urging', 'oversight'));
      alter table supervision alter column issued_by set not null;
      create unique index supervision_one_open on supervision (dispute_id, kind, task_id) nulls not distinct where state = 'open';
      drop trigger summons_due_moved on summons_due;
      drop function app.forget_next_step();
      drop index summons_due_next_step;
      delete from summons_due where kind = 'ruling';
      alter table summons_due drop column next_step_at;
      alter table summons_due drop constraint summons_due_once_per_matter;
      alter table summons_due drop constraint summons_due_kind_known;
      alter table summons_due add constraint summons_due_kind_known check (kind in ('sign', 'contact', 'arrive', 'feedback'));
    `);
  }
}
