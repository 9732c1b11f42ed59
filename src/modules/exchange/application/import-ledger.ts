import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DomainError, type LegalDate, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { Chores } from '../../../platform/chores';
import { type Tx, UnitOfWork, uuidv7, withContext, withFileInClaim } from '../../../platform/database';
import { readSheet } from '../../../platform/excel';
import { LOGGER, type Logger } from '../../../platform/logging';
import { ImportDispute } from '../../disputes';
import { ImportJob } from '../persistence/import-job.entity';
import { IMPORT_KEYS, MOST_MATTERS } from './import-columns';
import { ImportRowStore, type RowState, type StoredRow } from './import-row-store';
import { type NumberedRow, type RowFault, checkRow, mattersOf } from './import-rows';

/** A run that has not moved for so long was cut off by a stop of the program. */
const STALLED_MS = 120_000;
/** How often a run tells how far it has come: also while one long transaction ends. */
const TELL_EVERY_MS = 2000;
/** Matters written in one transaction. */
const BATCH = 25;
/** Columns of one's own may stand beside. */
const MOST_COLUMNS = IMPORT_KEYS.length + 40;

export interface UploadedWorkbook {
  readonly fileName: string;
  readonly bytes: Buffer;
}

/**
 * Takes over an old ledger in two steps: the upload is looked through row by row and nothing is written; then, asked by
 * the person, the good rows become matters beside the requests, by that person's rights.
 */
