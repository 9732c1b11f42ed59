import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure } from './support';

const PHRASES: Readonly<Record<string, readonly string[]>> = {
  'supervisions.interview.reason': [
    '催办、督办后仍无进展，请承办负责人当面说明情况。',
    '超过时限较长，约谈了解原因，明确办结时间。',
  ],
  'supervisions.interview-agency.reason': ['多次催办、督办后仍未办理，请分管负责人到中心说明情况。'],
};

/** 约谈 that a leader begins himself, the two levels of 督办, and the outlines of a center's areas for its own simple map. */
export class LeadersDesk1763600000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table supervision add column level text;
      update supervision set level = 'daily' where kind = 'oversight';
      alter table supervision add constraint supervision_level_known check (level in ('daily', 'listed'));
      alter table supervision add constraint supervision_oversight_has_level check ((kind = 'oversight') = (level is not null));
      comment on column supervision.level is 'Of an oversight: daily 日常督办 or listed 挂牌督办, which leaders alone decide; null for the others.';
      alter table supervision drop constraint supervision_leaders_kinds_by_system;
      alter table supervision add constraint supervision_report_by_system check (kind <> 'report' or due_id is not null);
      alter table supervision add constraint supervision_interview_has_due
        check (kind <> 'interview' or due_id is not null or answer_due_on is not null);
    `);
    for (const [place, texts] of Object.entries(PHRASES)) {
      await runner.query('insert into phrase_list values (gen_random_uuid(), null, $1, $2, null, now(), 1)', [
        place,
        texts,
      ]);
    }
    await runner.query(`
      create table place_shape (
        center_id uuid not null references center (id),
        unit_id uuid not null references org_unit (id),
        points jsonb not null,
        drawn_by uuid not null references account (id),
        drawn_at timestamptz not null,
        primary key (center_id, unit_id),
        constraint place_shape_is_polygon check (jsonb_typeof(points) = 'array' and jsonb_array_length(points) between 3 and 60)
      );
    `);
    await secure(runner, 'place_shape', ['select', 'insert', 'delete']);
    await policy(runner, 'place_shape', 'select', IS_KNOWN, 'Outlines of areas are no secret of the house.');
    for (const verb of ['insert', 'delete'] as const) {
      await policy(
        runner,
        'place_shape',
        verb,
        IS_SYSTEM,
        'Written for whoever was authorized to draw the map of the center.',
      );
    }
    await describeTable(
      runner,
      'place_shape',
      'Outline of an area on the simple map of a center; no geography, a sketch.',
      {
        center_id: 'Whose map.',
        unit_id: 'The area: a street or community below the unit of the center.',
        points: 'Corners in order, each [x, y] from 0 to 100 from the upper left.',
        drawn_by: 'Who drew it.',
        drawn_at: 'When.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table place_shape;
      delete from phrase_list where center_id is null and place like 'supervisions.interview%';
      delete from supervision where kind = 'interview' and due_id is null;
      alter table supervision drop constraint supervision_interview_has_due;
      alter table supervision drop constraint supervision_report_by_system;
      alter table supervision add constraint supervision_leaders_kinds_by_system
        check (kind not in ('interview', 'report') or due_id is not null);
      alter table supervision drop column level;
    `);
  }
}
