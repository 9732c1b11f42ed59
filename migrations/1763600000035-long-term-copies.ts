import type { MigrationInterface, QueryRunner } from 'typeorm';
import { IS_SYSTEM, describeTable, fullAccess, policy, secure } from './support';

/** Long-term copies of sealed papers (长期保存版): which are still to be made, and why they are not there yet. */
export class LongTermCopies1763600000035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table paper_file drop constraint paper_file_kind_known;
      alter table paper_file add constraint paper_file_kind_known
        check (kind in ('final', 'sealed', 'voided', 'long-term'));
      comment on column paper_file.kind is
        'final as drawn, sealed, voided: the copy with the watermark 已作废, or long-term: the sealed file with validation data behind it.';

      create table paper_long_term (
        paper_id uuid primary key references paper (id),
        dispute_id uuid not null references dispute (id),
        due_at timestamptz not null,
        attempts integer not null default 0,
        problem text,
        collected_at timestamptz,
        constraint paper_long_term_problem_over check (collected_at is null or problem is null)
      );
      create index paper_long_term_due on paper_long_term (due_at) where collected_at is null;
    `);
    // What was sealed before: due at once. Row security holds for the owner too.
    await runner.query(`
      select app.elevate();
      insert into paper_long_term (paper_id, dispute_id, due_at)
        select distinct paper_id, dispute_id, now() from seal_use where level = 'B-T';
      select set_config('app.principal', '', true);
    `);
    await secure(runner, 'paper_long_term', ['select', 'insert', 'update']);
    const ofOwnMatter = `exists (select 1 from dispute d where d.id = paper_long_term.dispute_id and ${fullAccess('d')})`;
    await policy(
      runner,
      'paper_long_term',
      'select',
      `${IS_SYSTEM} or ${ofOwnMatter} or exists (select 1 from seal_use u where u.paper_id = paper_long_term.paper_id)`,
      'Those who may read the content of the matter, or the ledger of the seal.',
    );
    await policy(
      runner,
      'paper_long_term',
      'insert',
      `${IS_SYSTEM} or ${ofOwnMatter}`,
      'Entered with the seal on the paper.',
    );
    await policy(runner, 'paper_long_term', 'update', IS_SYSTEM, 'The program makes the copies by itself.');
    await describeTable(
      runner,
      'paper_long_term',
      'Work list of long-term copies: every paper whose seal carries a timestamp, until its copy is in paper_file and after.',
      {
        paper_id: 'The sealed paper.',
        dispute_id: 'The matter.',
        due_at: 'When it is tried next; moved on by whoever takes it, so that nobody else does.',
        attempts: 'How often it was taken.',
        problem: 'Why there is none yet, for staff.',
        collected_at: 'When the copy was made.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table paper_long_term;
      alter table paper_file drop constraint paper_file_kind_known;
      alter table paper_file disable trigger paper_file_append_only;
      delete from paper_file where kind = 'long-term';
      alter table paper_file enable trigger paper_file_append_only;
      alter table paper_file add constraint paper_file_kind_known check (kind in ('final', 'sealed', 'voided'));
      comment on column paper_file.kind is 'final as drawn, sealed, or voided: the copy with the watermark 已作废.';
    `);
  }
}
