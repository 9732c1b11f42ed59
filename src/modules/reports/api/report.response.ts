import { Shows } from '../../../platform/http';
import { FORMS, ROWS_BY, STATES } from '../domain/forms';
import { DIMENSIONS } from '../domain/national';
import { SPANS } from '../domain/periods';
import { PREVENTION_KINDS } from '../domain/prevention';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-11-20T01:30:00.000Z';
const TEXT = { type: String, nullable: true } as const;
const ACTS = { type: String, isArray: true, example: ['reports.freeze'] } as const;

export class ReportHeaderResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('综治中心', { example: ID })
  centerId!: string;

  @Shows('综治中心名称', { example: '新城区综治中心' })
  centerName!: string;

  @Shows('种类', { values: FORMS, example: 'statutory-1' })
  form!: string;

  @Shows('种类名称', { example: '人民调解案件情况统计表' })
  formName!: string;

  @Shows('期间种类', { values: SPANS, example: 'month' })
  span!: string;

  @Shows('期间', { example: '2026年8月' })
  periodName!: string;

  @Shows('期间起', { example: '2026-08-01' })
  from!: string;

  @Shows('期间止，含当日', { example: '2026-08-31' })
  to!: string;

  @Shows('填报单位', { values: ROWS_BY, example: 'committee' })
  rowsBy!: string;

  @Shows('填报单位名称', { example: '调解委员会' })
  rowsByName!: string;

  @Shows('状态', { values: STATES, example: 'draft' })
  state!: string;

  @Shows('状态名称', { example: '草稿' })
  stateName!: string;

  @Shows('编制人', { example: '王主任' })
  madeByName!: string;

  @Shows('定稿人', { ...TEXT, example: null })
  frozenByName!: string | null;

  @Shows('定稿时间', { ...TEXT, example: null })
  frozenAt!: string | null;

  @Shows('版本', { example: 1 })
  version!: number;
}

export class ReportListResponse {
  @Shows('报表和报告，期间最近的在前', { type: ReportHeaderResponse, isArray: true })
  items!: ReportHeaderResponse[];

  @Shows('您现在可以办理的事项', { ...ACTS, example: ['reports.begin'] })
  allowedActs!: string[];

  @Shows('下一页的翻页标记', { ...TEXT, example: null })
  nextCursor!: string | null;
}

class ReportColumnResponse {
  @Shows('列', { example: 'type.family' })
  key!: string;

  @Shows('列名', { example: '纠纷类型·婚姻家庭' })
  name!: string;

  @Shows('单位', { example: '件' })
  unit!: string;
}

class HeadCellResponse {
  @Shows('表头文字', { example: '纠纷类型' })
  text!: string;

  @Shows('占几列', { example: 18 })
  across!: number;

  @Shows('占几行', { example: 1 })
  down!: number;
}

class UnitFundingResponse {
  @Shows('工作经费', { type: Number, optional: true, example: 5_000_000 })
  workFen?: number;

  @Shows('补贴经费', { type: Number, optional: true, example: 2_000_000 })
  subsidyFen?: number;
}

class ReportRowResponse {
  @Shows('填报单位标识；没有归入单位的为空文字', { example: ID })
  unit!: string;

  @Shows('填报单位', { example: '某社区人民调解委员会' })
  name!: string;

  @Shows('各列的数字，按列的次序', { type: String, isArray: true, example: ['3', '7'] })
  cells!: string[];

  @Shows('填写的经费', { type: UnitFundingResponse, optional: true })
  typed?: UnitFundingResponse;
}

class GridColumnResponse {
  @Shows('列宽', { example: 4 })
  weight!: number;

  @Shows('对齐', { enum: ['left', 'center', 'right'], example: 'left' })
  align!: string;
}

class GridResponse {
  @Shows('表名', { example: '表　主要指标' })
  caption!: string;

  @Shows('列', { type: GridColumnResponse, isArray: true })
  columns!: readonly GridColumnResponse[];

  @Shows('表头各行', { type: 'array', example: [[{ text: '指标', across: 1, down: 1 }]] })
  head!: readonly (readonly HeadCellResponse[])[];

