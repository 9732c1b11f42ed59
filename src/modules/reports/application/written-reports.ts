import { Injectable } from '@nestjs/common';
import { addDays, addMonths, dayOfMonth, type LegalDate, legalDate } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { comparisonCn, type Figure, FIGURES, Figures, type Tally, WITHHELD, WITHHELD_WHY } from '../../statistics';
import { FORMS } from '../domain/forms';
import { NATIONAL_TYPES } from '../domain/national';
import type { Grid, ReportChart, ReportDocument, ReportSection } from '../domain/report-document';
import { printed, type Sheet } from '../domain/statutory-document';
import { changeCn, type Exhibit, type FigureName, filledIn, numbered, sectionsOf } from '../domain/wording';
import type { Report } from '../persistence/report.entity';
import { COUNTS, RATES } from './counted-columns';

type Computed = Awaited<ReturnType<Figures['compute']>>;
type Exhibited = Pick<ReportSection, 'grid' | 'chart'>;

const AGENCY_RATES: readonly Figure[] = ['signed-in-time', 'arrived-in-time', 'answered-in-time'];
/** Months of the trend. */
const TREND = 12;

/** 周报、月报、通报: words, tables and charts from the same figures as the screen and the statutory table. */
@Injectable()
export class WrittenReports {
  constructor(private readonly figures: Figures) {}

  async document(tx: Tx, report: Report, sheet: Sheet): Promise<ReportDocument> {
    const computed = await this.figures.compute(tx, {
      underId: report.centerId,
      guardedFrom: 'everybody',
      from: report.fromOn,
      to: report.toOn,
    });
    const names = namesOf(computed, sheet);
    const sections: ReportSection[] = [];
    let count = 0;
    for (const { key, heading, words, shows } of sectionsOf(report.form)) {
      const text = filledIn(report.texts[key] ?? words, names).trim();
      const shown: Exhibited = { grid: null, chart: null };
      for (const exhibit of shows) Object.assign(shown, await this.exhibit(tx, exhibit, report, sheet, computed));
      // What only the director can say is left out until somebody has.
      if (text === '' && shown.grid === null && shown.chart === null) continue;
      sections.push({
        key,
        heading: heading === '' ? '' : `${numbered(count++)}${heading}`,
        paragraphs: text === '' ? [] : text.split(/\n+/),
        ...shown,
      });
    }
    if (sheet.corrections.length > 0)
      sections.push({
        key: 'corrections',
        heading: `${numbered(count)}以前各期更正`,
        paragraphs: sheet.corrections,
        grid: null,
        chart: null,
      });
    const { days } = await tx.one<{ days: number }>('select relapse_days as days from center where id = $1', [
      report.centerId,
    ]);
    // What only the director's own words name is defined too.
    const named: Figure[] = Object.values(report.texts).some((words) => words.includes('〔按期办结率〕'))
      ? ['closed-on-time']
      : [];
    const isBulletin = report.form === 'bulletin';
    return {
      title: isBulletin ? `关于${sheet.period}矛盾纠纷调处工作情况的通报` : `${sheet.centerName}${FORMS[report.form]}`,
      // Of a bulletin the title says it.
      subtitle: isBulletin ? '' : sheet.period,
      isWide: false,
      sections,
      notes: [
        ...comparisonCn(computed),
        ...(computed.items.some((item) => [item.total, item.previous, item.lastYear].some((t) => t.isWithheld))
          ? [WITHHELD_WHY]
          : []),
        ...[...COUNTS, ...RATES, ...named].map((figure) => definitionCn(figure).replaceAll('{days}', String(days))),
      ],
      signedBy: sheet.centerName,
      signedOn: sheet.day,
    };
  }

  private async exhibit(
    tx: Tx,
    exhibit: Exhibit,
    report: Report,
    sheet: Sheet,
    computed: Computed,
  ): Promise<Partial<Exhibited>> {
    switch (exhibit) {
      case 'trend':
        return { chart: await this.trend(tx, report) };
      case 'types':
        return { chart: typesChart(sheet) };
      case 'units':
        return { grid: unitsGrid(sheet) };
      case 'rates':
        return { grid: ratesGrid(computed) };
      case 'agencies':
        return { grid: await this.agencies(tx, report) };
    }
  }

