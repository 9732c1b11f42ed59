import { Injectable } from '@nestjs/common';
import { formatLegalDateCn, legalDate, legalDateFromInstant } from '../../../kernel';
import { authorize, mayAct, policyOf } from '../../../platform/auth';
import type { Tx } from '../../../platform/database';
import { isSmall } from '../../statistics';
import type { Difference } from '../domain/explain';
import { FORMS, isWritten } from '../domain/forms';
import { periodName } from '../domain/periods';
import type { ReportDocument } from '../domain/report-document';
import { columnName, printed, type Sheet, statutoryDocument } from '../domain/statutory-document';
import { Report, ReportCorrection } from '../persistence/report.entity';
import { columnsOf, FIGURE_KIND } from './counted-columns';
import { type Counted, Counting, SUM } from './counting';
import { WrittenReports } from './written-reports';

/** A figure of an earlier, frozen report that is another one today, told once. */
export interface Correction extends Difference {
  readonly report: Report;
  /** As last told. */
  readonly told: number;
}

/** How long back a frozen report is put right by later ones. */
const LOOKED_BACK_DAYS = 400;

/** A report as it is read: figures, document, and what it has to put right of earlier ones. */
@Injectable()
export class Reports {
  constructor(
    private readonly counting: Counting,
    private readonly written: WrittenReports,
  ) {}

  /** @throws 404 for what is out of sight, 403 for who may not */
  async get(tx: Tx, id: string, act: string): Promise<Report> {
    const report = await tx.get(Report, id);
    authorize(tx.actor, act, { centerId: report.centerId });
    return report;
  }

  async lock(tx: Tx, id: string, act: string): Promise<Report> {
    await this.get(tx, id, act);
    const report = await tx.lock(Report, id);
    tx.checkVersion(report);
    return report;
  }

  allowedActs(tx: Tx, { centerId, state, form }: Report): string[] {
    const acts = state === 'frozen' ? ['reports.explain'] : ['reports.edit', 'reports.freeze'];
    return [...acts, 'reports.download', 'reports.list-cases'].filter(
      // In the first table nothing is typed.
      (act) =>
        mayAct(tx.actor, policyOf(act)?.by ?? [], { centerId }) && (act !== 'reports.edit' || form !== 'statutory-1'),
    );
  }

  /** The document as frozen, or as it would be today. */
  async document(tx: Tx, report: Report, counted: Counted): Promise<ReportDocument> {
    if (report.content !== null) return report.content.document;
    const corrections = (await this.corrections(tx, report)).map(correctionCn);
    const { name } = await tx.one<{ name: string }>('select name from center where id = $1', [report.centerId]);
    const sheet: Sheet = {
      title: FORMS[report.form],
      centerName: name,
      period: periodName(periodOf(report)),
      columns: columnsOf(report),
      rows: counted.rows,
      sum: counted.sum,
      corrections,
      filledInBy: report.madeByName,
      day: formatLegalDateCn(legalDateFromInstant(tx.now)),
    };
    return isWritten(report.form) ? this.written.document(tx, report, sheet) : statutoryDocument(sheet);
  }

  /** What earlier reports of the same kind have to be put right by, as far as no report has told it yet. */
  async corrections(tx: Tx, report: Report): Promise<Correction[]> {
    const earlier = await tx.query<{ id: string }>(
      `select id from report where center_id = $1 and form = $2 and span = $3 and state = 'frozen' and to_on < $4::date
         and to_on >= $4::date - $5::int order by from_on`,
      [report.centerId, report.form, report.span, report.fromOn, LOOKED_BACK_DAYS],
    );
    const found: Correction[] = [];
    for (const { id } of earlier) {
      const frozen = await tx.get(Report, id);
      const told = await this.told(tx, id);
      for (const difference of await this.counting.differences(tx, frozen)) {
        const before = told.get(`${difference.unit}/${difference.cell}`) ?? difference.before;
        if (before !== difference.after && isTold(difference, before))
          found.push({ ...difference, report: frozen, told: before });
      }
    }
    return found;
  }

  private async told(tx: Tx, reportId: string): Promise<Map<string, number>> {
    const rows = await tx.asSystem(async () =>
      tx.query<Pick<ReportCorrection, 'unit' | 'cell' | 'after'>>(
        `select distinct on (c.unit, c.cell) c.unit, c.cell, c.after from report_correction c join report r on r.id = c.reported_in
          where c.report_id = $1 order by c.unit, c.cell, r.frozen_at desc`,
        [reportId],
      ),
    );
    return new Map(rows.map(({ unit, cell, after }) => [`${unit}/${cell}`, after]));
  }
}

/** Figures are put right for the center as a whole, and where no small number would show of whom they speak. */
const isTold = ({ cell, unit, after }: Difference, before: number): boolean =>
  !cell.startsWith(FIGURE_KIND) || (unit === SUM && ![before, after].some(isSmall));

export const periodOf = ({ span, fromOn, toOn }: Report) => ({ span, from: legalDate(fromOn), to: legalDate(toOn) });

/** `2026年8月 新城区调委会 纠纷类型·合同：原报 4 件，更正为 3 件。` */
function correctionCn({ report, unit, cell, told, after, entered, left, changed }: Correction): string {
  const column = columnsOf(report).find(({ key }) => key === cell);
  if (column === undefined) return '';
  const name = report.content?.rows.find((row) => row.unit === unit)?.name ?? SUM;
  const [was, is] = [told, after].map((value) => printed(column, { [cell]: value }));
  const why = [
    entered.length > 0 ? `新计入 ${entered.length} 项` : '',
    left.length > 0 ? `不再计入 ${left.length} 项` : '',
    changed.length > 0 ? `数值有变 ${changed.length} 项` : '',
  ].filter((part) => part !== '');
  return `${periodName(periodOf(report))}${name}“${columnName(column)}”：原报 ${was} ${column.unit}，更正为 ${is} ${column.unit}（定稿后${why.join('，')}）。`;
}
