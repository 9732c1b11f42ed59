import { LIGHTS } from '../../../kernel';
import { Shows } from '../../../platform/http';
import { DISPUTE_TYPES } from '../../disputes';
import {
  APPEAL_GROUNDS,
  APPEAL_OUTCOMES,
  CLOCK_KINDS,
  CONTACT_METHODS,
  DUTY_ROLES,
  EXCUSABLE_PARTS,
  FEEDBACK_RESULTS,
  OBJECTION_GROUNDS,
  RANKS,
  SATISFACTIONS,
  SUMMONS_GROUNDS,
  SUMMONS_KINDS,
  SUMMONS_LEVELS,
  TASK_ROLES,
} from '../domain/dictionaries';
import { LADDER, RUNG_OUTCOMES } from '../domain/ladder';
import { SCORE_PARTS } from '../domain/score';
import { SUMMONS_STATES } from '../domain/summons-lifecycle';
import { TASK_STATES } from '../domain/task-lifecycle';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-09-30T09:25:00.000Z';

export class SummonsActResponse {
  @Shows('吹哨单标识', { example: ID })
  id!: string;

  @Shows('状态', { enum: Object.keys(SUMMONS_STATES), example: 'issued' })
  state!: string;

  @Shows('状态名称', { example: '已吹哨' })
  stateName!: string;

  @Shows('编号，签发时产生', { type: String, nullable: true, example: '新城综治哨字〔2026〕3号' })
  number!: string | null;

  @Shows('版本号', { example: 2 })
  version!: number;
}

export class TaskActResponse {
  @Shows('任务标识', { example: ID })
  id!: string;

  @Shows('吹哨单标识', { example: ID })
  summonsId!: string;

  @Shows('状态', { enum: Object.keys(TASK_STATES), example: 'signed' })
  state!: string;

  @Shows('状态名称', { example: '已签收' })
  stateName!: string;

  @Shows('版本号', { example: 3 })
  version!: number;
}

export class SignInCodeResponse {
  @Shows('签到码，一码一人', { example: '7K9M2PQ4RS5T' })
  code!: string;

  @Shows('有效期至', { example: AT })
  expiresAt!: string;

  @Shows('二维码（SVG 图形）', { example: '<svg xmlns="http://www.w3.org/2000/svg"></svg>' })
  qrCode!: string;
}

export class NextRungResponse {
  @Shows('下一步催督', { values: LADDER, example: 'supervise' })
  step!: string;

  @Shows('下一步催督名称', { example: '督办单' })
  stepName!: string;

  @Shows('何时', { example: AT })
  at!: string;

  @Shows('到时怎样', { example: '若到10月9日8时30分仍未反馈，将发督办单' })
  words!: string;
}

export class RungResponse {
  @Shows('时限种类', { values: CLOCK_KINDS, example: 'sign' })
  kind!: string;

  @Shows('时限名称', { example: '签收' })
  kindName!: string;

  @Shows('催督步骤', { values: LADDER, example: 'urge' })
  step!: string;

  @Shows('催督步骤名称', { example: '催办' })
  stepName!: string;

  @Shows('系统按时限发出的时间', { example: AT })
  takenAt!: string;

  @Shows('是否发出；停机后已到更高一级的，低的各级不再发出', { values: RUNG_OUTCOMES, example: 'taken' })
  outcome!: string;

  @Shows('所发催办、督办的标识', { type: String, nullable: true, example: null })
  supervisionId!: string | null;

  @Shows('答复', { type: String, nullable: true, example: null })
  answer!: string | null;

  @Shows('答复人', { type: String, nullable: true, example: null })
  answeredByName!: string | null;

  @Shows('答复时间', { type: String, nullable: true, example: null })
  answeredAt!: string | null;

  @Shows('办到哪一步', { example: '待答复' })
  words!: string;
}

export class DueResponse {
  @Shows('时限种类；裁定是中心自己的时限', { values: CLOCK_KINDS, example: 'sign' })
  kind!: string;

