import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure } from './support';

/** 常用语 for the words of leaders, by act and field. */
const PHRASES: Readonly<Record<string, readonly string[]>> = {
  'supervisions.urge.reason': ['请抓紧办理，并告知进展。', '时限将到，请优先办理。', '请今日内联系当事人。'],
  'supervisions.oversee.reason': [
    '已超过时限，请说明原因和下一步安排。',
    '请在答复期限前办结，或者说明不能办结的理由。',
    '请主要负责人牵头办理。',
  ],
  'supervisions.instruct.reason': ['请值班长牵头研究，提出意见报我。', '请依法依规稳妥办理。', '阅。请抓好落实。'],
  'supervisions.take-charge.reason': ['由本人包案，限期化解。', '事项涉及面广，提级由本人包案。'],
  'supervisions.urge-agency.reason': ['请立即签收。', '请按约定时间到场。', '请尽快书面反馈。'],
  'supervisions.oversee-agency.reason': ['吹哨已超过时限，请说明原因，明确办结时间。', '请分管负责人到场办理。'],
  'supervisions.return.reason': ['没有说明超期原因，请补充。', '没有明确办结时间，请补充。'],
  'supervisions.close.opinion': ['情况属实，同意办结。', '已办理，同意办结。'],
};

/** 催办、督办、批示、包案: what leaders ask about a matter or an agency's task, and what they are answered. */
export class Supervision1763600000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table supervision (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        center_id uuid not null references center (id),
        task_id uuid,
        agency_id uuid references agency (id),
        kind text not null,
        reason text not null,
        answer_due_on date,
        addressee_account_id uuid references account (id),
        addressee_name text not null,
        state text not null,
        issued_by uuid not null references account (id),
        issued_by_name text not null,
        issued_at timestamptz not null,
        answer text,
        answered_by uuid references account (id),
        answered_by_name text,
        answered_at timestamptz,
        return_reason text,
        ended_by uuid references account (id),
        ended_at timestamptz,
        ending_opinion text,
        version integer not null default 1,
        constraint supervision_of_its_task foreign key (dispute_id, task_id) references summons_task (dispute_id, id),
        constraint supervision_kind_known check (kind in ('urging', 'oversight', 'instruction', 'charge')),
        constraint supervision_state_known check (state in ('open', 'answered', 'closed', 'withdrawn')),
        constraint supervision_task_names_agency check ((task_id is null) = (agency_id is null)),
        constraint supervision_task_is_urged_or_overseen check (task_id is null or kind in ('urging', 'oversight')),
        constraint supervision_oversight_has_due check (kind <> 'oversight' or answer_due_on is not null),
        constraint supervision_charge_names_leader check (kind <> 'charge' or addressee_account_id is not null),
        constraint supervision_answer_whole check (num_nonnulls(answer, answered_by, answered_by_name, answered_at) in (0, 4)),
        constraint supervision_answered_has_answer check (state <> 'answered' or answer is not null),
        constraint supervision_ended_whole check ((state in ('closed', 'withdrawn')) = (ended_at is not null)
          and (ended_at is null) = (ended_by is null) and (ended_at is null) = (ending_opinion is null))
      );
      -- Nobody is urged twice about the same thing while the first urging waits for its answer.
      create unique index supervision_one_open on supervision (dispute_id, kind, task_id) nulls not distinct where state = 'open';
      create index supervision_dispute on supervision (dispute_id, issued_at);
      create index supervision_issued on supervision (issued_at desc, id desc);
      create index supervision_task on supervision (task_id) where task_id is not null;
      create index supervision_due on supervision (answer_due_on) where state = 'open' and answer_due_on is not null;
    `);
    for (const [place, texts] of Object.entries(PHRASES)) {
      await runner.query('insert into phrase_list values (gen_random_uuid(), null, $1, $2, null, now(), 1)', [
        place,
        texts,
      ]);
    }
    await secure(runner, 'supervision', ['select', 'insert', 'update']);
    const byMatter = 'exists (select 1 from dispute d where d.id = supervision.dispute_id)';
    const byTask = `exists (select 1 from summons_task t where t.id = supervision.task_id
      and t.agency_id = any ((select app.agency_ids())::uuid[]))`;
    await policy(
      runner,
      'supervision',
      'select',
      `${IS_SYSTEM} or ${byMatter} or ${byTask}`,
      'Whoever sees the header of the matter; an agency for its own task.',
    );
    await policy(
      runner,
      'supervision',
      'insert',
      `${IS_SYSTEM} or ${byMatter}`,
      'Directors act on the header of a matter; nobody supervises what he does not see.',
    );
    await policy(
      runner,
      'supervision',
      'update',
      `${IS_SYSTEM} or ${byMatter} or ${byTask}`,
      'The center of the matter, its directors, and the agency that answers.',
    );
    await describeTable(runner, 'supervision', 'One urging, oversight, instruction or taking charge of a matter.', {
      id: 'Identity.',
      dispute_id: 'The matter.',
      center_id: 'Center of the matter; its chain of the audit.',
      task_id: 'The agency’s task, where it is about one.',
      agency_id: 'The agency of that task.',
      kind: 'urging 催办, oversight 督办, instruction 批示 or charge 包案.',
      reason: 'What is asked and why.',
      answer_due_on: 'Until when to answer, that day included; for a charge until when to settle.',
      addressee_account_id: 'Who was to answer, where it is one person: the handler, or the leader who takes charge.',
      addressee_name: 'Who was to answer, as named then: person, agency, committee or unit.',
      state: 'State of supervisionLifecycle.',
      issued_by: 'Who issued it.',
      issued_by_name: 'Name as it was then.',
      issued_at: 'When.',
      answer: 'The latest answer.',
      answered_by: 'Who answered.',
      answered_by_name: 'Name as it was then.',
      answered_at: 'When.',
      return_reason: 'Why the latest answer was sent back.',
      ended_by: 'Who closed or withdrew it.',
      ended_at: 'When.',
      ending_opinion: 'With which words.',
      version: 'Optimistic lock.',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table supervision cascade;
      delete from phrase_list where center_id is null and place like 'supervisions.%';
    `);
  }
}
