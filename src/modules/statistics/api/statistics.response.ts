import { Shows } from '../../../platform/http';
import { BREAKDOWNS } from '../domain/breakdowns';
import { BASES, FIGURE_LABELS, NOTES } from '../domain/figures';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-11-20T01:30:00.000Z';
const TEXT = { type: String, nullable: true } as const;
const KINDS = { count: '件数', rate: '比率' } as const;
const VERDICTS = { hit: '达到', miss: '未达到', apart: '另列' } as const;

export class DefinitionResponse {
  @Shows('指标', { values: FIGURE_LABELS, example: 'agreed' })
  figure!: string;

  @Shows('指标名称', { example: '调解成功率' })
  label!: string;

  @Shows('种类', { values: KINDS, example: 'rate' })
  kind!: string;

  @Shows('计量单位', { example: '件' })
  unit!: string;

  @Shows('分子', { example: '达成书面或口头协议并已生效的事项' })
  numerator!: string;

  @Shows('分母；件数没有分母', { ...TEXT, example: '期间内调解有结果的事项' })
  denominator!: string | null;

  @Shows('按哪个日期归入期间', { example: '协议最早生效时间在期间内' })
  dateRule!: string;

  @Shows('不计入的', { example: '受理前拒绝调解的不计' })
  exclusions!: string;

  @Shows('另列的', { ...TEXT, example: '申请人撤回的另列' })
  apart!: string | null;

  @Shows('依据', { ...TEXT, example: '《人民调解法》第二十九条' })
  basis!: string | null;
}

export class DefinitionsResponse {
  @Shows('指标口径', { type: DefinitionResponse, isArray: true })
  items!: DefinitionResponse[];
}

export class ApartResponse {
  @Shows('原因', { values: NOTES, example: 'not-due' })
  note!: string;

  @Shows('原因名称', { example: '期限未到' })
  noteName!: string;

  @Shows('数量', { example: 2 })
  count!: number;
}

export class TallyResponse {
  @Shows('小数保护，数字不显示：件数很少，而且其中有不能查看的封存事项', { example: false })
  isWithheld!: boolean;

  @Shows('件数，或者比率的分子；不显示的为空', { type: Number, nullable: true, example: 9 })
  numerator!: number | null;

  @Shows('分母；件数和不显示的为空', { type: Number, nullable: true, example: 10 })
  denominator!: number | null;

  @Shows('比率，四位小数；分母为零和不显示的为空', { type: Number, nullable: true, example: 0.9 })
  ratio!: number | null;

  @Shows('另列的数量；不显示的为空', { type: Number, nullable: true, example: 2 })
  apartCount!: number | null;

  @Shows('另列的原因', { type: ApartResponse, isArray: true })
  apart!: readonly ApartResponse[];
}

export class FigureGroupResponse {
  @Shows('分组的键；没有归组的为空文字', { example: 'family' })
  key!: string;

  @Shows('分组名称', { example: '婚姻家庭' })
  name!: string;

  @Shows('数字', { type: TallyResponse })
  tally!: TallyResponse;

  @Shows('上期的键；按时间分组的是前一段时间', { example: 'family' })
  previousKey!: string;

  @Shows('上期（环比）', { type: TallyResponse })
  previous!: TallyResponse;

  @Shows('上年同期的键', { example: 'family' })
  lastYearKey!: string;

  @Shows('上年同期（同比）', { type: TallyResponse })
  lastYear!: TallyResponse;
}

export class FigureResponse {
  @Shows('指标', { values: FIGURE_LABELS, example: 'agreed' })
  figure!: string;

  @Shows('指标名称', { example: '调解成功率' })
  label!: string;

  @Shows('种类', { values: KINDS, example: 'rate' })
  kind!: string;

  @Shows('计量单位', { example: '件' })
  unit!: string;

  @Shows('本期合计', { type: TallyResponse })
  total!: TallyResponse;

  @Shows('上期（环比）', { type: TallyResponse })
  previous!: TallyResponse;

  @Shows('上年同期（同比）', { type: TallyResponse })
  lastYear!: TallyResponse;

  @Shows('分组', { type: FigureGroupResponse, isArray: true })
  groups!: FigureGroupResponse[];
}

export class FigureCenterResponse {
  @Shows('综治中心', { example: ID })
  id!: string;

  @Shows('名称', { example: '新城区综治中心' })
  name!: string;

