import { Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import { authorize, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { writeSheet } from '../../../platform/excel';
import { FileStore } from '../../../platform/files';
import {
  FAULT_RULES,
  MAPPING_SOURCES,
  MAPPING_TARGETS,
  type MappingColumn,
  type MappingFault,
  type MappingTarget,
  drawRows,
} from '../domain/mapping-columns';
import { ExportJob } from '../persistence/export-job.entity';
import { ExportMapping } from '../persistence/export-mapping.entity';
import { MOST_RECORDS, MappingRecords, type RecordQuestion } from './mapping-records';

const TRIAL = 10;
/** Of the faults so many are listed; all are counted. */
const MOST_FAULTS = 200;

type MappingRow = Pick<ExportMapping, 'target' | 'version' | 'columns' | 'madeAt'> & {
  readonly isOwn: boolean;
  readonly madeByName: string | null;
};

export interface MappedExport extends Omit<RecordQuestion, 'limit'> {
  readonly from: string;
  readonly to: string;
  readonly format: 'xlsx' | 'csv' | 'json';
  /** Whoever exports has read the check report and sends it all the same. */
  readonly acceptsFaults: boolean;
}

/** One record, many reports: columns of each receiver as data, tried on matters and checked before a file goes out. */
@Injectable()
export class Mappings {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: MappingRecords,
    private readonly files: FileStore,
  ) {}

  async list(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'exchange.read-mappings', { centerId });
      const rows = await tx.query<MappingRow>(`${IN_FORCE} order by array_position($2::text[], target)`, [
        centerId,
        Object.keys(MAPPING_TARGETS),
      ]);
      const may = (act: string): boolean => mayAct(tx.actor, policyOf(act)?.by ?? [], { centerId });
      return {
        items: rows.map(viewOf),
        sources: Object.entries(MAPPING_SOURCES).map(([key, label]) => ({ key, label })),
        allowedActs: ['exchange.keep-mapping', 'exchange.try-mapping', 'exchange.export-mapped'].filter(may),
      };
    });
  }

  /** A new version of the center's own; the one before stays as it was, ended. */
  async keep({
    centerId,
    target,
    columns,
  }: {
    readonly centerId: string;
    readonly target: MappingTarget;
    readonly columns: readonly MappingColumn[];
  }) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'exchange.keep-mapping', { centerId });
      const twice = columns.find(({ header }, i) => columns.findIndex((c) => c.header === header) !== i);
      if (twice) throw ruleViolation('exchange.same-header', `列名“${twice.header}”重复了。`, '/columns');
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 66))', [`${centerId}:${target}`]);
      const { version } = await tx.one<{ version: number }>(
        'select coalesce(max(version), 0) + 1 as version from export_mapping where center_id = $1 and target = $2',
        [centerId, target],
      );
      await tx.query(
        'update export_mapping set ended_at = $3 where center_id = $1 and target = $2 and ended_at is null',
        [centerId, target, tx.now],
      );
      const id = uuidv7();
      await tx.insert(ExportMapping, {
        id,
        centerId,
        target,
        version,
        columns,
        madeBy: tx.actor.accountId,
        madeAt: tx.now,
      });
      tx.audit({
        act: 'exchange.keep-mapping',
        objectType: 'export-mapping',
        objectId: id,
        chain: centerId,
        details: { target, version, columns: columns.length },
      });
      return viewOf(await this.inForce(tx, centerId, target));
    });
  }

  /** How the rows would look, and what the receiver would refuse; with columns that are not kept yet, where they are given. */
  async try({ columns, ...question }: Omit<RecordQuestion, 'limit'> & { readonly columns?: readonly MappingColumn[] }) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'exchange.try-mapping', { centerId: question.centerId });
      const used = columns ?? (await this.inForce(tx, question.centerId, question.target)).columns;
      const isWhole = question.from !== undefined || question.to !== undefined;
      const records = await this.records.read(tx, { ...question, limit: isWhole ? MOST_RECORDS : TRIAL });
      const { rows, faults } = drawRows(records, used);
      tx.audit({
        act: 'exchange.try-mapping',
        objectType: 'export-mapping',
        chain: question.centerId,
        details: { target: question.target, rows: rows.length, faults: faults.length },
      });
      return {
        headers: used.map(({ header }) => header),
        rows: rows.slice(0, TRIAL).map((cells) => ({ cells })),
        total: rows.length,
        faults: faults.slice(0, MOST_FAULTS).map(faultView),
        faultCount: faults.length,
      };
    });
  }

  /** Writes the file and lays it into the center of downloads; with faults in its rows only for who accepts them. */
  async export({ format, acceptsFaults, ...question }: MappedExport) {
    return this.unitOfWork.prepareAndRun(
      async () => {
        const { columns, records } = await this.unitOfWork.read(async (tx) => {
          authorize(tx.actor, 'exchange.export-mapped', { centerId: question.centerId });
          const { columns } = await this.inForce(tx, question.centerId, question.target);
          return { columns, records: await this.records.read(tx, { ...question, limit: MOST_RECORDS + 1 }) };
        });
        if (records.length > MOST_RECORDS) {
          throw new DomainError('rule', 'exchange.too-many', `超过 ${MOST_RECORDS} 件，请缩短期间，分几次导出。`);
        }
        const { rows, faults } = drawRows(records, columns);
        const refused = faults.filter(({ row }) => row !== null);
        if (refused.length > 0 && !acceptsFaults) {
          throw ruleViolation(
            'exchange.mapping-faults',
            `核对发现 ${refused.length} 处问题，对方可能不收。请先补正；确需照此报送的，选“按现状导出”。`,
            '/acceptsFaults',
          );
        }
        const headers = columns.map(({ header }) => header);
        const bytes = await fileOf(format, titleOf(question), headers, rows, faults);
        return { headers, rows, faults, bytes, sha256: (await this.files.put(bytes)).sha256 };
      },
      async (tx, { headers, rows, faults, bytes, sha256 }) => {
        authorize(tx.actor, 'exchange.export-mapped', { centerId: question.centerId });
        const id = uuidv7();
        await tx.insert(ExportJob, {
          id,
          accountId: tx.actor.accountId ?? '',
          title: titleOf(question),
          query: { centerId: question.centerId, target: question.target, from: question.from, to: question.to },
          columns: headers,
          format,
          state: 'done',
          rowCount: rows.length,
          fileSha256: sha256,
          sizeBytes: bytes.length,
          requestedAt: tx.now,
          movedAt: tx.now,
          finishedAt: tx.now,
        });
        tx.audit({
          act: 'exchange.export-mapped',
          objectType: 'export',
          objectId: id,
          chain: question.centerId,
          details: {
            target: question.target,
            from: question.from,
            to: question.to,
            format,
            rows: rows.length,
            faults: faults.length,
            sha256,
          },
        });
        return { id };
      },
    );
  }

  private inForce(tx: Tx, centerId: string, target: MappingTarget): Promise<MappingRow> {
    return tx.one<MappingRow>(`${IN_FORCE} where target = $2`, [centerId, target]);
  }
}

