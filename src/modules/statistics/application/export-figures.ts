import { Injectable } from '@nestjs/common';
import { formatInstantCn, formatLegalDateCn, legalDate, legalDateFromInstant } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { writeSheet } from '../../../platform/excel';
import { BREAKDOWNS } from '../domain/breakdowns';
import { type Basis, BASES, definitionOf, type Figure, FIGURES, PARTS } from '../domain/figures';
import type { FigureQuestion } from './figure-question';
import { type CaseQuestion, Figures, type Tally } from './figures';

/** Beyond this many rows a list is cut, and says so. */
const MOST = 20_000;
const BATCH = 2000;

type Answer = Awaited<ReturnType<Figures['compute']>>;

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
    const grouped = answer.by !== 'none';
    const rows = answer.items.flatMap((item) => [
      ...item.groups.map((g) => [item.label, g.name, ...cells(g.tally), short(g.previous), short(g.lastYear)]),
      [item.label, '合计', ...cells(item.total), short(item.previous), short(item.lastYear)],
    ]);
    const bytes = await writeSheet({
      name: '统计指标',
      title: `${unitOf(answer)}统计指标（${periodCn(answer)}${grouped ? `，按${BREAKDOWNS[answer.by]}` : ''}）`,
      columns: [
        { header: '指标', width: 18 },
        { header: '分组', width: 24 },
        { header: '件数或分子', width: 12 },
        { header: '分母', width: 10 },
        { header: '比率', width: 10 },
        { header: '另列', width: 30 },
        { header: '上期', width: 10 },
        { header: '上年同期', width: 10 },
      ],
      rows,
      notes: [
        cutOff(answer.asOf),
        `归入期间：${BASES[answer.basis]}`,
        ...answer.items.map((item) =>
          definitionCn(
            item.figure,
            answer.centers.map((c) => c.relapseDays),
            answer.basis,
          ),
        ),
      ],
    });
    return { bytes, fileName: `统计指标${answer.from}至${answer.to}.xlsx` };
  }

  async cases(figure: Figure, filter: CaseQuestion) {
    const { items, total, hiddenCount, asOf, relapseDays } = await this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'statistics.export');
      audit(tx, { figure, ...filter });
      return this.allCases(tx, figure, filter);
    });
    const { label } = FIGURES[figure];
    const part = PARTS[filter.part ?? 'numerator'];
    const bytes = await writeSheet({
      name: '事项清单',
      title: `${label}（${part}）事项清单（${periodCn(filter)}，共 ${total} 条）`,
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
        ...(hiddenCount > 0 ? [`另有 ${hiddenCount} 条属于封存事项，已计入数字，不列出。`] : []),
        ...(items.length + hiddenCount < total ? [`清单过长，只列最近的 ${items.length} 条。请缩小期间或范围。`] : []),
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

function cells({ numerator, denominator, ratio, apart }: Tally): (string | number | null)[] {
  return [numerator, denominator, percent(denominator, ratio), apart.map((a) => `${a.noteName} ${a.count}`).join('，')];
}

/** The one number that a tally is held against. */
function short({ numerator, denominator, ratio }: Tally): string | number | null {
  return denominator === null ? numerator : percent(denominator, ratio);
}

const cutOff = (asOf: string): string => `统计截至：${formatInstantCn(new Date(asOf))}`;

/** As on screen: one decimal; “—” where there is nothing to divide by; empty for counts. */
function percent(denominator: number | null, ratio: number | null): string | null {
  if (denominator === null) return null;
  return ratio === null ? '—' : `${(ratio * 100).toFixed(1)}%`;
}

/** A definition in one line, as printed beneath the table. */
function definitionCn(figure: Figure, relapseDays: readonly number[], basis: Basis): string {
  const {
    label,
    numerator,
    denominator,
    dateRule,
    exclusions,
    apart,
    basis: law,
  } = definitionOf(figure, relapseDays, basis);
  const parts = [
    `${denominator === null ? '计数' : '分子'}：${numerator}`,
    ...(denominator === null ? [] : [`分母：${denominator}`]),
    `日期：${dateRule}`,
    `不计：${exclusions}`,
    ...(apart === null ? [] : [`另列：${apart}`]),
    ...(law === null ? [] : [`依据：${law}`]),
  ];
  return `【${label}】${parts.join('。')}。`;
}

function unitOf({ centers }: Answer): string {
  const [first] = centers;
  if (!first) return '';
  return centers.length === 1 ? first.name : `${centers.length} 个综治中心`;
}

function periodCn({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${formatLegalDateCn(legalDate(from))}至${formatLegalDateCn(legalDate(to))}`;
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