  @Shows('有了结果以后多少天内没有重启才算化解', { example: 30 })
  relapseDays!: number;
}

export class FigurePeriodResponse {
  @Shows('期间起', { example: '2025-01-01' })
  from!: string;

  @Shows('期间止，含当日', { example: '2025-12-31' })
  to!: string;
}

export class FiguresResponse {
  @Shows('期间起', { example: '2026-01-01' })
  from!: string;

  @Shows('期间止，含当日', { example: '2026-12-31' })
  to!: string;

  @Shows('统计截至', { example: AT })
  asOf!: string;

  @Shows('归入期间的方式', { values: BASES, example: 'period' })
  basis!: string;

  @Shows('本期没有结束的，上期和上年同期都只算到与这一日相同的日子；已经结束的为空', { ...TEXT, example: null })
  comparedUntil!: string | null;

  @Shows('上期', { type: FigurePeriodResponse })
  previousPeriod!: FigurePeriodResponse;

  @Shows('上年同期', { type: FigurePeriodResponse })
  lastYearPeriod!: FigurePeriodResponse;

  @Shows('各组上期所在的期间', { type: FigurePeriodResponse })
  groupPreviousPeriod!: FigurePeriodResponse;

  @Shows('各组上年同期所在的期间', { type: FigurePeriodResponse })
  groupLastYearPeriod!: FigurePeriodResponse;

  @Shows('分组方式', { values: BREAKDOWNS, example: 'type-1' })
  by!: string;

  @Shows('统计范围内的中心；很多的，只列出最前的20个', { type: FigureCenterResponse, isArray: true })
  centers!: readonly FigureCenterResponse[];

  @Shows('统计范围内有多少个中心', { example: 1 })
  centerCount!: number;

  @Shows('指标', { type: FigureResponse, isArray: true })
  items!: FigureResponse[];
}

export class FigureCaseResponse {
  @Shows('计数对象：事项、任务、履行事项或者回访', { example: ID })
  subjectId!: string;

  @Shows('事项', { example: ID })
  disputeId!: string;

  @Shows('计入期间的时间', { example: AT })
  at!: string;

  @Shows('结果', { values: VERDICTS, example: 'hit' })
  verdict!: string;

  @Shows('结果名称', { example: '达到' })
  verdictName!: string;

  @Shows('说明', { ...TEXT, example: null })
  noteName!: string | null;

  @Shows('登记编号', { example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string;

  @Shows('案号', { ...TEXT, example: '新城人调字〔2026〕12号' })
  caseNumber!: string | null;

  @Shows('事项名称；封存的不显示', { example: '某小区物业纠纷' })
  title!: string;

  @Shows('纠纷类型', { ...TEXT, example: 'property' })
  disputeType!: string | null;

  @Shows('纠纷类型名称', { ...TEXT, example: '物业' })
  disputeTypeName!: string | null;

  @Shows('当前状态', { example: '已办结' })
  stateName!: string;

  @Shows('综治中心', { example: '新城区综治中心' })
  centerName!: string;

  @Shows('承办人', { ...TEXT, example: '刘调解' })
  handlerName!: string | null;

  @Shows('联动单位', { ...TEXT, example: null })
  agencyName!: string | null;

  @Shows('天数；不按天数计的指标为空', { type: Number, nullable: true, example: null })
  days!: number | null;
}

export class FigureCasesResponse {
  @Shows('统计截至', { example: AT })
  asOf!: string;

  @Shows('小数保护：数字不显示，也不列清单', { example: false })
  isWithheld!: boolean;

  @Shows('总条数；按件计数的指标与数字相同，不显示的为空', { type: Number, nullable: true, example: 9 })
  total!: number | null;

  @Shows('各中心有了结果以后多少天内没有重启才算化解', { type: Number, isArray: true, example: [30] })
  relapseDays!: number[];

  @Shows('合计的数，与指标的数字相同：件数、天数或者金额；不显示的为空', { type: Number, nullable: true, example: 9 })
  weight!: number | null;

  @Shows('其中属于封存事项、不列出的；数字不显示的为空', { type: Number, nullable: true, example: 0 })
  hiddenCount!: number | null;

  @Shows('事项，计入时间最近的在前', { type: FigureCaseResponse, isArray: true })
  items!: FigureCaseResponse[];

  @Shows('下一页的翻页标记', { ...TEXT, example: null })
  nextCursor!: string | null;
}