  /** Months up to that of the report; of a week the same, so that it has something to be held against. */
  private async trend(tx: Tx, report: Report): Promise<ReportChart | null> {
    const to = legalDate(report.toOn);
    const first = firstOfMonth(addMonths(firstOfMonth(to), 1 - TREND));
    const months = Array.from({ length: TREND }, (_, i) => addMonths(first, i));
    const last = addDays(addMonths(firstOfMonth(to), 1), -1);
    const series = [];
    for (const figure of COUNTS) {
      const { items } = await this.figures.compute(tx, {
        underId: report.centerId,
        guardedFrom: 'everybody',
        from: first,
        to: last,
        by: 'month',
        figure,
      });
      const groups = new Map(items[0]?.groups.map((g) => [g.key, String(g.tally.numerator ?? '')]));
      series.push({ name: FIGURES[figure].label, values: months.map((m) => groups.get(m.slice(0, 7)) ?? '0') });
    }
    return {
      caption: '图　近十二个月登记、受理、办结件数',
      kind: 'line',
      unit: '件',
      labels: months.map((m) => `${Number(m.slice(5, 7))}月`),
      series,
    };
  }

  private async agencies(tx: Tx, report: Report): Promise<Grid | null> {
    const { items } = await this.figures.compute(tx, {
      underId: report.centerId,
      guardedFrom: 'everybody',
      from: report.fromOn,
      to: report.toOn,
      by: 'agency',
    });
    const names = new Map(items.flatMap((item) => item.groups.map((g) => [g.key, g.name] as const)));
    if (names.size === 0) return null;
    const cell = (figure: Figure, key: string): string =>
      rateCn(items.find((i) => i.figure === figure)?.groups.find((g) => g.key === key)?.tally);
    return {
      caption: '表　联动单位响应情况',
      columns: [{ weight: 3, align: 'left' }, ...AGENCY_RATES.map(() => ({ weight: 2, align: 'right' }) as const)],
      head: [['联动单位', ...AGENCY_RATES.map((f) => FIGURES[f].label)].map((text) => ({ text, across: 1, down: 1 }))],
      rows: [...names].map(([key, name]) => [name, ...AGENCY_RATES.map((figure) => cell(figure, key))]),
    };
  }
}

const firstOfMonth = (day: LegalDate): LegalDate => addDays(day, 1 - dayOfMonth(day));

const countCn = (tally: Tally | undefined): string =>
  tally?.isWithheld === true ? WITHHELD : String(tally?.numerator ?? 0);

/** `96.4%（27/28）`; “—” where there is nothing to divide by. */
function rateCn(tally: Tally | undefined): string {
  if (tally?.isWithheld === true) return WITHHELD;
  if (tally === undefined || tally.ratio === null) return '—';
  return `${(tally.ratio * 100).toFixed(1)}%（${tally.numerator}/${tally.denominator}）`;
}