  @Shows('各行', { type: 'array', example: [['化解率', '90.0%']] })
  rows!: readonly (readonly string[])[];
}

class SeriesResponse {
  @Shows('名称', { example: '登记数' })
  name!: string;

  @Shows('各项的数', { type: String, isArray: true, example: ['5', '7'] })
  values!: readonly string[];
}

class ReportChartResponse {
  @Shows('图名', { example: '图　各类纠纷调解案件数' })
  caption!: string;

  @Shows('图形', { enum: ['bar', 'line'], example: 'bar' })
  kind!: string;

  @Shows('单位', { example: '件' })
  unit!: string;

  @Shows('各项', { type: String, isArray: true, example: ['邻里', '物业'] })
  labels!: readonly string[];

  @Shows('数列', { type: SeriesResponse, isArray: true })
  series!: readonly SeriesResponse[];
}

class ReportSectionResponse {
  @Shows('部分', { example: 'overview' })
  key!: string;

  @Shows('小标题', { example: '一、总体情况' })
  heading!: string;

  @Shows('段落', { type: String, isArray: true, example: ['本月共登记矛盾纠纷38件。'] })
  paragraphs!: readonly string[];

  @Shows('表', { type: GridResponse, nullable: true })
  grid!: GridResponse | null;

  @Shows('图', { type: ReportChartResponse, nullable: true })
  chart!: ReportChartResponse | null;
}

class SectionWordsResponse {
  @Shows('部分', { example: 'overview' })
  section!: string;

  @Shows('小标题', { example: '总体情况' })
  heading!: string;

  @Shows('文字；〔〕里是数字的名称', { example: '共登记矛盾纠纷〔登记数〕件。' })
  words!: string;
}

export class ReportResponse extends ReportHeaderResponse {
  @Shows('列', { type: ReportColumnResponse, isArray: true })
  columns!: ReportColumnResponse[];

  @Shows('表头各行；被上面的格子盖住的不再列出', {
    type: 'array',
    example: [[{ text: '填报单位', across: 1, down: 3 }]],
  })
  head!: HeadCellResponse[][];

  @Shows('各行，最后为合计', { type: ReportRowResponse, isArray: true })
  rows!: ReportRowResponse[];

  @Shows('勾稽不平之处；没有的才能定稿', { type: String, isArray: true, example: [] })
  faults!: string[];

  @Shows('各部分，与文件一致', { type: ReportSectionResponse, isArray: true })
  sections!: ReportSectionResponse[];

  @Shows('可以修改的文字', { type: SectionWordsResponse, isArray: true })
  texts!: SectionWordsResponse[];

  @Shows('文字里可以用的数字', { type: String, isArray: true, example: ['登记数', '化解率'] })
  figureNames!: string[];

  @Shows('以前各期更正', { type: String, isArray: true, example: [] })
  corrections!: string[];

  @Shows('口径', { type: String, isArray: true, example: ['调解案件总数：期间内调解结束的案件。'] })
  notes!: string[];

  @Shows('您现在可以办理的事项', ACTS)
  allowedActs!: string[];
}

class ReportCaseResponse {
  @Shows('计数对象', { example: ID })
  subjectId!: string;

  @Shows('事项', { ...TEXT, example: ID })
  disputeId!: string | null;

  @Shows('名称', { example: '某小区物业纠纷' })
  title!: string;