  @Shows('时限名称', { example: '签收' })
  kindName!: string;

  @Shows('轮次；退回补办的反馈从第二轮起另计', { example: 1 })
  round!: number;

  @Shows('起算时间', { example: AT })
  startsAt!: string;

  @Shows('原定截止时间', { example: AT })
  originalDueAt!: string;

  @Shows('现截止时间；异议待裁定、暂停计时时为空', { type: String, nullable: true, example: AT })
  currentDueAt!: string | null;

  @Shows('完成时间', { type: String, nullable: true, example: null })
  metAt!: string | null;

  @Shows('未完成而停止计时的时间（撤哨、异议成立）', { type: String, nullable: true, example: null })
  stoppedAt!: string | null;

  @Shows('是否逾期（按查看时计算）', { example: false })
  isLate!: boolean;

  @Shows('逾期分钟数；按工作时间计，应急哨按自然时间计', { example: 0 })
  lateMinutes!: number;

  @Shows('灯；完成或不再计时的为空', { type: String, nullable: true, values: LIGHTS, example: 'green' })
  light!: string | null;

  @Shows('灯的名称', { type: String, nullable: true, example: '正常' })
  lightName!: string | null;

  @Shows('时限已用去的百分比', { example: 40 })
  progress!: number;

  @Shows('还剩多久或超了多久', { example: '还剩36分钟' })
  words!: string;

  @Shows('催督步骤', {
    values: LADDER,
    example: 'none',
  })
  step!: string;

  @Shows('催督步骤名称', { example: '正常' })
  stepName!: string;

  @Shows('下一步催督；完成、停止或暂停的为空', { type: NextRungResponse, nullable: true })
  next!: NextRungResponse | null;

  @Shows('放假安排未公布、暂按推算', { example: false })
  isProvisional!: boolean;

  @Shows('所依据的日历版本', { example: '2025-1,2026-1;default-1' })
  calendarVersion!: string;

  @Shows('计算说明', {
    type: String,
    isArray: true,
    example: ['依据吹哨报到时限（工作推进哨·签收），期限为60分钟（办公时间内）。'],
  })
  explanation!: string[];
}

export class ObjectionResponse {
  @Shows('异议事由', { values: OBJECTION_GROUNDS, example: 'not-competent' })
  ground!: string;

  @Shows('异议事由名称', { example: '职责不符' })
  groundName!: string;

  @Shows('理由和依据', { example: '面积认定由征收部门负责，本单位无此项职责。' })
  reason!: string;

  @Shows('提出时间', { example: AT })
  objectedAt!: string;

  @Shows('提出人', { example: '征收联络' })
  objectedByName!: string;

  @Shows('裁定时间', { type: String, nullable: true, example: null })
  ruledAt!: string | null;

  @Shows('裁定人', { type: String, nullable: true, example: null })
  ruledByName!: string | null;

  @Shows('接替的部门', { type: String, nullable: true, example: null })
  replacedByName!: string | null;

  @Shows('裁定理由', { type: String, nullable: true, example: null })
  rulingReason!: string | null;
}

export class ContactResponse {
  @Shows('联系方式', { values: CONTACT_METHODS, example: 'phone' })
  method!: string;

  @Shows('联系方式名称', { example: '电话' })
  methodName!: string;

  @Shows('联系情况', { example: '已与中心经办人通话，约定九日上午到场。' })
  note!: string;

  @Shows('联系时间', { example: AT })
  contactedAt!: string;

  @Shows('登记人', { example: '征收联络' })
  contactedByName!: string;
}

export class ArrivalResponse {
  @Shows('到场人姓名', { example: '高志远' })
  personName!: string;

  @Shows('职级', { values: RANKS, example: 'section-head' })
  rank!: string;

  @Shows('职级名称', { example: '科室负责人' })
  rankName!: string;

  @Shows('到场时间', { example: AT })
  arrivedAt!: string;
}

export class AskAnswerResponse {
  @Shows('请求事项序号', { example: 1 })
  ask!: number;

