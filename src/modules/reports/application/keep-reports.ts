import { Injectable } from '@nestjs/common';
import { DomainError, legalDate, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import type { Texts, Typed } from '../domain/content';
import { type Form, FORMS, type RowsBy, SPANS_OF } from '../domain/forms';
import { periodAround, type Span, SPANS } from '../domain/periods';
import { sectionsOf, unknownNames } from '../domain/wording';
import { Report, ReportCorrection } from '../persistence/report.entity';
import { Counting, parametersOf } from './counting';
import { freezeFacts } from './facts';
import { Reports } from './reports';

export interface BeginCommand {
  readonly centerId: string;
  readonly form: Form;
  readonly span: Span;
  /** Any day of the period. */
  readonly day: string;
  readonly rowsBy?: RowsBy;
}

export interface EditCommand {
  readonly typed?: Typed;
  readonly texts?: Texts;
}

/** From draft to frozen: a report lives with the records until somebody signs for it, and never changes afterwards. */
@Injectable()
export class KeepReports {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reports: Reports,
    private readonly counting: Counting,
  ) {}

  async begin({ centerId, form, span, day, rowsBy }: BeginCommand) {
    return this.unitOfWork.run(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'reports.begin', { centerId });
      if (!SPANS_OF[form].includes(span)) {
        const names = SPANS_OF[form].map((s) => SPANS[s]).join('、');
        throw ruleViolation('reports.span', `${FORMS[form]}按${names}编制，请重新选择期间。`, '/span');
      }
      const { from, to } = periodAround(span, legalDate(day));
      if (from > legalDateFromInstant(tx.now))
        throw ruleViolation('reports.future', '这一期还没有开始，请选择本期或以前的日期。', '/day');
      const [there] = await tx.query(
        'select 1 from report where center_id = $1 and form = $2 and span = $3 and from_on = $4',
        [centerId, form, span, from],
      );
      if (there !== undefined) throw new DomainError('conflict', 'reports.there', '这一期已经建好，请在列表中打开。');
      const [below] = await tx.query(
        'select 1 from center where ancestor_center_ids @> array[$1::uuid] and is_active limit 1',
        [centerId],
      );
      const id = uuidv7();
      await tx.insert(Report, {
        id,
        centerId,
        form,
        span,
        rowsBy: rowsBy ?? (below === undefined ? 'committee' : 'center'),
        fromOn: from,
        toOn: to,
        madeBy: tx.actor.accountId ?? '',
        madeByName: tx.actor.displayName ?? '',
        madeAt: tx.now,
      });
      this.audit(tx, 'reports.begin', { id, centerId, form, fromOn: from, toOn: to });
      return { id };
    });
  }

  /** What no record holds: funding of the units, and words, in which figures stay live until the report is frozen. */
  async edit(id: string, { typed = {}, texts = {} }: EditCommand) {
    return this.unitOfWork.run(async (tx) => {
      const report = await this.reports.lock(tx, id, 'reports.edit');
      refuseFrozen(report);
      await this.refuseStrangers(tx, report, Object.keys(typed));
      const sections = sectionsOf(report.form).map(({ key }) => key);
      Object.entries(texts).forEach(([section, words], i) => {
        const at = `/texts/${i}/words`;
        if (!sections.includes(section)) throw ruleViolation('reports.unknown-section', '这种报告没有这一部分。', at);
        const [strange] = unknownNames(words);
        if (strange !== undefined)
          throw ruleViolation('reports.unknown-figure', `没有名为“${strange}”的数字，请从可用的数字中选择。`, at);
      });
      await tx.update(Report, id, { typed: { ...report.typed, ...typed }, texts: { ...report.texts, ...texts } });
      this.audit(tx, 'reports.edit', report, { typed: Object.keys(typed).length, texts: Object.keys(texts) });
      return { id };
    });
  }

  /**
   * Keeps the figures and everything that stands behind them. What is printed is reckoned from what was kept, so that no act
   * between two statements can part them. A table that does not add up is not frozen.
   */
  async freeze(id: string) {
    return this.unitOfWork.run(async (tx) => {
      const report = await this.reports.lock(tx, id, 'reports.freeze');
      refuseFrozen(report);
      if (report.toOn >= legalDateFromInstant(tx.now))
        throw ruleViolation('reports.not-over', '这一期还没有结束，结束后才能定稿。');
      const corrections = await this.reports.corrections(tx, report);
      const kept = [...(await parametersOf(tx, report, false)), id];
      await tx.asSystem(async () => tx.query(freezeFacts(report.form), kept));
      const counted = await this.counting.count(tx, report, true);
      if (counted.faults.length > 0) {
        const told = counted.faults.slice(0, 3).map((f) => `${f.label}（应为 ${f.expected}，现为 ${f.found}）`);
        throw ruleViolation(
          'reports.does-not-foot',
          `表内数字勾稽不平，没有定稿：${told.join('；')}。请联系系统管理员。`,
        );
      }
      const document = await this.reports.document(tx, report, counted);
      await tx.asSystem(async () => {
        for (const { report: corrected, unit, cell, told, after } of corrections)
          await tx.insert(ReportCorrection, {
            reportId: corrected.id,
            reportedIn: id,
            unit,
            cell,
            before: told,
            after,
          });
      });
      await tx.update(Report, id, {
        state: 'frozen',
        content: { rows: counted.rows, sum: counted.sum, document },
        frozenBy: tx.actor.accountId ?? '',
        frozenByName: tx.actor.displayName ?? '',
        frozenAt: tx.now,
      });
      this.audit(tx, 'reports.freeze', report, { corrections: corrections.length });
      return { id };
    });
  }

  /** Funds belong to units that have a row. */
  private async refuseStrangers(tx: Tx, report: Report, units: readonly string[]): Promise<void> {
    if (units.length === 0) return;
    const { rows } = await this.counting.table(tx, report);
    units.forEach((unit, i) => {
      if (report.form !== 'statutory-2' || !rows.some((row) => row.unit === unit))
        throw ruleViolation('reports.unknown-unit', '表中没有这个填报单位，请刷新后再填。', `/funding/${i}/unit`);
    });
  }

  private audit(
    tx: Tx,
    act: string,
    report: Pick<Report, 'id' | 'centerId' | 'form' | 'fromOn' | 'toOn'>,
    details: Readonly<Record<string, unknown>> = {},
  ): void {
    const { id, centerId, form, fromOn, toOn } = report;
    tx.audit({ act, objectType: 'report', objectId: id, chain: centerId, details: { form, fromOn, toOn, ...details } });
  }
}

function refuseFrozen({ state }: Report): void {
  if (state === 'frozen')
    throw new DomainError('conflict', 'reports.frozen', '这一期已经定稿，不能再改。以后的变化在下一期更正。');
}