  @Shows('登记编号', { ...TEXT, example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string | null;

  @Shows('案号', { ...TEXT, example: '新城人调字〔2026〕12号' })
  caseNumber!: string | null;

  @Shows('计什么', { example: '调解成功' })
  kindName!: string;

  @Shows('统计的纠纷类型', { ...TEXT, example: '物业' })
  typeName!: string | null;

  @Shows('统计的来源', { ...TEXT, example: '依申请调解' })
  sourceName!: string | null;

  @Shows('计入的数', { example: '1' })
  weight!: string;
}

export class ReportCasesResponse {
  @Shows('列名', { example: '纠纷类型·物业' })
  name!: string;

  @Shows('数字', { example: '9' })
  figure!: string;

  @Shows('单位', { example: '件' })
  unit!: string;

  @Shows('共几项', { example: 9 })
  total!: number;

  @Shows('其中属于封存事项、不列出的', { example: 0 })
  hiddenCount!: number;

  @Shows('各项', { type: ReportCaseResponse, isArray: true })
  items!: ReportCaseResponse[];

  @Shows('下一页的翻页标记', { ...TEXT, example: null })
  nextCursor!: string | null;
}

class MovingActResponse {
  @Shows('时间', { example: AT })
  at!: string;

  @Shows('办理', { example: '重启事项' })
  actName!: string;

  @Shows('办理人', { example: '王主任' })
  actorName!: string;
}

class MovedThingResponse {
  @Shows('计数对象', { example: ID })
  subjectId!: string;

  @Shows('事项；封存的为空', { ...TEXT, example: ID })
  disputeId!: string | null;

  @Shows('登记编号', { ...TEXT, example: '新城综治登字〔2026〕12号' })
  number!: string | null;

  @Shows('名称', { example: '某小区物业纠纷' })
  title!: string;

  @Shows('定稿以后的办理', { type: MovingActResponse, isArray: true })
  acts!: MovingActResponse[];
}

const MOVED = { type: MovedThingResponse, isArray: true } as const;

class ReportDifferenceResponse {
  @Shows('填报单位', { example: '合计' })
  unitName!: string;

  @Shows('列', { example: 'type.family' })
  cell!: string;

  @Shows('列名', { example: '纠纷类型·婚姻家庭' })
  name!: string;

  @Shows('定稿的数', { example: '4' })
  before!: string;

  @Shows('现在的数', { example: '3' })
  after!: string;

  @Shows('新计入几项', { example: 0 })
  enteredCount!: number;

  @Shows('不再计入几项', { example: 1 })
  leftCount!: number;

  @Shows('数值有变几项', { example: 0 })
  changedCount!: number;

  @Shows('新计入的', MOVED)
  entered!: MovedThingResponse[];

  @Shows('不再计入的', MOVED)
  left!: MovedThingResponse[];

  @Shows('数值有变的', MOVED)
  changed!: MovedThingResponse[];
}

export class ReportDifferencesResponse {
  @Shows('统计截至', { example: AT })
  asOf!: string;

  @Shows('定稿时间', { ...TEXT, example: AT })
  frozenAt!: string | null;

  @Shows('有变化的各格', { type: ReportDifferenceResponse, isArray: true })
  items!: ReportDifferenceResponse[];
}

export class ReportIdResponse {
  @Shows('标识', { example: ID })
  id!: string;
}

class MappingResponse {
  @Shows('哪一类', { values: DIMENSIONS, example: 'type' })
  dimension!: string;

  @Shows('哪一类的名称', { example: '纠纷类型' })
  dimensionName!: string;

  @Shows('本系统的类别', { example: 'labor.arrears' })
  fromKey!: string;

  @Shows('本系统的类别名称', { example: '劳动争议（拖欠农民工工资）' })
  name!: string;

  @Shows('统计类别', { example: 'labor-arrears' })
  toKey!: string;

  @Shows('统计类别名称', { example: '拖欠农民工工资' })
  toName!: string;

  @Shows('有对照；没有的，计入“其他”', { example: true })
  isMapped!: boolean;

  @Shows('本中心自己定的', { example: false })
  isOwn!: boolean;

  @Shows('没有单独定，随上级类别', { example: false })
  isInherited!: boolean;

  @Shows('自哪天起', { ...TEXT, example: '2026-10-01' })
  validFrom!: string | null;

  @Shows('谁定的', { ...TEXT, example: '系统预置' })
  madeByName!: string | null;
}

class MappingChangeResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('哪一类', { values: DIMENSIONS, example: 'type' })
  dimension!: string;

  @Shows('哪一类的名称', { example: '纠纷类型' })
  dimensionName!: string;

  @Shows('本系统的类别', { example: 'labor.arrears' })
  fromKey!: string;

  @Shows('本系统的类别名称', { example: '劳动争议（拖欠农民工工资）' })
  name!: string;

  @Shows('改为哪个统计类别', { example: 'labor-arrears' })
  toKey!: string;

  @Shows('统计类别名称', { example: '拖欠农民工工资' })
  toName!: string;

  @Shows('自哪天起', { example: '2026-10-01' })
  validFrom!: string;

  @Shows('还没有开始执行', { example: false })
  isComing!: boolean;

  @Shows('只对本中心', { example: true })
  isOwn!: boolean;

  @Shows('谁改的', { example: '卫主任' })
  madeByName!: string;

  @Shows('什么时候改的', { example: AT })
  madeAt!: string;
}

class TargetResponse {
  @Shows('统计类别', { example: 'labor-arrears' })
  key!: string;

