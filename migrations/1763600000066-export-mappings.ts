import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_SYSTEM, policy, secure } from './support';

interface Seed {
  readonly header: string;
  readonly source: string | null;
  readonly format?: string;
  readonly awaitsCodes?: boolean;
  readonly isNeeded?: boolean;
  readonly most?: number;
}

/** Usual columns of each receiver. Codes of GB/T 31000 and GA/T 517 have not been verified: those columns stay empty. */
const COMMON: Readonly<Record<string, readonly Seed[]>> = {
  hotline: [
    { header: '工单编号', source: 'upstreamNumber', isNeeded: true, most: 50 },
    { header: '承办单位', source: 'centerName', isNeeded: true },
    { header: '承办人', source: 'handlerName' },
    { header: '办结日期', source: 'closedOn', isNeeded: true },
    { header: '办理结果', source: 'outcome', isNeeded: true },
    { header: '是否解决', source: 'isSettled' },
    { header: '答复内容', source: 'replyContent', isNeeded: true, most: 2000 },
    { header: '答复日期', source: 'replyOn', isNeeded: true },
    { header: '满意程度', source: 'satisfaction' },
  ],
  gbt31000: [
    { header: '事件名称', source: 'title', isNeeded: true, most: 80 },
    { header: '发生日期', source: 'registeredOn', format: 'compact-day', isNeeded: true },
    { header: '发生地点编码', source: 'placeUnit', awaitsCodes: true },
    { header: '发生地点详址', source: 'place', most: 80 },
    { header: '事件规模', source: 'headcount', awaitsCodes: true },
    { header: '事件类别', source: 'disputeType', awaitsCodes: true },
    { header: '涉及人数', source: 'headcount' },
    { header: '事件简述', source: 'narrative', isNeeded: true, most: 2000 },
    { header: '涉及单位', source: 'organizations', most: 80 },
    { header: '主要当事人证件代码', source: 'applicantDocumentKind', awaitsCodes: true },
    { header: '主要当事人证件号码', source: 'applicantDocumentNumber' },
    { header: '主要当事人姓名', source: 'applicantName', isNeeded: true, most: 80 },
    { header: '主要当事人性别', source: 'applicantSex', awaitsCodes: true },
    { header: '主要当事人民族', source: 'applicantEthnicity' },
    { header: '主要当事人学历', source: null },
    { header: '主要当事人人员类别', source: null },
    { header: '主要当事人居住详址', source: 'applicantAddress', most: 80 },
    { header: '化解时限', source: 'dueOn', format: 'compact-day' },
    { header: '化解方式', source: 'outcome', awaitsCodes: true },
    { header: '化解组织', source: 'committeeName', most: 80 },
    { header: '化解责任人姓名', source: 'handlerName', most: 80 },
    { header: '化解责任人联系方式', source: null },
    { header: '化解是否成功', source: 'isSettled', format: 'one-zero', isNeeded: true },
    { header: '化解情况', source: 'summary', isNeeded: true, most: 2000 },
    { header: '考评日期', source: null },
    { header: '考评意见', source: null },
    { header: '经度', source: null },
    { header: '纬度', source: null },
  ],
  mediation: [
    { header: '案号', source: 'caseNumber', isNeeded: true },
    { header: '调解组织', source: 'committeeName', isNeeded: true },
    { header: '调解员', source: 'handlerName', isNeeded: true },
    { header: '案件来源', source: 'channel', isNeeded: true },
    { header: '纠纷类型', source: 'disputeType', isNeeded: true },
    { header: '受理日期', source: 'acceptedOn', isNeeded: true },
    { header: '纠纷简要情况', source: 'narrative', isNeeded: true, most: 2000 },
    { header: '申请人', source: 'applicantName', isNeeded: true },
    { header: '申请人证件号码', source: 'applicantDocumentNumber' },
    { header: '申请人电话', source: 'applicantPhone' },
    { header: '被申请人', source: 'respondentName', isNeeded: true },
    { header: '被申请人电话', source: 'respondentPhone' },
    { header: '涉及人数', source: 'headcount' },
    { header: '涉及金额（元）', source: 'amount', format: 'yuan' },
    { header: '调解结果', source: 'outcome', isNeeded: true },
    { header: '协议形式', source: 'agreementKind' },
    { header: '协议编号', source: 'agreementNumber' },
    { header: '协议生效日期', source: 'agreementOn' },
    { header: '结案日期', source: 'closedOn', isNeeded: true },
  ],
  'old-platform': [
    { header: '事件名称', source: 'title', isNeeded: true },
    { header: '所属网格', source: 'placeUnit' },
    { header: '发生日期', source: 'registeredOn', isNeeded: true },
    { header: '发生地点', source: 'place' },
    { header: '受理日期', source: 'acceptedOn' },
    { header: '调解时限', source: 'dueOn' },
    { header: '类别', source: 'disputeType', isNeeded: true },
    { header: '规模', source: null },
    { header: '涉及人数', source: 'headcount' },
    { header: '涉及金额', source: 'amount', format: 'yuan' },
    { header: '涉及单位', source: 'organizations' },
    { header: '简述', source: 'narrative', isNeeded: true, most: 2000 },
    { header: '当事人', source: 'applicantName', isNeeded: true },
    { header: '化解方式', source: 'outcome' },
    { header: '化解日期', source: 'closedOn', isNeeded: true },
    { header: '化解责任人', source: 'handlerName' },
    { header: '化解组织', source: 'committeeName' },
    { header: '是否成功', source: 'isSettled', isNeeded: true },
    { header: '化解情况', source: 'summary', most: 2000 },
    { header: '考评日期', source: null },
    { header: '考评意见', source: null },
  ],
};

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** One record, many reports: which field goes into which column of whom. */
export class ExportMappings1763600000066 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table export_job add column format text not null default 'xlsx'
        constraint export_job_format_known check (format in ('xlsx', 'csv', 'json'));
      comment on column export_job.format is 'Form of the file.';
      create table export_mapping (
        id uuid primary key,
        center_id uuid references center (id),
        target text not null,
        version integer not null,
        columns jsonb not null,
        made_by uuid references account (id),
        made_at timestamptz not null,
        ended_at timestamptz,
        constraint export_mapping_target_known check (target in ('hotline', 'gbt31000', 'mediation', 'old-platform')),
        constraint export_mapping_columns_listed check (jsonb_typeof(columns) = 'array' and jsonb_array_length(columns) > 0),
        constraint export_mapping_version_once unique nulls not distinct (center_id, target, version),
        constraint export_mapping_common_by_nobody check ((center_id is null) = (made_by is null))
      );
      create unique index export_mapping_in_force on export_mapping (center_id, target) nulls not distinct where ended_at is null;
    `);
    for (const [target, seeds] of Object.entries(COMMON)) {
      const columns = seeds.map(
        ({ header, source, format = 'text', awaitsCodes = false, isNeeded = false, most = null }) => ({
          header,
          source,
          format,
          codes: [],
          awaitsCodes,
          isNeeded,
          most,
        }),
      );
      await runner.query(
        `insert into export_mapping values (gen_random_uuid(), null, ${quoted(target)}, 1, ${quoted(JSON.stringify(columns))}, null, now(), null)`,
      );
    }
    const own = 'center_id = any ((select app.center_ids())::uuid[])';
    await secure(runner, 'export_mapping', ['select', 'insert', 'update']);
    await policy(
      runner,
      'export_mapping',
      'select',
      `${IS_SYSTEM} or center_id is null or ${own}`,
      'Common ones, and those of a center for its staff.',
    );
    await policy(
      runner,
      'export_mapping',
      'insert',
      own,
      'Staff of the center; the common ones come with the program.',
    );
    await policy(runner, 'export_mapping', 'update', own, 'A new version ends the one before.');
    await describeTable(
      runner,
      'export_mapping',
      'Which field goes into which column of whom; a version is never changed.',
      {
        id: 'Identity.',
        center_id: 'Whose it is; null for the common ones.',
        target: 'To whom it is reported.',
        version: 'Counts up.',
        columns: 'Header, source, format, codes, whether needed, and the greatest length of each column.',
        made_by: 'Who made this version.',
        made_at: 'When.',
        ended_at: 'When another took its place.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table export_mapping; alter table export_job drop column format');
  }
}