/** The center's own mapping of each receiver, or the common one. */
const IN_FORCE = `select * from (
  select distinct on (m.target) m.target, m.version, m.columns, m.made_at as "madeAt", m.center_id is not null as "isOwn",
         a.display_name as "madeByName"
    from export_mapping m left join account a on a.id = m.made_by
   where m.ended_at is null and (m.center_id = $1 or m.center_id is null) order by m.target, m.center_id nulls last) f`;

const viewOf = ({ madeAt, target, ...row }: MappingRow) => ({
  ...row,
  target,
  targetName: MAPPING_TARGETS[target],
  madeAt: madeAt.toISOString(),
});

const faultView = (fault: MappingFault) => ({ ...fault, ruleName: FAULT_RULES[fault.rule] });

const titleOf = ({ target, from, to }: Pick<MappedExport, 'target' | 'from' | 'to'>): string =>
  `报送${MAPPING_TARGETS[target]}（办结日期 ${from} 至 ${to}）`;

async function fileOf(
  format: MappedExport['format'],
  title: string,
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  faults: readonly MappingFault[],
): Promise<Buffer> {
  switch (format) {
    case 'json':
      return Buffer.from(
        JSON.stringify(
          rows.map((row) => Object.fromEntries(headers.map((header, i) => [header, row[i] ?? '']))),
          null,
          2,
        ),
      );
    case 'csv': {
      const line = (cells: readonly string[]): string =>
        cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
      // The mark tells Excel that it is UTF-8.
      return Buffer.from(`\uFEFF${[headers, ...rows].map(line).join('\r\n')}\r\n`);
    }
    case 'xlsx':
      return writeSheet({
        name: '报送',
        title,
        columns: headers.map((header) => ({ header, width: Math.max(12, header.length * 2) })),
        rows,
        notes: [
          `核对：${String(faults.length)} 处需要说明。`,
          ...faults
            .slice(0, MOST_FAULTS)
            .map(({ row, number, field, rule }) =>
              row === null
                ? `${field}：${FAULT_RULES[rule]}`
                : `第${String(row)}行 ${number ?? ''} ${field}：${FAULT_RULES[rule]}`,
            ),
        ],
      });
  }
}
