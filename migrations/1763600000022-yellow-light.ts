import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the clocks of a center turn yellow is the center's to say. */
export class YellowLight1763600000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table center add column yellow_part smallint not null default 3
        constraint center_yellow_part_known check (yellow_part in (2, 3, 4, 5, 10));
      comment on column center.yellow_part is 'A clock turns yellow when one part in so many of its term is left (黄灯).';
      comment on column worklist_matter.warns_at is 'From when on the part of the term or less is left of which the center warns.';
      comment on column worklist_entry.warns_at is 'From when on the part of the term or less is left of which the center warns.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table center drop column yellow_part;
      comment on column worklist_matter.warns_at is 'From when on a third of the term or less is left.';
      comment on column worklist_entry.warns_at is 'From when on a third of the term or less is left.';
    `);
  }
}