  @Shows('答复', { example: '已调取档案，面积以二〇一九年测绘成果为准。' })
  answer!: string;
}

export class FileResponse {
  @Shows('材料标识', { example: ID })
  id!: string;

  @Shows('文件名', { example: '面积测绘成果.pdf' })
  fileName!: string;

  @Shows('文件类型', { example: 'application/pdf' })
  mediaType!: string;

  @Shows('大小（字节）', { example: 20480 })
  sizeBytes!: number;
}

export class TaskFileResponse extends FileResponse {
  @Shows('是否本部门上传', { example: false })
  isOwn!: boolean;
}

export class FeedbackResponse {
  @Shows('轮次', { example: 1 })
  round!: number;

  @Shows('办理结果', { values: FEEDBACK_RESULTS, example: 'resolved' })
  result!: string;

  @Shows('办理结果名称', { example: '已解决' })
  resultName!: string;

  @Shows('依据', { example: '《国有土地上房屋征收与补偿条例》第十五条。' })
  ground!: string;

  @Shows('逐项答复', { type: AskAnswerResponse, isArray: true })
  answers!: AskAnswerResponse[];

  @Shows('附件', { type: String, isArray: true, example: [] })
  attachmentIds!: string[];

  @Shows('附件的文件名和类型', { type: FileResponse, isArray: true })
  files!: FileResponse[];

  @Shows('反馈时间', { example: AT })
  givenAt!: string;

  @Shows('反馈人', { example: '征收承办' })
  givenByName!: string;

  @Shows('退回时间', { type: String, nullable: true, example: null })
  returnedAt!: string | null;

  @Shows('退回理由', { type: String, nullable: true, example: null })
  returnReason!: string | null;
}

export class ScorePartResponse {
  @Shows('评分项', {
    values: SCORE_PARTS,
    example: 'sign',
  })
  part!: string;

  @Shows('评分项名称', { example: '签收及时' })
  partName!: string;

  @Shows('权重', { example: 20 })
  weight!: number;

  @Shows('得分（满分 100）', { example: 100 })
  points!: number;
}

export class RatingResponse {
  @Shows('中心所评实效', { type: Number, nullable: true, example: 90 })
  effect!: number | null;

  @Shows('中心评语', { type: String, nullable: true, example: '到场及时，答复清楚。' })
  remark!: string | null;

  @Shows('当事人评价', { type: String, nullable: true, values: SATISFACTIONS, example: 'satisfied' })
  satisfaction!: string | null;

  @Shows('当事人评价名称', { type: String, nullable: true, example: '满意' })
  satisfactionName!: string | null;

  @Shows('总分；知会、撤哨和异议成立的不计', { type: Number, nullable: true, example: 97.2 })
  score!: number | null;

  @Shows('得分明细', { type: ScorePartResponse, isArray: true })
  parts!: ScorePartResponse[];

  @Shows('中心评价人', { type: String, nullable: true, example: '赵研判' })
  ratedByName!: string | null;

  @Shows('所用权重', { type: String, nullable: true, example: '通用权重（系统预置）' })
  weightsName!: string | null;

  @Shows('部门申诉的截止时间', { type: String, nullable: true, example: AT })
  appealEndsAt!: string | null;
}

export class AppealResponse {
  @Shows('申诉事由', { values: APPEAL_GROUNDS, example: 'not-to-blame' })
  ground!: string;

  @Shows('申诉事由名称', { example: '迟延不可归责于本部门' })
  groundName!: string;

  @Shows('事实和理由', { example: '当日办公系统中断，恢复后即签收，有信息部门记录。' })
  reason!: string;

  @Shows('申诉时间', { example: AT })
  lodgedAt!: string;

  @Shows('申诉人', { example: '征收联络' })
  lodgedByName!: string;

  @Shows('中心应答复的时间', { example: AT })
  dueAt!: string;

  @Shows('答复是否逾期', { example: false })
  isLate!: boolean;

