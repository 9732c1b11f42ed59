import { Injectable } from '@nestjs/common';
import { legalDateFromInstant } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { writeSheet } from '../../../platform/excel';
import { BASES, type Figure, FIGURES, PARTS } from '../domain/figures';
import { WITHHELD, WITHHELD_WHY } from '../domain/suppression';
import type { FigureQuestion } from './figure-question';
import { byCn, cellsOf, cutOff, definitionCn, FIGURE_HEADS, notesOf, periodCn, unitOf } from './figure-words';
import { type CaseQuestion, Figures } from './figures';

/** Beyond this many rows a list is cut, and says so. */
const MOST = 20_000;
const BATCH = 2000;

/** Excel of what the screen shows, from the same queries. Leaves one audit entry. */
@Injectable()
export class ExportFigures {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly asking: Figures,
  ) {}

  async figures(filter: FigureQuestion & { readonly figure?: Figure }) {
    const answer = await this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'statistics.export');
      audit(tx, { ...filter });
      return this.asking.compute(tx, filter);
    });
    const bytes = await writeSheet({
      name: '统计指标',
      title: `${unitOf(answer)}统计指标（${[periodCn(answer), byCn(answer)].filter((part) => part !== '').join('，')}）`,
      columns: [
        { header: '指标', width: 18 },
        { header: '分组', width: 24 },
        ...FIGURE_HEADS.map((header, i) => ({ header, width: [12, 10, 10, 30, 10, 10][i] ?? 10 })),
      ],
      rows: answer.items.flatMap((item) => [
        ...item.groups.map((g) => [item.label, g.name, ...cellsOf({ ...g, total: g.tally })]),
        [item.label, '合计', ...cellsOf(item)],
      ]),
      notes: notesOf(answer),
    });
    return { bytes, fileName: `统计指标${answer.from}至${answer.to}.xlsx` };
  }

  async cases(figure: Figure, filter: CaseQuestion) {
    const { items, isWithheld, total, hiddenCount, asOf, relapseDays } = await this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'statistics.export');
      audit(tx, { figure, ...filter });
      return this.allCases(tx, figure, filter);
    });
    const { label } = FIGURES[figure];
    const part = PARTS[filter.part ?? 'numerator'];
    const bytes = await writeSheet({
      name: '事项清单',
      title: `${label}（${part}）事项清单（${periodCn(filter)}，共 ${total ?? WITHHELD} 条）`,
      columns: [
        { header: '登记编号', width: 28 },
        { header: '案号', width: 24 },
        { header: '事项名称', width: 30 },
        { header: '纠纷类型', width: 14 },
        { header: '综治中心', width: 22 },
        { header: '承办人', width: 10 },
        { header: '联动单位', width: 18 },
        { header: '计入日期', width: 12 },
        { header: '结果', width: 10 },
        { header: '说明', width: 16 },
        { header: '当前状态', width: 10 },
      ],
      rows: items.map((c) => [
        c.registrationNumber,
        c.caseNumber,
        c.title,
        c.disputeTypeName,
        c.centerName,
        c.handlerName,
        c.agencyName,
        dayOf(c.at),
        c.verdictName,
        c.noteName,
        c.stateName,
      ]),
      notes: [
        ...(isWithheld ? [WITHHELD_WHY] : []),
        ...(hiddenCount ? [`另有 ${hiddenCount} 条属于封存事项，已计入数字，不列出。`] : []),
        ...(items.length + (hiddenCount ?? 0) < (total ?? 0)
          ? [`清单过长，只列最近的 ${items.length} 条。请缩小期间或范围。`]
          : []),
        cutOff(asOf),
        `归入期间：${BASES[filter.basis ?? 'period']}`,
        definitionCn(figure, relapseDays, filter.basis ?? 'period'),
      ],
    });
    return { bytes, fileName: `${label}${filter.from}至${filter.to}.xlsx` };
  }

  private async allCases(tx: Tx, figure: Figure, filter: CaseQuestion) {
    const { cursor: _, limit: __, ...asked } = filter;
    const first = await this.asking.cases(tx, figure, { ...asked, limit: BATCH });
    const items = [...first.items];
    for (let cursor = first.nextCursor; cursor !== null && items.length < MOST;) {
      const page = await this.asking.cases(tx, figure, { ...asked, limit: BATCH, cursor });
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return { ...first, items };
  }
}

/** The civil day in Hohhot of an instant on the wire. */
function dayOf(at: string): string {
  return legalDateFromInstant(new Date(at));
}

function audit(tx: Tx, details: Readonly<Record<string, unknown>>): void {
  tx.audit({
    act: 'statistics.export',
    objectType: 'statistics',
    chain: typeof details['centerId'] === 'string' ? details['centerId'] : null,
    details: { ...details },
  });
}
