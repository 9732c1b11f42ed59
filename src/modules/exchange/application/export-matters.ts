import { Inject, Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { DomainError, notFound } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { Chores } from '../../../platform/chores';
import { type Principal, UnitOfWork, currentContext, uuidv7, withContext } from '../../../platform/database';
import { type PackedPage, streamSheet } from '../../../platform/excel';
import { FileStore } from '../../../platform/files';
import { Drain, EXCEL } from '../../../platform/http';
import { LOGGER, type Logger } from '../../../platform/logging';
import { type ListDisputesQuery, ListForFile } from '../../disputes';
import { ExportJob } from '../persistence/export-job.entity';
import { EXPORT_COLUMNS, type ExportColumnKey } from './export-columns';

/** Rows read at once, in a transaction that other requests hardly feel. */
const PAGE = 1000;
/** While others wait for an answer, the next page is put off for so many times as long as the last one took. */
const PATIENCE = 3;
/** More would not open in the tables of the desk; the question is to be made narrower. */
const MOST_ROWS = 200_000;
/** A running export that has not moved for so long was cut off by a stop of the program. */
const STALLED_MS = 120_000;

type MatterConditions = Omit<ListDisputesQuery, 'limit' | 'cursor'>;

export interface ExportCommand extends MatterConditions {
  readonly columns: readonly ExportColumnKey[];
}

/**
 * Writes the list as it stands on the screen into a file, beside the requests: by the rights of whoever asked, read anew
 * for each page. One at a time for each person.
 */
@Injectable()
export class ExportMatters {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly list: ListForFile,
    private readonly files: FileStore,
    private readonly chores: Chores,
    private readonly drain: Drain,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute({ columns, ...query }: ExportCommand) {
    let isNew = false as boolean;
    const started = await this.unitOfWork.run(async (tx) => {
      // A repetition of the same submission is answered without coming here, and begins nothing.
      isNew = true;
      authorize(tx.actor, 'exchange.export-matters');
      const accountId = tx.actor.accountId ?? '';
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 21))', [accountId]);
      const [open] = await tx.query<{ id: string }>(
        "select id from export_job where account_id = $1 and state = 'running' and moved_at > $2",
        [accountId, new Date(tx.now.getTime() - STALLED_MS)],
      );
      if (open)
        throw new DomainError(
          'conflict',
          'exchange.export-running',
          '上一份导出还在进行，请在“下载中心”等它完成后再导出。',
        );
      const job = {
        id: uuidv7(),
        accountId,
        title: titleOf(query),
        query: query as Record<string, string>,
        columns: [...columns],
        state: 'running' as const,
        requestedAt: tx.now,
        movedAt: tx.now,
      };
      await tx.insert(ExportJob, job);
      tx.audit({ act: 'exchange.export-matters', objectType: 'export', objectId: job.id, details: { query, columns } });
      return { id: job.id, accountId, exporter: tx.actor.displayName ?? '' };
    });
    if (isNew) this.begin({ ...started, query, columns });
    return { id: started.id };
  }

  /**
   * The same file at once, written while it is being fetched, for whoever does not want to come back for it. By the rights
   * and the login of whoever asks, read anew for each page: where one of them ends, the file breaks off.
   */
  async stream({ columns, ...query }: ExportCommand): Promise<{ content: Readable; fileName: string }> {
    const { principal } = currentContext();
    const exporter = await this.unitOfWork.run((tx) => {
      authorize(tx.actor, 'exchange.export-matters');
      tx.audit({ act: 'exchange.export-matters', objectType: 'export', details: { query, columns } });
      return Promise.resolve(tx.actor.displayName ?? '');
    });
    return {
      content: sheetOf(exporter, columns, this.pages({ principal, query })),
      fileName: fileNameOf(titleOf(query)),
    };
  }

  private begin(order: Order): void {
    // The rights are those of the person, not of this request: its login may end before the file is done.
    const principal = { kind: 'account', accountId: order.accountId, sessionId: null } as const;
    this.chores.begin({ name: 'export-matters', work: () => withContext({ principal }, () => this.write(order)) });
  }

  private async write(order: Order): Promise<void> {
    const progress = { rows: 0 };
    try {
      const bytes = await buffer(sheetOf(order.exporter, order.columns, this.counted(order, progress)));
      const { sha256 } = await this.files.put(bytes);
      await this.settle(order.id, {
        state: 'done',
        fileSha256: sha256,
        sizeBytes: bytes.length,
        rowCount: progress.rows,
      });
    } catch (error) {
      const problem = error instanceof DomainError ? error.message : '导出没有完成，请重新导出。';
      if (!(error instanceof DomainError)) this.logger.warn({ err: error, exportId: order.id }, 'export failed');
      await this.settle(order.id, { state: 'failed', problem }).catch(() => undefined);
    }
  }

  /** The pages of an order, entered in it as they come. */
  private async *counted({ id, accountId, query }: Order, progress: { rows: number }) {
    const principal = { kind: 'account', accountId, sessionId: null } as const;
    for await (const page of this.pages({ principal, query })) {
      progress.rows += page.count;
      await this.unitOfWork.run(async (tx) => {
        await tx.update(ExportJob, id, { rowCount: progress.rows, movedAt: tx.now });
      });
      yield page;
    }
  }

  /** Page by page; the next is read while the one before is being written, and no further ahead. */
  private async *pages({ principal, query }: Asked): AsyncGenerator<PackedPage & { readonly count: number }> {
    // Whoever fetches a stream does so outside the request that asked for it.
    let took = 0;
    const read = async (cursor?: string) => {
      await this.drain.calm(PATIENCE * took);
      const begun = performance.now();
      const page = await withContext({ principal }, () =>
        this.list.execute({ ...query, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }),
      );
      took = performance.now() - begun;
      return page;
    };
    let rows = 0;
    let next: ReturnType<typeof read> | null = read();
    while (next !== null) {
      if (this.chores.isStopped)
        throw new DomainError('unavailable', 'exchange.stopping', '系统正在重启，请稍后重新导出。');
      const page: Awaited<ReturnType<typeof read>> = await next;
      rows += page.count;
      if (rows > MOST_ROWS) {
        throw new DomainError('rule', 'exchange.too-many', `超过 ${MOST_ROWS} 条，请缩小条件（例如按年度）后再导出。`);
      }
      next = page.nextCursor === null ? null : read(page.nextCursor);
      // Whoever stops reading here leaves it behind.
      next?.catch(() => undefined);
      yield page;
    }
  }

  private async settle(id: string, end: Partial<ExportJob>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await tx.update(ExportJob, id, { ...end, movedAt: tx.now, finishedAt: tx.now });
    });
  }
}

