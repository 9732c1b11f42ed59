import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, secureMatterTable } from './support';

/** Bound dossiers (组卷): what was bound when, and where the files lie. */
export class Dossiers1763600000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table dossier_binding (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        kind text not null,
        volume integer not null,
        note text,
        state text not null,
        steps_done integer not null default 0,
        steps integer not null default 0,
        gaps text[] not null,
        contents jsonb not null default '[]',
        page_count integer,
        book_sha256 text,
        book_bytes bigint,
        archive_sha256 text,
        archive_bytes bigint,
        problem text,
        requested_by uuid not null references account (id),
        requested_by_name text not null,
        requested_at timestamptz not null,
        moved_at timestamptz not null,
        finished_at timestamptz,
        constraint dossier_binding_kind_known
          check (kind in ('full', 'redacted', 'court', 'enforcement', 'police')),
        constraint dossier_binding_state_known check (state in ('running', 'done', 'failed')),
        constraint dossier_binding_done_has_book
          check ((state = 'done') = (book_sha256 is not null and page_count is not null)),
        constraint dossier_binding_failed_says_why check ((state = 'failed') = (problem is not null)),
        constraint dossier_binding_finished check ((state = 'running') = (finished_at is null)),
        constraint dossier_binding_redacted_alone check (kind <> 'redacted' or archive_sha256 is null)
      );
      create index dossier_binding_latest on dossier_binding (dispute_id, requested_at desc, id desc);
    `);
    await secureMatterTable(runner, 'dossier_binding', 'full');
    await describeTable(runner, 'dossier_binding', 'One binding of the dossier of a matter (卷宗装订).', {
      id: 'Identity.',
      dispute_id: 'Matter.',
      kind: 'full, redacted, court, enforcement or police: what it was bound for.',
      volume: 'Volume of the matter at that time.',
      note: 'Remark that the binder had printed on the cover or under the catalogue.',
      state: 'running, done or failed.',
      steps_done: 'How far it has come.',
      steps: 'Of how many steps.',
      gaps: 'What was missing when it was bound, in the words that the binder saw.',
      contents: 'The catalogue as printed: title, first and last page, remark.',
      page_count: 'Pages of the bound volume.',
      book_sha256: 'Digest of the bound PDF in the store.',
      book_bytes: 'Its length.',
      archive_sha256: 'Digest of the archive with the original files; a redacted copy has none.',
      archive_bytes: 'Its length.',
      problem: 'Why there is none, for whoever asked.',
      requested_by: 'Who had it bound; it holds what this person may read.',
      requested_by_name: 'Their name then.',
      requested_at: 'When it was asked for.',
      moved_at: 'When it last came on; one that stands still was cut off by a stop of the program.',
      finished_at: 'When it was there, or failed.',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table dossier_binding');
  }
}