function namesOf({ items }: Computed, { columns, sum, period }: Sheet): Record<FigureName, string> {
  const of = (figure: Figure) => items.find((item) => item.figure === figure);
  const rate = (figure: Figure): string => rateCn(of(figure)?.total);
  const count = (figure: Figure): string => countCn(of(figure)?.total);
  const cell = (key: string): string => {
    const column = columns.find((c) => c.key === key);
    return column === undefined ? '' : printed(column, sum);
  };
  const registered = of('registered');
  const against = (then: Tally | undefined, name: string): string =>
    [registered?.total, then].some((tally) => tally?.isWithheld === true)
      ? `与${name}相比${WITHHELD}`
      : changeCn(registered?.total.numerator ?? 0, then?.numerator ?? 0, name);
  const types = Object.entries(NATIONAL_TYPES)
    .map(([key, name]) => ({ name, count: sum[`type.${key}`] ?? 0 }))
    .filter((type) => type.count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 3);
  return {
    期间: period,
    登记数: count('registered'),
    登记环比: against(registered?.previous, '上期'),
    登记同比: against(registered?.lastYear, '上年同期'),
    受理数: count('accepted'),
    办结数: count('closed'),
    调解案件总数: cell('total'),
    调解成功: cell('success'),
    调解成功率: rate('agreed'),
    化解率: rate('settled'),
    按期调结率: rate('on-time'),
    按期办结率: rate('closed-on-time'),
    协议履行率: rate('performed'),
    司法确认率: rate('court-confirmed'),
    满意率: rate('satisfied'),
    部门签收及时率: rate('signed-in-time'),
    部门到场及时率: rate('arrived-in-time'),
    部门反馈及时率: rate('answered-in-time'),
    涉及当事人数: cell('people'),
    协议涉及金额: cell('amount'),
    疑难复杂: cell('difficult'),
    口头协议: cell('form.oral'),
    书面协议: cell('form.written'),
    居前类型: types.length === 0 ? '无' : types.map((type) => `${type.name}${type.count}件`).join('、'),
    排查次数: cell('survey.times'),
    排查件数: cell('survey.matters'),
    预防件数: cell('prevented'),
  };
}

function typesChart({ sum }: Sheet): ReportChart | null {
  const types = Object.entries(NATIONAL_TYPES)
    .map(([key, name]) => ({ name, count: sum[`type.${key}`] ?? 0 }))
    .filter((type) => type.count > 0)
    .sort((a, b) => b.count - a.count);
  if (types.length === 0) return null;
  return {
    caption: '图　各类纠纷调解案件数',
    kind: 'bar',
    unit: '件',
    labels: types.map(({ name }) => name),
    series: [{ name: '调解案件', values: types.map((type) => String(type.count)) }],
  };
}

const UNIT_COLUMNS = ['total', 'success', 'difficult', 'performed', 'confirmed'] as const;

function unitsGrid({ columns, rows, sum }: Sheet): Grid {
  const shown = UNIT_COLUMNS.flatMap((key) => columns.filter((column) => column.key === key));
  const lines = [...rows, { name: '合计', figures: sum }];
  const share = (figures: Readonly<Record<string, number>>): string => {
    const total = figures['total'] ?? 0;
    return total === 0 ? '—' : `${(((figures['success'] ?? 0) / total) * 100).toFixed(1)}%`;
  };
  return {
    caption: '表　各单位调解案件情况',
    // A head of four characters stays on one line.
    columns: [{ weight: 34, align: 'left' }, ...[...shown, null].map(() => ({ weight: 16, align: 'right' }) as const)],
    head: [
      ['单位', ...shown.map(({ heads }) => heads.at(-1) ?? ''), '成功率'].map((text) => ({ text, across: 1, down: 1 })),
    ],
    rows: lines.map(({ name, figures }) => [name, ...shown.map((column) => printed(column, figures)), share(figures)]),
  };
}

function ratesGrid({ items }: Computed): Grid {
  const rows = RATES.flatMap((figure) => items.filter((item) => item.figure === figure));
  const share = ({ isWithheld, ratio }: Tally): string =>
    isWithheld ? WITHHELD : ratio === null ? '—' : `${(ratio * 100).toFixed(1)}%`;
  return {
    caption: '表　主要指标',
    columns: [
      { weight: 30, align: 'left' },
      ...Array.from({ length: 5 }, () => ({ weight: 15, align: 'right' }) as const),
    ],
    head: [['指标', '分子', '分母', '本期', '上期', '上年同期'].map((text) => ({ text, across: 1, down: 1 }))],
    rows: rows.map(({ label, total, previous, lastYear }) => [
      label,
      countCn(total),
      total.isWithheld ? WITHHELD : String(total.denominator ?? ''),
      share(total),
      share(previous),
      share(lastYear),
    ]),
  };
}

function definitionCn(figure: Figure): string {
  const { label, numerator, denominator, dateRule, exclusions } = FIGURES[figure];
  const what = denominator === null ? numerator : `分子为${numerator}，分母为${denominator}`;
  return `${label}：${what}；${dateRule.period}；${exclusions}。`;
}
