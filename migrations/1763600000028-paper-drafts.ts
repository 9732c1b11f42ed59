import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, secureMatterTable } from './support';

/** Drafts by number (第n稿): the same number is the same text, whoever holds the sheet. */
export class PaperDrafts1763600000028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table agreement_draft (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        agreement_id uuid not null references agreement (id),
        number integer not null,
        data_encrypted text not null,
        data_sha256 text not null,
        written_by uuid references account (id),
        written_at timestamptz not null,
        shown_at timestamptz,
        round integer,
        constraint agreement_draft_number_unique unique (agreement_id, number),
        constraint agreement_draft_not_in_clear check (data_encrypted like 'v1.%'),
        constraint agreement_draft_sha256 check (data_sha256 ~ '^[0-9a-f]{64}$'),
        constraint agreement_draft_signed_was_shown check (round is null or shown_at is not null)
      );
      create function app.draft_frozen() returns trigger language plpgsql as $$
        begin
          if tg_op = 'DELETE' or (old.shown_at is not null
              and to_jsonb(new) - 'round' <> to_jsonb(old) - 'round') or old.number <> new.number then
            raise exception 'a draft that was shown is never changed' using errcode = '42501';
          end if;
          return new;
        end $$;
      create trigger agreement_draft_frozen before update or delete on agreement_draft
        for each row execute function app.draft_frozen();

      create table paper_preview (
        id uuid primary key,
        dispute_id uuid not null references dispute (id),
        template_id text not null,
        order_sha256 text not null,
        number integer not null,
        content_hash text not null,
        drawn_by uuid references account (id),
        drawn_at timestamptz not null,
        constraint paper_preview_number_unique unique (dispute_id, template_id, order_sha256, number),
        constraint paper_preview_content_unique unique (dispute_id, template_id, order_sha256, content_hash),
        constraint paper_preview_sha256 check (order_sha256 ~ '^[0-9a-f]{64}$' and content_hash ~ '^[0-9a-f]{64}$')
      );
    `);
    await secureMatterTable(runner, 'agreement_draft', 'full');
    await secureMatterTable(runner, 'paper_preview', 'full', ['select', 'insert']);
    await describeTable(
      runner,
      'agreement_draft',
      'Drafts of an agreement’s paper (第n稿). One that was shown to somebody stays; what is written after it is the next.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        agreement_id: 'The agreement.',
        number: 'Printed on every page: 第n稿 未生效.',
        data_encrypted: 'What the paper is drawn from, encrypted.',
        data_sha256: 'SHA-256 of these data, to tell whether the text moved.',
        written_by: 'Who wrote it.',
        written_at: 'When it was last written.',
        shown_at: 'First printed or fixed for signing; from then on it never changes.',
        round: 'Round of signing whose text it became.',
      },
    );
    await describeTable(
      runner,
      'paper_preview',
      'Numbers of the drafts of other papers, by what was ordered: the same content has the same number.',
      {
        id: 'Identity.',
        dispute_id: 'The matter.',
        template_id: 'Template.',
        order_sha256: 'SHA-256 of the parameters: a summons to another party is another paper.',
        number: 'Printed on every page: 第n稿 未生效.',
        content_hash: 'SHA-256 of what the paper says.',
        drawn_by: 'Who first looked at it.',
        drawn_at: 'When.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table paper_preview, agreement_draft; drop function app.draft_frozen()');
  }
}