  @Shows('结论', { type: String, nullable: true, values: APPEAL_OUTCOMES, example: 'granted' })
  outcome!: string | null;

  @Shows('结论名称', { type: String, nullable: true, example: '申诉成立' })
  outcomeName!: string | null;

  @Shows('申诉前的总分', { type: Number, nullable: true, example: 77.5 })
  scoreBefore!: number | null;

  @Shows('改定的实效得分', { type: Number, nullable: true, example: null })
  effect!: number | null;

  @Shows('不计入得分的评分项', { type: String, isArray: true, values: EXCUSABLE_PARTS, example: ['sign'] })
  excused!: string[];

  @Shows('不计入得分的评分项名称', { type: String, isArray: true, example: ['签收是否及时'] })
  excusedNames!: string[];

  @Shows('答复时间', { type: String, nullable: true, example: AT })
  ruledAt!: string | null;

  @Shows('答复人', { type: String, nullable: true, example: '卫主任' })
  ruledByName!: string | null;

  @Shows('答复理由', { type: String, nullable: true, example: '情况属实，签收不计逾期。' })
  rulingReason!: string | null;
}

export class NextDueResponse {
  @Shows('时限种类', { values: CLOCK_KINDS, example: 'sign' })
  kind!: string;

  @Shows('时限名称', { example: '签收' })
  kindName!: string;

  @Shows('截止时间', { example: AT })
  dueAt!: string;

  @Shows('还剩多久或超了多久', { example: '还剩36分钟' })
  words!: string;

  @Shows('截止时间怎么算出来的', {
    type: String,
    isArray: true,
    example: ['依据吹哨报到时限（工作推进哨·签收），期限为60分钟（办公时间内）。'],
  })
  explanation!: readonly string[];

  @Shows('放假安排尚未公布，暂按推算', { example: false })
  isProvisional!: boolean;
}

class DutyNoteResponse {
  @Shows('时间', { example: AT })
  at!: string;

  @Shows('提出时还是签发时', { values: { propose: '提出时', issue: '签发时' }, example: 'propose' })
  occasion!: string;

  @Shows('谁在值班', { example: '现在没有人值班，下一班明天8:30起：李建国' })
  words!: string;

  @Shows('签收时限内没有人值班的提示', { type: String, nullable: true, example: null })
  warning!: string | null;
}

export class TaskResponse {
  @Shows('任务标识', { example: ID })
  id!: string;

  @Shows('部门', { example: ID })
  agencyId!: string;

  @Shows('部门名称', { example: '新城区征收办' })
  agencyName!: string;

  @Shows('在本哨中的位置', { values: TASK_ROLES, example: 'lead' })
  role!: string;

  @Shows('位置名称', { example: '主办' })
  roleName!: string;

  @Shows('状态', { enum: Object.keys(TASK_STATES), example: 'signed' })
  state!: string;

  @Shows('状态名称', { example: '已签收' })
  stateName!: string;

  @Shows('灯：在走的时限中最急的；没有在走的为空', { type: String, nullable: true, values: LIGHTS, example: 'green' })
  light!: string | null;

  @Shows('灯的名称', { type: String, nullable: true, example: '正常' })
  lightName!: string | null;

  @Shows('最先到期的时限', { type: NextDueResponse, nullable: true })
  nextDue!: NextDueResponse | null;

  @Shows('部门下一步做什么', { example: '请先签收。' })
  nextStep!: string;

  @Shows('当时显示的值班情况', { type: DutyNoteResponse, isArray: true })
  dutyNotes!: DutyNoteResponse[];

  @Shows('派发时间', { type: String, nullable: true, example: AT })
  issuedAt!: string | null;

  @Shows('签收时间', { type: String, nullable: true, example: AT })
  signedAt!: string | null;

  @Shows('签收人', { type: String, nullable: true, example: '征收联络' })
  signedByName!: string | null;

  @Shows('异议和裁定', { type: ObjectionResponse, nullable: true })
  objection!: ObjectionResponse | null;