/** What is to be written, and by whose rights. */
interface Asked {
  readonly principal: Principal;
  readonly query: MatterConditions;
}

function sheetOf(exporter: string, columns: readonly ExportColumnKey[], pages: AsyncIterable<PackedPage>): Readable {
  return streamSheet({
    name: '事项',
    title: `事项清单（导出人：${exporter}）`,
    columns: columns.map((key) => EXPORT_COLUMNS[key]),
    pages,
    notes: ['含您有权查看的事项；封存事项不显示名称。请按规定保管，不要外传。'],
  });
}

const fileNameOf = (title: string, format: ExportJob['format'] = 'xlsx'): string =>
  `${title.replace(/[\\/:*?"<>|\s]/g, '_')}.${format}`;

const MEDIA_TYPES = { xlsx: EXCEL, csv: 'text/csv; charset=utf-8', json: 'application/json' } as const;

interface Order {
  readonly id: string;
  readonly accountId: string;
  readonly exporter: string;
  readonly query: MatterConditions;
  readonly columns: readonly ExportColumnKey[];
}

function titleOf(query: MatterConditions): string {
  const { registeredFrom, registeredTo, text } = query;
  const period =
    registeredFrom === undefined && registeredTo === undefined
      ? ''
      : `（登记日期 ${registeredFrom ?? '最早'} 至 ${registeredTo ?? '今日'}）`;
  return `事项清单${period}${text === undefined ? '' : `：${text}`}`;
}

/** What one has had written, the latest first, and the files. */
@Injectable()
export class ReadExports {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly files: FileStore,
  ) {}

  async list() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'exchange.list-exports');
      const rows = await tx.query<ExportJob>(
        `select id, title, state, row_count as "rowCount", size_bytes as "sizeBytes", problem, requested_at as "requestedAt",
                moved_at as "movedAt", finished_at as "finishedAt"
           from export_job where account_id = $1 order by requested_at desc, id desc limit 50`,
        [tx.actor.accountId],
      );
      return rows.map(({ movedAt, requestedAt, finishedAt, ...row }) => {
        const isCutOff = row.state === 'running' && tx.now.getTime() - movedAt.getTime() > STALLED_MS;
        return {
          ...row,
          ...(isCutOff ? { state: 'failed' as const, problem: '系统中途停止，没有导出完，请重新导出。' } : {}),
          requestedAt: requestedAt.toISOString(),
          finishedAt: finishedAt?.toISOString() ?? null,
        };
      });
    });
  }

  /** The file; taking it away is entered in the record of acts. */
  async file(id: string) {
    const { sha256, fileName, mediaType } = await this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'exchange.download-export');
      const [job] = await tx.query<ExportJob>(
        `select title, format, file_sha256 as "fileSha256", row_count as "rowCount", requested_at as "requestedAt"
           from export_job where id = $1 and account_id = $2`,
        [id, tx.actor.accountId],
      );
      if (!job) throw notFound();
      if (job.fileSha256 === null)
        throw new DomainError('conflict', 'exchange.not-done', '这份导出还没有完成，请稍后再下载。');
      tx.audit({
        act: 'exchange.download-export',
        objectType: 'export',
        objectId: id,
        details: { rows: job.rowCount, sha256: job.fileSha256 },
      });
      return {
        sha256: job.fileSha256,
        fileName: fileNameOf(job.title, job.format),
        mediaType: MEDIA_TYPES[job.format],
      };
    });
    return { bytes: await this.files.get(sha256), fileName, mediaType };
  }
}
