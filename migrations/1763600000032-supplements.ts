import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a supplement or a correction says of the agreement before it. */
export class Supplements1763600000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table paper
        add column amends_id uuid references paper (id),
        add column amends_as text,
        add constraint paper_amends_whole check ((amends_id is null) = (amends_as is null)),
        add constraint paper_amends_as_known check (amends_as in ('supplement', 'correction')),
        add constraint paper_amends_or_supersedes check (amends_id is null or supersedes_id is null);
      create index paper_amends on paper (amends_id) where amends_id is not null;
      comment on column paper.amends_id is 'The paper in force that this one supplements or corrects; its verification leads here.';
      comment on column paper.amends_as is 'supplement or correction.';
      alter table agreement_obligation add column replaces_item_id uuid references performance_item (id);
      comment on column agreement_obligation.replaces_item_id is
        'What was to be performed under the earlier agreement and is agreed anew here; it falls away when this takes effect.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table agreement_obligation drop column replaces_item_id;
      alter table paper drop column amends_id, drop column amends_as;
    `);
  }
}