  @Shows('开始处置时间', { type: String, nullable: true, example: null })
  handlingStartedAt!: string | null;

  @Shows('中心确认时间', { type: String, nullable: true, example: null })
  confirmedAt!: string | null;

  @Shows('确认人', { type: String, nullable: true, example: null })
  confirmedByName!: string | null;

  @Shows('闭合时间', { type: String, nullable: true, example: null })
  closedAt!: string | null;

  @Shows('撤哨理由', { type: String, nullable: true, example: null })
  withdrawalReason!: string | null;

  @Shows('时限', { type: DueResponse, isArray: true })
  dues!: DueResponse[];

  @Shows('催督记录，先发的在前', { type: RungResponse, isArray: true })
  ladder!: RungResponse[];

  @Shows('联系记录', { type: ContactResponse, isArray: true })
  contacts!: ContactResponse[];

  @Shows('到场签到', { type: ArrivalResponse, isArray: true })
  arrivals!: ArrivalResponse[];

  @Shows('书面反馈', { type: FeedbackResponse, isArray: true })
  feedbacks!: FeedbackResponse[];

  @Shows('评价', { type: RatingResponse, nullable: true })
  rating!: RatingResponse | null;

  @Shows('考核申诉', { type: AppealResponse, nullable: true })
  appeal!: AppealResponse | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['summons-tasks.sign'] })
  allowedActs!: string[];

  @Shows('版本号', { example: 2 })
  version!: number;
}

/** What agencies read of a whistle. */
export class SummonsBriefResponse {
  @Shows('吹哨单标识', { example: ID })
  id!: string;

  @Shows('编号', { type: String, nullable: true, example: '新城综治哨字〔2026〕3号' })
  number!: string | null;

  @Shows('吹哨类别', { values: SUMMONS_KINDS, example: 'progress' })
  kind!: string;

  @Shows('类别名称', { example: '工作推进哨' })
  kindName!: string;

  @Shows('级别', { values: SUMMONS_LEVELS, example: 'regular' })
  level!: string;

  @Shows('级别名称', { example: '常规' })
  levelName!: string;

  @Shows('吹哨事由', { values: SUMMONS_GROUNDS, example: 'livelihood' })
  ground!: string;

  @Shows('事由名称', { example: '突出民生' })
  groundName!: string;

  @Shows('情况说明', { example: '某小区征收补偿争议，需要征收部门到场说明。' })
  brief!: string;

  @Shows('请求事项', { type: String, isArray: true, example: ['核对该户征收档案中的面积认定依据'] })
  asks!: string[];

  @Shows('到场地点', { type: String, nullable: true, example: '新城区综治中心二号调解室' })
  place!: string | null;

  @Shows('约定到场时间', { type: String, nullable: true, example: null })
  meetAt!: string | null;

  @Shows('是否要求到场', { example: true })
  attendanceRequired!: boolean;

  @Shows('状态', { enum: Object.keys(SUMMONS_STATES), example: 'issued' })
  state!: string;

  @Shows('状态名称', { example: '已吹哨' })
  stateName!: string;

  @Shows('签发时间', { type: String, nullable: true, example: AT })
  issuedAt!: string | null;
}

export class HoldUpResponse {
  @Shows('任务标识', { example: ID })
  taskId!: string;

  @Shows('部门名称', { example: '新城区征收办' })
  agencyName!: string;

  @Shows('逾期的时限', { values: CLOCK_KINDS, example: 'feedback' })
  kind!: string;

  @Shows('时限名称', { example: '反馈' })
  kindName!: string;

  @Shows('逾期分钟数', { example: 75 })
  lateMinutes!: number;

  @Shows('超了多久', { example: '已超1小时15分' })
  words!: string;

  @Shows('催督步骤', { values: LADDER, example: 'urge' })
  step!: string;

  @Shows('催督步骤名称', { example: '催办' })
  stepName!: string;
}

export class SummonsResponse extends SummonsBriefResponse {
  @Shows('事项', { example: ID })
  disputeId!: string;

