import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure } from './support';

/** Pictures for characters that no font has (字形图片). */
export class GlyphPictures1763600000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table glyph_picture (
        id uuid primary key,
        character text not null,
        media_type text not null,
        picture bytea not null,
        source text not null,
        added_by uuid references account (id),
        added_at timestamptz not null,
        removed_at timestamptz,
        removed_by uuid references account (id),
        version integer not null default 1,
        constraint glyph_picture_kind_known check (media_type in ('image/png', 'image/jpeg')),
        constraint glyph_picture_small check (octet_length(picture) <= 150000)
      );
      create unique index glyph_picture_one_in_use on glyph_picture (character) where removed_at is null;
    `);
    await secure(runner, 'glyph_picture', ['select', 'insert', 'update']);
    await policy(runner, 'glyph_picture', 'select', IS_KNOWN, 'The form of a character says nothing of anybody.');
    for (const verb of ['insert', 'update'] as const) {
      await policy(
        runner,
        'glyph_picture',
        verb,
        `${IS_SYSTEM} or 'system-admin' = any ((select app.roles())::text[])`,
        'The system administrator says how a character is drawn.',
      );
    }
    await describeTable(
      runner,
      'glyph_picture',
      'A picture that stands on papers for a character no font has (字形图片).',
      {
        id: 'Identity.',
        character: 'One character, with its variation selector where it has one.',
        media_type: 'image/png or image/jpeg.',
        picture: 'The picture.',
        source: 'Where its form was taken from, e.g. 居民身份证.',
        added_by: 'System administrator.',
        added_at: 'When.',
        removed_at: 'Since when papers do without it; null while in use.',
        removed_by: 'Who removed or replaced it.',
        version: 'Optimistic lock.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table glyph_picture');
  }
}
