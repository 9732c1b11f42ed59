import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Drafts of papers other than agreements can be opened again, and a paper says from which of them it was issued. */
export class DraftsOfPapers1763600000039 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table paper_preview
        add column data_encrypted text,
        add constraint paper_preview_not_in_clear check (data_encrypted like 'v1.%');
      comment on column paper_preview.data_encrypted is
        'What was filled in and what the paper said, encrypted; null for drafts that were drawn before these were kept.';
      comment on column paper_preview.order_sha256 is
        'SHA-256 of the parameters that name what the paper is about: a summons to another party is another paper.';
      alter table paper add column preview_id uuid references paper_preview (id);
      comment on column paper.preview_id is 'The draft that it was issued from; null where nobody had looked at one.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table paper drop column preview_id;
      alter table paper_preview drop column data_encrypted;
      comment on column paper_preview.order_sha256 is
        'SHA-256 of the parameters: a summons to another party is another paper.';
    `);
  }
}