  @Shows('事项登记编号', { example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string;

  @Shows('事项标题；封存的不显示', { example: '征收补偿争议' })
  matterTitle!: string;

  @Shows('提出时间', { example: AT })
  proposedAt!: string;

  @Shows('提出人', { example: '刘调解' })
  proposedByName!: string;

  @Shows('签发人', { type: String, nullable: true, example: '赵研判' })
  issuedByName!: string | null;

  @Shows('灯：各部门在走的时限中最急的', { type: String, nullable: true, values: LIGHTS, example: 'green' })
  light!: string | null;

  @Shows('灯的名称', { type: String, nullable: true, example: '正常' })
  lightName!: string | null;

  @Shows('撤哨理由', { type: String, nullable: true, example: null })
  withdrawalReason!: string | null;

  @Shows('各部门的任务', { type: TaskResponse, isArray: true })
  tasks!: TaskResponse[];

  @Shows('谁在耽误、耽误多久，最久的在前', { type: HoldUpResponse, isArray: true })
  holdUps!: HoldUpResponse[];

  @Shows('版本号', { example: 2 })
  version!: number;
}

export class SummonsDetailResponse extends SummonsResponse {
  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['summons.withdraw'] })
  allowedActs!: string[];
}

export class SummonsOfMatterResponse {
  @Shows('吹哨单', { type: SummonsDetailResponse, isArray: true })
  items!: SummonsDetailResponse[];

  @Shows('您现在可以对本事项办理的吹哨事项', { type: String, isArray: true, example: ['summons.propose'] })
  allowedActs!: string[];
}

export class SummonsPageResponse {
  @Shows('吹哨单', { type: SummonsResponse, isArray: true })
  items!: SummonsResponse[];