@Injectable()
export class ImportLedger {
  /** Uploads are read one after the other: each may take some tens of megabytes. */
  private reading: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly importDispute: ImportDispute,
    private readonly rows: ImportRowStore,
    private readonly chores: Chores,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Looks through an upload and keeps what was found, row by row. */
  async check(centerId: string, file: UploadedWorkbook | undefined): Promise<{ id: string }> {
    await this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'exchange.check-import', { centerId });
      await tx.one('select 1 from center where id = $1 and is_active', [centerId]);
    });
    if (file === undefined) throw ruleViolation('exchange.file-missing', '请选择要导入的 Excel 文件。', '/file');
    const matters = mattersOf(await this.inTurn(() => readSheet(file.bytes, ROW_LIMITS)));
    const sha256 = createHash('sha256').update(file.bytes).digest('hex');
    return withFileInClaim({ sha256, fileName: file.fileName }, { centerId }, () =>
      this.unitOfWork.run(async (tx) => {
        authorize(tx.actor, 'exchange.check-import', { centerId });
        const checked = await this.verdicts(tx, centerId, matters, legalDateFromInstant(tx.now));
        const id = uuidv7();
        await tx.insert(ImportJob, {
          id,
          accountId: tx.actor.accountId ?? '',
          centerId,
          fileName: file.fileName.slice(0, 200),
          state: 'checked',
          rowCount: checked.length,
          checkedAt: tx.now,
          movedAt: tx.now,
        });
        await this.rows.add(tx, id, checked);
        tx.audit({
          act: 'exchange.check-import',
          objectType: 'import',
          objectId: id,
          chain: centerId,
          details: { rows: checked.length, ...(await this.rows.counts(tx, id)) },
        });
        return { id };
      }),
    );
  }

  /** Begins, or goes on after a stop. With `isWhole` nothing is imported unless every row is in order. */
  async start(id: string, isWhole: boolean): Promise<{ id: string }> {
    let isNew = false as boolean;
    const order = await this.unitOfWork.run(async (tx) => {
      // A repetition of the same submission is answered without coming here, and begins nothing.
      isNew = true;
      const job = await tx.lock(ImportJob, id);
      authorize(tx.actor, 'exchange.start-import', { centerId: job.centerId });
      if (isRunning(job, tx.now))
        throw new DomainError('conflict', 'exchange.import-running', '这份台账正在导入，请等它完成。');
      const { good, refused } = await this.rows.counts(tx, id);
      if (good === 0) throw new DomainError('conflict', 'exchange.nothing-to-import', '没有可以导入的行。');
      if (isWhole && refused > 0) {
        throw new DomainError(
          'conflict',
          'exchange.import-has-faults',
          `还有 ${refused} 行需要修改，您选择了“全部无误才导入”。请先下载有误的行，修改后把整份台账重新上传；或改为只导入无误的行。`,
        );
      }
      await tx.update(ImportJob, id, { state: 'running', isWhole, writtenCount: 0, problem: null, movedAt: tx.now });
      tx.audit({
        act: 'exchange.start-import',
        objectType: 'import',
        objectId: id,
        chain: job.centerId,
        details: { isWhole, good, refused },
      });
      return { id, centerId: job.centerId, isWhole, accountId: tx.actor.accountId ?? '', progress: { written: 0 } };
    });
    if (isNew) this.begin(order);
    return { id };
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.reading.then(work, work);
    this.reading = mine.catch(() => undefined);
    return mine;
  }

  private async verdicts(tx: Tx, centerId: string, matters: readonly NumberedRow[], today: LegalDate) {
    const numbers = matters.flatMap(({ raw }) => raw.oldNumber ?? []);
    const known = await this.importDispute.known(tx, centerId, numbers);
    const firstAt = new Map<string, number>();
    return matters.map((row): StoredRow => {
      const { number, raw } = row;
      const oldNumber = raw.oldNumber ?? '';
      const disputeId = known.get(oldNumber) ?? null;
      const first = firstAt.get(oldNumber);
      if (first === undefined) firstAt.set(oldNumber, number);
      const twice: RowFault[] =
        first === undefined || oldNumber === ''
          ? []
          : [{ column: '旧台账编号', detail: `与第 ${first} 行的编号相同。每件的编号应当不同，请核对。` }];
      const faults = disputeId === null ? [...checkRow(row, today).faults, ...twice] : [];
      const state: RowState = disputeId !== null ? 'known' : faults.length > 0 ? 'refused' : 'good';
      return { number, state, oldNumber, raw, faults, disputeId };
    });
  }

  private begin(order: Order): void {
    // The rights are those of the person, not of this request: its login may end before all is written.
    const principal = { kind: 'account', accountId: order.accountId, sessionId: null } as const;
    this.chores.begin({ name: 'import-ledger', work: () => withContext({ principal }, () => this.write(order)) });
  }

  private async write(order: Order): Promise<void> {
    const telling = setInterval(() => {
      this.settle(order, {}).catch(() => undefined);
    }, TELL_EVERY_MS);
    try {
      if (order.isWhole) await this.writeBatch(order, MOST_MATTERS);
      else while (await this.writeBatch(order, BATCH));
      await this.settle(order, { state: 'done' });
    } catch (error) {
      if (!(error instanceof DomainError)) this.logger.warn({ err: error, importId: order.id }, 'import failed');
      const problem =
        error instanceof DomainError ? error.detail : '导入没有完成，请再次点“导入”，已经导入的不会重复。';
      await this.settle(order, { state: 'checked', problem }).catch(() => undefined);
    } finally {
      clearInterval(telling);
    }
  }

  private async settle({ id, progress }: Order, end: Partial<Pick<ImportJob, 'state' | 'problem'>>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const finished = end.state === 'done' ? { finishedAt: tx.now } : {};
      await tx.update(ImportJob, id, { ...end, ...finished, writtenCount: progress.written, movedAt: tx.now });
    });
  }

  /** Writes the next good rows in one transaction; answers whether there were any. */
  private async writeBatch(order: Order, size: number): Promise<boolean> {
    const batch = await this.unitOfWork.read((tx) => this.rows.read(tx, order.id, 'good', 0, size));
    if (batch.length === 0) return false;
    try {
      await this.writeRows(order, batch);
    } catch (error) {
      if (order.isWhole || this.chores.isStopped) throw error;
      for (const row of batch) await this.writeAlone(order, row);
    }
    return true;
  }

  /** A row that breaks a rule which only the writing finds does not take the others with it. */
  private async writeAlone(order: Order, row: StoredRow): Promise<void> {
    try {
      await this.writeRows(order, [row]);
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'rule') throw error;
      await this.unitOfWork.run((tx) =>
        this.rows.settle(tx, order.id, row.number, {
          state: 'refused',
          disputeId: null,
          faults: [{ column: '整行', detail: error.detail }],
        }),
      );
    }
  }

  private async writeRows({ id, centerId, progress }: Order, batch: readonly StoredRow[]): Promise<void> {
    const before = progress.written;
    const work = this.unitOfWork.run(async (tx) => {
      progress.written = before;
      await this.importDispute.lockCenter(tx, centerId);
      const known = await this.importDispute.known(
        tx,
        centerId,
        batch.map((row) => row.oldNumber),
      );
      const today = legalDateFromInstant(tx.now);
      for (const row of batch) {
        if (this.chores.isStopped)
          throw new DomainError(
            'unavailable',
            'exchange.stopping',
            '系统重启，导入中断。请再次点“导入”，已经导入的不会重复。',
          );
        const earlier = known.get(row.oldNumber);
        const { matter, faults } = checkRow({ ...row, faults: [] }, today);
        if (faults[0] !== undefined) throw ruleViolation('exchange.row-refused', faults[0].detail);
        const disputeId =
          earlier ?? (await this.importDispute.write(tx, matter, { centerId, importId: id, rowNumber: row.number })).id;
        await this.rows.settle(tx, id, row.number, {
          state: earlier === undefined ? 'imported' : 'known',
          disputeId,
          faults: [],
        });
        progress.written++;
      }
    });
    await work.catch((error: unknown) => {
      progress.written = before;
      throw error;
    });
  }
}

/** With heading, hints, example and a title of one's own. */
const ROW_LIMITS = { rows: MOST_MATTERS + 20, columns: MOST_COLUMNS };

interface Order {
  readonly id: string;
  readonly centerId: string;
  readonly isWhole: boolean;
  readonly accountId: string;
  readonly progress: { written: number };
}

export function isRunning({ state, movedAt }: Pick<ImportJob, 'state' | 'movedAt'>, now: Date): boolean {
  return state === 'running' && now.getTime() - movedAt.getTime() < STALLED_MS;
}
