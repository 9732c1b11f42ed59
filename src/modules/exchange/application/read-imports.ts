import { Injectable } from '@nestjs/common';
import { DomainError, notFound } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { type FormColumn, writeForm } from '../../../platform/excel';
import { cursorParts, pageOf } from '../../../platform/http';
import { ImportJob } from '../persistence/import-job.entity';
import { IMPORT_KEYS, MOST_MATTERS, importColumn } from './import-columns';
import { isRunning } from './import-ledger';
import { COUNTED, ImportRowStore, type RowCounts, type RowState } from './import-row-store';

const NOTES = [
  '一、第一行是栏目名称，带 * 的必须填写；第二行是说明；第三行是示例，导入时自动略过。从第四行起逐行填写，每行一件。',
  '二、只导入已经办结的事项。还在办理的，请在系统的“登记”里登记，从登记起按程序办理。',
  `三、一次最多 ${MOST_MATTERS} 行。旧台账编号每件不同；同一编号再次上传不会重复导入。`,
  '四、来源渠道、纠纷类型、办理结果从列表中选，列表见“可选值”表。',
  '五、一方有多人的，姓名用顿号隔开，证件号码和电话按同样的次序填写，没有的写“无”。单位写作“单位：某某公司”。',
  '六、身份证号填18位，整栏为文本格式。号码导入后加密保存，平时只显示一部分。',
  '七、导入的事项列为“已归档”，注明“旧台账导入”和原编号。系统不会补造调解会、期限、协议等没有记载的内容，也不计入登记数和办结数（在指标中另列）。',
];

const COLUMNS: readonly FormColumn[] = IMPORT_KEYS.map((key) => {
  const { choices, ...column } = importColumn(key);
  return { ...column, ...(choices === undefined ? {} : { choices: [...choices.keys()] }) };
});

const FAULTS_COLUMN: FormColumn = { header: '需要修改的地方', hint: '改好后可以不删这一栏', example: '', width: 48 };

type OwnJob = ImportJob & RowCounts & { readonly centerName: string };

const OWN_JOBS = `select j.id, j.center_id as "centerId", c.name as "centerName", j.file_name as "fileName", j.state,
    j.is_whole as "isWhole", j.row_count as "rowCount", j.written_count as "writtenCount", j.problem,
    j.checked_at as "checkedAt", j.moved_at as "movedAt", j.finished_at as "finishedAt", counted.*
  from import_job j join center c on c.id = j.center_id
  cross join lateral (select ${COUNTED} from import_row where job_id = j.id) counted
  where j.account_id = $1`;

/** What one has uploaded, the latest first, row by row, and the workbooks for it. */
@Injectable()
export class ReadImports {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rows: ImportRowStore,
  ) {}

  async list() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'exchange.list-imports', { ownerAccountId: tx.actor.accountId });
      const jobs = await tx.query<OwnJob>(`${OWN_JOBS} order by j.checked_at desc, j.id desc limit 20`, [
        tx.actor.accountId,
      ]);
      return { items: jobs.map((job) => viewOf(job, tx.now)) };
    });
  }

  async one(id: string) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'exchange.read-import', { ownerAccountId: tx.actor.accountId });
      return viewOf(await tx.one<OwnJob>(`${OWN_JOBS} and j.id = $2`, [tx.actor.accountId, id]), tx.now);
    });
  }

  /** Rows in one state. Of what stands in them only the number of the old ledger is shown. */
  async rowsOf(id: string, query: { readonly state: RowState; readonly limit?: number; readonly cursor?: string }) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'exchange.read-import-rows', { ownerAccountId: tx.actor.accountId });
      await ownJob(tx, id);
      const limit = query.limit ?? 50;
      const after = Number(cursorParts(query.cursor, /^(\d{1,7})$/, ['row'])?.row ?? 0);
      const found = await this.rows.read(tx, id, query.state, after, limit + 1);
      const page = pageOf(found, limit, (row) => String(row.number));
      return {
        nextCursor: page.nextCursor,
        items: page.items.map(({ number, state, oldNumber, faults, disputeId }) => ({
          rowNumber: number,
          state,
          oldNumber,
          faults,
          disputeId,
        })),
      };
    });
  }

  async template(): Promise<Buffer> {
    await this.unitOfWork.read((tx) => {
      authorize(tx.actor, 'exchange.download-template');
      return Promise.resolve();
    });
    return writeForm({ name: '旧台账', columns: COLUMNS, room: MOST_MATTERS, rows: [], notes: NOTES });
  }

  /** The refused rows as they were written, with what is wrong before them: to be mended and uploaded again. */
  async refused(id: string): Promise<Buffer> {
    const rows = await this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'exchange.download-refused', { ownerAccountId: tx.actor.accountId });
      const { centerId } = await ownJob(tx, id);
      const refused = await this.rows.read(tx, id, 'refused', 0, MOST_MATTERS);
      tx.audit({
        act: 'exchange.download-refused',
        objectType: 'import',
        objectId: id,
        chain: centerId,
        details: { rows: refused.length },
      });
      return refused;
    });
    if (rows.length === 0) throw new DomainError('conflict', 'exchange.nothing-refused', '没有需要修改的行。');
    return writeForm({
      name: '旧台账',
      columns: [FAULTS_COLUMN, ...COLUMNS],
      room: MOST_MATTERS,
      rows: rows.map(({ number, raw, faults }) => [
        [`原第 ${number} 行`, ...faults.map((f) => `${f.column}：${f.detail}`)].join('\n'),
        ...IMPORT_KEYS.map((key) => raw[key] ?? null),
      ]),
      notes: NOTES,
    });
  }
}

function viewOf(job: OwnJob, now: Date) {
  const isUnderWay = isRunning(job, now);
  const isCutOff = job.state === 'running' && !isUnderWay;
  return {
    id: job.id,
    centerId: job.centerId,
    centerName: job.centerName,
    fileName: job.fileName,
    state: isCutOff ? ('checked' as const) : job.state,
    isRunning: isUnderWay,
    isWhole: job.isWhole,
    rowCount: job.rowCount,
    goodCount: job.good,
    refusedCount: job.refused,
    knownCount: job.known,
    importedCount: job.imported,
    writtenCount: job.writtenCount,
    problem: isCutOff ? '系统重启，导入中断。请再次点“导入”，已经导入的不会重复。' : job.problem,
    checkedAt: job.checkedAt.toISOString(),
    finishedAt: job.finishedAt?.toISOString() ?? null,
    allowedActs: job.good > 0 && !isUnderWay ? ['exchange.start-import'] : [],
  };
}

async function ownJob(tx: Tx, id: string): Promise<ImportJob> {
  const job = await tx.get(ImportJob, id);
  if (job.accountId !== tx.actor.accountId) throw notFound();
  return job;
}