  @Shows('统计类别名称', { example: '拖欠农民工工资' })
  name!: string;
}

class TargetsResponse {
  @Shows('哪一类', { values: DIMENSIONS, example: 'type' })
  dimension!: string;

  @Shows('可选的统计类别', { type: TargetResponse, isArray: true })
  items!: TargetResponse[];
}

export class MappingsResponse {
  @Shows('今天的对照', { type: MappingResponse, isArray: true })
  items!: MappingResponse[];

  @Shows('历次修改，最近的在前；系统预置的不列', { type: MappingChangeResponse, isArray: true })
  changes!: MappingChangeResponse[];

  @Shows('可以为全部中心修改', { example: false })
  mayChangeForAll!: boolean;

  @Shows('可选的统计类别', { type: TargetsResponse, isArray: true })
  targets!: TargetsResponse[];

  @Shows('您现在可以办理的事项', { ...ACTS, example: ['report-mappings.change'] })
  allowedActs!: string[];
}

class PreventionRecordResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('种类', { values: PREVENTION_KINDS, example: 'survey' })
  kind!: string;

  @Shows('种类名称', { example: '排查纠纷' })
  kindName!: string;

  @Shows('日期', { example: '2026-09-18' })
  happenedOn!: string;

  @Shows('调解委员会', { ...TEXT, example: ID })
  committeeId!: string | null;

  @Shows('调解委员会名称', { ...TEXT, example: '某社区人民调解委员会' })
  committeeName!: string | null;

  @Shows('次数', { example: 1 })
  times!: number;

  @Shows('件数', { example: 3 })
  matters!: number;

  @Shows('人数', { example: 12 })
  persons!: number;

  @Shows('情况', { example: '节前排查' })
  note!: string;

  @Shows('登记人', { example: '王受理' })
  recordedByName!: string;

  @Shows('撤销时间', { ...TEXT, example: null })
  withdrawnAt!: string | null;

  @Shows('撤销理由', { ...TEXT, example: null })
  withdrawReason!: string | null;

  @Shows('您现在可以办理的事项', { ...ACTS, example: ['prevention.withdraw'] })
  allowedActs!: string[];
}

class PreventionTotalResponse {
  @Shows('种类', { values: PREVENTION_KINDS, example: 'survey' })
  kind!: string;

  @Shows('种类名称', { example: '排查纠纷' })
  kindName!: string;

  @Shows('次数', { example: 1 })
  times!: number;

  @Shows('件数', { example: 3 })
  matters!: number;

  @Shows('人数', { example: 12 })
  persons!: number;
}

export class PreventionResponse {
  @Shows('这段时间计入统计表的合计，不含撤销的', { type: PreventionTotalResponse, isArray: true })
  totals!: PreventionTotalResponse[];

  @Shows('还有更早的没有列出', { example: false })
  hasMore!: boolean;

  @Shows('登记时先填好的调解委员会：只为自己的调委会登记的', { ...TEXT, example: null })
  proposedCommitteeId!: string | null;

  @Shows('记录，日期最近的在前', { type: PreventionRecordResponse, isArray: true })
  items!: PreventionRecordResponse[];

  @Shows('您现在可以办理的事项', { ...ACTS, example: ['prevention.record'] })
  allowedActs!: string[];
}
