import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure } from './support';

/** Phrases (常用语) that every center begins with; a center that writes its own for a place replaces them there. */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  opinion: ['情况属实，同意办理。', '材料齐全，符合受理条件。', '请按期办理，并及时告知当事人。'],
  reason: ['当事人书面提出。', '当事人当面要求，已核对身份。', '工作需要，已告知当事人。'],
  note: ['当面征询，已当场说明权利义务。', '电话征询，已说明自愿原则和不收费用。'],
  'disputes.triage.opinion': [
    '属民间纠纷，双方愿意调解，建议由人民调解委员会受理。',
    '属劳动人事争议，已告知可以先行调解，也可以直接申请劳动仲裁。',
    '属行政争议，已告知行政复议、行政诉讼的途径和期限。',
    '需要有关部门到场会商，建议吹哨。',
  ],
  'disputes.triage.riskReason': ['双方情绪平稳，没有激化苗头。', '已当面疏导，双方表示不再争执。'],
  'disputes.accept.opinion': ['同意受理。', '符合受理条件，同意由该调委会受理。'],
  'disputes.not-accept.reason': [
    '该事项已由人民法院立案，不属于人民调解受理范围。',
    '该事项已由公安机关处理，请按公安机关的处理途径办理。',
    '法律规定由专门机关管辖，请向该机关提出。',
    '一方当事人明确拒绝调解，请选择其他途径。',
  ],
  'disputes.refer.explanation': [
    '请携带身份证和证据材料，向有管辖权的人民法院提出。',
    '请在法定期限内提出，逾期可能不再受理。',
  ],
  'disputes.give-notice.explanation': ['补齐后当日受理。', '请携带原件核对，复印件留存。'],
  narrative: ['双方系邻居，因', '双方系买卖关系，因', '双方系亲属，因'],
  requests: ['请求调解，要求对方', '请求协调处理。'],
};

/** What is being written and not yet handed in, and the phrases offered while writing. */
export class DraftsAndPhrases1763600000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table draft (
        id uuid primary key,
        account_id uuid not null references account (id),
        key text not null,
        title_cipher text not null,
        content_cipher text not null,
        resume_path text,
        writer text not null,
        device text not null,
        created_at timestamptz not null,
        saved_at timestamptz not null,
        version integer not null default 1,
        constraint draft_once unique (account_id, key),
        constraint draft_key_short check (char_length(key) <= 200),
        constraint draft_device_known check (device in ('computer', 'phone'))
      );
      create index draft_latest on draft (account_id, saved_at desc, id desc);
      create index draft_age on draft (saved_at);

      create table phrase_list (
        id uuid primary key,
        center_id uuid references center (id),
        place text not null,
        texts text[] not null,
        changed_by uuid references account (id),
        changed_at timestamptz not null,
        version integer not null default 1,
        constraint phrase_list_once unique nulls not distinct (center_id, place),
        constraint phrase_list_short check (cardinality(texts) <= 50),
        constraint phrase_list_place_flat check (place ~ '^[a-zA-Z-]+([.][a-zA-Z-]+)*$')
      );
    `);
    for (const [place, texts] of Object.entries(DEFAULTS)) {
      await runner.query('insert into phrase_list values (gen_random_uuid(), null, $1, $2, null, now(), 1)', [
        place,
        texts,
      ]);
    }

    const own = `${IS_SYSTEM} or account_id = (select app.account_id())`;
    await secure(runner, 'draft', ['select', 'insert', 'update', 'delete']);
    for (const verb of ['select', 'insert', 'update', 'delete'] as const) {
      await policy(runner, 'draft', verb, own, 'A draft is there for whoever writes it, and for nobody else.');
    }
    await secure(runner, 'phrase_list', ['select', 'insert', 'update']);
    await policy(runner, 'phrase_list', 'select', IS_KNOWN, 'Everyone who is logged in is offered phrases.');
    const keeper = `${IS_SYSTEM} or (center_id is not null and (
      'system-admin' = any ((select app.roles())::text[]) or center_id = any ((select app.center_ids())::uuid[])))`;
    for (const verb of ['insert', 'update'] as const) {
      await policy(
        runner,
        'phrase_list',
        verb,
        keeper,
        'Each center keeps its own; the common ones stay as delivered.',
      );
    }

    await describeTable(
      runner,
      'draft',
      'What somebody is writing and has not handed in (草稿). Swept after 30 days.',
      {
        id: 'Identity.',
        account_id: 'Who writes it.',
        key: 'Which form it belongs to, as the program names it.',
        title_cipher: 'What the list of drafts shows, encrypted: it may name people.',
        content_cipher: 'The fields as JSON, encrypted.',
        resume_path: 'Page on which writing goes on; a path inside the program.',
        writer: 'Window that saved last, so that another window sees that it was not itself.',
        device: 'computer or phone.',
        created_at: 'First saved.',
        saved_at: 'Last saved; 30 days later it is swept.',
        version: 'Optimistic lock between windows.',
      },
    );
    await describeTable(runner, 'phrase_list', 'Phrases (常用语) offered at one place of a form.', {
      id: 'Identity.',
      center_id: 'Center that keeps the list; null for the list that every center begins with.',
      place: 'Field name (`opinion`) or act and field (`disputes.triage.opinion`).',
      texts: 'The phrases in their order; an empty list offers none.',
      changed_by: 'Who changed it last; null as delivered.',
      changed_at: 'When.',
      version: 'Optimistic lock.',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table draft, phrase_list');
  }
}
