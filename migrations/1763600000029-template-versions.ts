import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure } from './support';

const KEPT_BY_CENTER = `${IS_SYSTEM} or 'system-admin' = any ((select app.roles())::text[])
  or center_id = any ((select app.center_ids())::uuid[])`;

/** Paper templates as a center has changed them for itself. */
export class TemplateVersions1763600000029 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table template_version (
        id uuid primary key,
        center_id uuid not null references center (id),
        template_id text not null,
        number integer not null,
        source text,
        hash text,
        restored_from integer,
        note text not null,
        made_by uuid references account (id),
        made_by_name text not null,
        made_at timestamptz not null,
        ended_at timestamptz,
        constraint template_version_once unique (center_id, template_id, number),
        constraint template_version_counted check (number > 0),
        constraint template_version_short check (char_length(source) <= 60000),
        constraint template_version_whole check ((source is null) = (hash is null))
      );
      create unique index template_version_in_force on template_version (center_id, template_id) where ended_at is null;
    `);
    await secure(runner, 'template_version', ['select', 'insert', 'update']);
    for (const verb of ['select', 'insert', 'update'] as const)
      await policy(runner, 'template_version', verb, KEPT_BY_CENTER, 'Each center keeps its own.');
    await describeTable(
      runner,
      'template_version',
      'A paper template as a center has changed it; papers keep the exact text they were drawn from in paper_template.',
      {
        id: 'Identity.',
        center_id: 'Center whose papers are drawn with it.',
        template_id: 'House template in whose place it stands.',
        number: 'Counts the versions of one template at one center.',
        source:
          'What the center wrote: words and layout without id, name and data, which stay the house’s; null for the house template itself.',
        hash: 'SHA-256 of the source; null for the house template itself.',
        restored_from: 'Version that it repeats, 0 for the house template; null for new words.',
        note: 'What was changed, and why.',
        made_by: 'Who put it in force.',
        made_by_name: 'Their name at that time.',
        made_at: 'Since when it is in force.',
        ended_at: 'Until when; null for the one in force.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table template_version');
  }
}
