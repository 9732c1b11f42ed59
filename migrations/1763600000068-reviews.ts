import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure, secureMatterTable } from './support';

/** 卷宗评查: rounds drawn by lot, seven points of each file, what the handler answers. */
export class Reviews1763600000068 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table review_round (
        id uuid primary key,
        center_id uuid not null references center (id),
        title text not null,
        from_on date not null,
        to_on date not null,
        share integer not null,
        at_least integer not null,
        answer_days integer not null,
        excellent_from integer not null,
        passing_from integer not null,
        seed text not null,
        pool jsonb not null,
        drawn_by uuid not null references account (id),
        drawn_by_name text not null,
        drawn_at timestamptz not null,
        cancelled_by uuid references account (id),
        cancelled_at timestamptz,
        cancel_reason text,
        version integer not null default 1,
        constraint review_round_span check (from_on <= to_on),
        constraint review_round_share_bounds check (share between 1 and 100 and at_least between 1 and 50),
        constraint review_round_answer_days_bounds check (answer_days between 1 and 30),
        constraint review_round_grades check (passing_from between 1 and 99 and excellent_from between passing_from + 1 and 100),
        constraint review_round_cancelled check (num_nonnulls(cancelled_by, cancelled_at, cancel_reason) in (0, 3))
      );
      create index review_round_center on review_round (center_id, drawn_at desc);

      create table review_file (
        id uuid primary key,
        round_id uuid not null references review_round (id),
        dispute_id uuid not null references dispute (id),
        volume integer not null,
        ordinal integer not null,
        mediator_id uuid not null references account (id),
        mediator_name text not null,
        reviewer_id uuid references account (id),
        reviewer_name text,
        state text not null,
        marks jsonb,
        total integer,
        grade text,
        reviewed_at timestamptz,
        answer_due_on date,
        answers jsonb,
        answered_by uuid references account (id),
        answered_by_name text,
        answered_at timestamptz,
        return_reason text,
        closed_at timestamptz,
        version integer not null default 1,
        constraint review_file_once unique (round_id, dispute_id),
        constraint review_file_state_known check (state in ('drawn', 'reviewed', 'answered', 'closed', 'cancelled')),
        constraint review_file_grade_known check (grade is null or grade in ('excellent', 'passing', 'failing')),
        constraint review_file_reviewed check (num_nonnulls(marks, total, grade, reviewed_at) in (0, 4)
          and (state not in ('reviewed', 'answered', 'closed') or (reviewed_at is not null and reviewer_id is not null))),
        constraint review_file_answered check (num_nonnulls(answers, answered_by, answered_by_name, answered_at) in (0, 4)
          and (state <> 'answered' or answered_at is not null)),
        constraint review_file_closed check ((state = 'closed') = (closed_at is not null)),
        constraint review_file_not_by_its_mediator check (reviewer_id is distinct from mediator_id)
      );
      create index review_file_dispute on review_file (dispute_id);
      create index review_file_reviewer on review_file (reviewer_id) where state in ('drawn', 'answered');
    `);
    await secure(runner, 'review_round', ['select', 'insert', 'update']);
    const leads = `${IS_SYSTEM} or center_id = any ((select app.center_ids())::uuid[])
      or center_id = any ((select app.header_center_ids())::uuid[])`;
    for (const verb of ['select', 'insert', 'update'] as const)
      await policy(runner, 'review_round', verb, leads, 'The center whose files are reviewed, and those above it.');
    await secureMatterTable(runner, 'review_file', 'header');

    await runner.query(`
      create function app.worklist_reviews(p_dispute uuid) returns jsonb
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare v_before text := app.elevate(); v_answer jsonb;
        begin
          select jsonb_build_object('review', (select jsonb_build_object('since', f.reviewed_at, 'dueOn', f.answer_due_on)
              from public.review_file f where f.dispute_id = p_dispute and f.state = 'reviewed' order by f.answer_due_on limit 1))
            into v_answer;
          perform set_config('app.principal', v_before, true);
          return v_answer;
        end $$;
      revoke all on function app.worklist_reviews(uuid) from public;
      grant execute on function app.worklist_reviews(uuid) to zongzhi_app;
    `);

    await describeTable(
      runner,
      'review_round',
      'A round of dossier review (卷宗评查): files drawn by lot, in parts by mediator.',
      {
        id: 'Identity.',
        center_id: 'Whose files.',
        title: 'What the round is called.',
        from_on: 'Files of matters closed from this day,',
        to_on: 'until this day.',
        share: 'Per cent of each mediator’s files, rounded up.',
        at_least: 'Files of each mediator at the least, as far as there are so many.',
        answer_days: 'Working days that the handler has for an answer.',
        excellent_from: 'Points from which a file is 优.',
        passing_from: 'Points from which a file is 合格.',
        seed: 'The lot: with the pool it gives the same draw to anyone.',
        pool: 'What was drawn from: mediators with the ids of their matters.',
        drawn_by: 'Who drew.',
        drawn_by_name: 'Their name at that time.',
        drawn_at: 'When.',
        cancelled_by: 'Who called it off.',
        cancelled_at: 'When.',
        cancel_reason: 'Why.',
        version: 'Optimistic lock.',
      },
    );
    await describeTable(runner, 'review_file', 'A file in a round of review.', {
      id: 'Identity.',
      round_id: 'The round.',
      dispute_id: 'The matter.',
      volume: 'Which volume of it.',
      ordinal: 'Order of the draw.',
      mediator_id: 'Whose work it is.',
      mediator_name: 'Their name at that time.',
      reviewer_id: 'Who reviews; null where nobody chosen was free of the matter.',
      reviewer_name: 'Their name at that time.',
      state: 'State in its lifecycle.',
      marks: 'Points and finding for each of the seven points.',
      total: 'Sum of the points.',
      grade: 'Grade by the bounds of the round.',
      reviewed_at: 'When it was reviewed.',
      answer_due_on: 'Until when the handler answers.',
      answers: 'To each finding: mended or explained, and how.',
      answered_by: 'Who answered.',
      answered_by_name: 'Their name at that time.',
      answered_at: 'When.',
      return_reason: 'Why the answer was last sent back.',
      closed_at: 'When it was closed.',
      version: 'Optimistic lock.',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function app.worklist_reviews(uuid)');
    await runner.query('drop table review_file, review_round');
  }
}