  @Shows('下一页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

/** Whom an agency turns to. Parties are reached through the center. */
export class CenterContactResponse {
  @Shows('综治中心', { example: '新城区综治中心' })
  centerName!: string;

  @Shows('电话', { type: String, nullable: true, example: '0471-6600001' })
  phone!: string | null;

  @Shows('地址', { type: String, nullable: true, example: '海拉尔东路1号' })
  address!: string | null;

  @Shows('经办人', { example: '刘调解' })
  personName!: string;
}

export class AgencySummonsResponse extends SummonsBriefResponse {
  @Shows('联系谁；需要联系当事人的，由中心转达', { type: CenterContactResponse })
  contact!: CenterContactResponse;
}

export class AgencyTaskResponse extends TaskResponse {
  @Shows('吹哨单中本部门可见的内容', { type: AgencySummonsResponse })
  summons!: AgencySummonsResponse;
}

export class TabCountResponse {
  @Shows('分栏', { example: 'todo' })
  tab!: string;

  @Shows('分栏名称', { example: '待办理' })
  tabName!: string;

  @Shows('件数', { example: 3 })
  count!: number;
}

export class LightCountResponse {
  @Shows('灯', { values: LIGHTS, example: 'red' })
  light!: string;

  @Shows('灯的名称', { example: '已逾期' })
  lightName!: string;

  @Shows('件数', { example: 1 })
  count!: number;
}

export class SummonsCountsResponse {
  @Shows('各分栏的件数', { type: TabCountResponse, isArray: true })
  tabs!: TabCountResponse[];
}

export class TaskCountsResponse extends SummonsCountsResponse {
  @Shows('待办理任务按灯计', { type: LightCountResponse, isArray: true })
  lights!: LightCountResponse[];
}

export class TaskOfCodeResponse {
  @Shows('任务标识', { example: ID })
  taskId!: string;
}

export class DutyResponse {
  @Shows('职责标识', { example: ID })
  id!: string;

  @Shows('部门', { example: ID })
  agencyId!: string;

  @Shows('部门名称', { example: '新城区征收办' })
  agencyName!: string;

  @Shows('纠纷类型', { values: DISPUTE_TYPES, example: 'expropriation' })
  disputeType!: string;

  @Shows('纠纷类型名称', { example: '征地拆迁' })
  disputeTypeName!: string;

  @Shows('位置', { values: DUTY_ROLES, example: 'lead' })
  role!: string;

  @Shows('位置名称', { example: '主办' })
  roleName!: string;

  @Shows('职责', { example: '房屋征收补偿标准的解释和征收档案核对' })
  duty!: string;

  @Shows('依据', { type: String, nullable: true, example: '部门权责清单第十二项' })
  basis!: string | null;

  @Shows('版本号', { example: 1 })
  version!: number;
}

export class DutyListResponse {
  @Shows('职责', { type: DutyResponse, isArray: true })
  items!: DutyResponse[];
}

class DutyWarningResponse {
  @Shows('吹哨类别', { values: SUMMONS_KINDS, example: 'progress' })
  kind!: string;

  @Shows('提示', {
    example:
      '签收时限到今天10:00止，此前该部门没有人在中心值班（轮驻日为星期二、星期四），下一班明天8:30起。联络员A岗人社联络。',
  })
  words!: string;
}

class AgencyDutyNowResponse {
  @Shows('部门', { example: ID })
  agencyId!: string;

  @Shows('现在有人值班', { example: false })
  isThere!: boolean;

  @Shows('谁在值班，或者下一班', { example: '现在没有人值班，下一班明天8:30起：李建国' })
  words!: string;

  @Shows('紧急时找谁；值班情况中已经写明的为空', {
    type: String,
    nullable: true,
    example: '联络员A岗人社联络 0471-6600002',
  })
  contacts!: string | null;

  @Shows('签收时限内没有人值班的，按吹哨类别', { type: DutyWarningResponse, isArray: true })
  warnings!: DutyWarningResponse[];
}

export class SummonableAgencyResponse {
  @Shows('部门', { example: ID })
  id!: string;

  @Shows('部门名称', { example: '新城区征收办' })
  name!: string;

  @Shows('值班情况', { type: AgencyDutyNowResponse })
  duty!: AgencyDutyNowResponse;
}

export class SummonsTermsResponse {
  @Shows('吹哨类别', { values: SUMMONS_KINDS, example: 'progress' })
  kind!: string;

  @Shows('级别', { values: SUMMONS_LEVELS, example: 'regular' })
  level!: string;

  @Shows('时限', { example: '签收60分钟（办公时间）、联系1个工作日、到场3个工作日、反馈5个工作日' })
  words!: string;

  @Shows('适用和签发', { example: '一般事项，由调度员或中心主任签发' })
  note!: string;
}

export class SuggestionsResponse extends DutyListResponse {
  @Shows('可以吹哨的部门', { type: SummonableAgencyResponse, isArray: true })
  agencies!: SummonableAgencyResponse[];

  @Shows('各类别、级别的时限', { type: SummonsTermsResponse, isArray: true })
  terms!: SummonsTermsResponse[];
}

export class DutyPageResponse extends DutyListResponse {
  @Shows('下一页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

export class DutyActResponse {
  @Shows('职责标识', { example: ID })
  id!: string;

  @Shows('版本号', { example: 2 })
  version!: number;
}

export class AgencyTaskPageResponse {
  @Shows('吹哨任务', { type: AgencyTaskResponse, isArray: true })
  items!: AgencyTaskResponse[];

  @Shows('下一页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

export class SummonedAgencyResponse {
  @Shows('部门名称', { example: '新城区征收办' })
  agencyName!: string;

  @Shows('在本哨中的位置', { values: TASK_ROLES, example: 'lead' })
  role!: string;
}

export class AgencyTaskDetailResponse extends AgencyTaskResponse {
  @Shows('同一吹哨单上的部门', { type: SummonedAgencyResponse, isArray: true })
  agencies!: SummonedAgencyResponse[];

  @Shows('可查阅的材料：随吹哨单提供的，以及本部门上传的', { type: TaskFileResponse, isArray: true })
  attachments!: TaskFileResponse[];
}
