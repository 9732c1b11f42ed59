import { LIGHTS } from '../../../kernel';
import { Shows } from '../../../platform/http';
import { WATCH_CLOCKS } from '../domain/clocks';
import { OVERSIGHT_LEVELS, SUPERVISION_KINDS, SUPERVISION_STATES } from '../domain/supervision-lifecycle';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-11-20T01:30:00.000Z';
const TEXT = { type: String, nullable: true } as const;

export class SupervisionResponse {
  @Shows('督办标识', { example: ID })
  id!: string;

  @Shows('事项', { example: ID })
  disputeId!: string;

  @Shows('吹哨任务；不是对部门的为空', { ...TEXT, example: null })
  taskId!: string | null;

  @Shows('联动单位', { ...TEXT, example: null })
  agencyId!: string | null;

  @Shows('类别', { values: SUPERVISION_KINDS, example: 'oversight' })
  kind!: string;

  @Shows('督办级别；不是督办的为空', { values: OVERSIGHT_LEVELS, nullable: true, example: 'daily' })
  level!: string | null;

  @Shows('类别名称；督办的为其级别', { example: '日常督办' })
  kindName!: string;

  @Shows('意见和要求', { example: '已超过期限，请说明原因，明确办结时间。' })
  reason!: string;

  @Shows('答复期限，含当日', { ...TEXT, example: '2026-11-25' })
  answerDueOn!: string | null;

  @Shows('应答复的人', { ...TEXT, example: ID })
  addresseeAccountId!: string | null;

  @Shows('应答复的人或单位', { example: '刘调解' })
  addresseeName!: string;

  @Shows('由谁做什么', { example: '由刘调解答复' })
  addresseeWords!: string;

  @Shows('状态', { values: SUPERVISION_STATES, example: 'open' })
  state!: string;

  @Shows('状态名称', { example: '待答复' })
  stateName!: string;

  @Shows('发出人', { example: '卫主任' })
  issuedByName!: string;

  @Shows('是否由系统按时限发出', { example: false })
  isBySystem!: boolean;

  @Shows('发出时间', { example: AT })
  issuedAt!: string;

  @Shows('答复', { ...TEXT, example: null })
  answer!: string | null;

  @Shows('答复人', { ...TEXT, example: null })
  answeredByName!: string | null;

  @Shows('答复时间', { ...TEXT, example: null })
  answeredAt!: string | null;

  @Shows('退回理由', { ...TEXT, example: null })
  returnReason!: string | null;

  @Shows('办结或撤销时间', { ...TEXT, example: null })
  endedAt!: string | null;

  @Shows('办结或撤销的意见', { ...TEXT, example: null })
  endingOpinion!: string | null;

  @Shows('是否超时未答复', { example: false })
  isOverdue!: boolean;

  @Shows('版本号', { example: 1 })
  version!: number;

  @Shows('现在可办的事项', { type: String, isArray: true, example: ['supervisions.close'] })
  allowedActs!: string[];
}

export class SupervisionsOfMatterResponse {
  @Shows('督办，最近的在前', { type: SupervisionResponse, isArray: true })
  items!: SupervisionResponse[];

  @Shows('可对本事项发起的督办', { type: String, isArray: true, example: ['supervisions.urge'] })
  allowedActs!: string[];
}

export class SupervisionListItemResponse extends SupervisionResponse {
  @Shows('登记编号；部门不显示', { ...TEXT, example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string | null;

  @Shows('事项名称；封存的和部门不显示', { ...TEXT, example: '李家六兄妹遗产纠纷' })
  title!: string | null;
}

export class SupervisionListResponse {
  @Shows('督办', { type: SupervisionListItemResponse, isArray: true })
  items!: SupervisionListItemResponse[];

  @Shows('下一页的翻页标记', { ...TEXT, example: null })
  nextCursor!: string | null;
}

class WatchedCaseResponse {
  @Shows('本行的标记', { example: `summons-sign_${ID}` })
  key!: string;

  @Shows('灯', { values: LIGHTS, example: 'red' })
  light!: string;

  @Shows('灯的含义', { example: '已逾期' })
  lightName!: string;

  @Shows('责任人或单位', { example: '新城区人社局' })
  holder!: string;

  @Shows('超期或者剩余的工作时间', { example: '已超期 3 个工作日' })
  distance!: string;

  @Shows('事项', { example: ID })
  disputeId!: string;

  @Shows('吹哨任务', { ...TEXT, example: ID })
  taskId!: string | null;

  @Shows('登记编号', { example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string;

  @Shows('事项名称；封存的不显示', { example: '某小区供水纠纷' })
  title!: string;

  @Shows('可对事项发起的督办', { type: String, isArray: true, example: ['supervisions.urge'] })
  allowedActs!: readonly string[];

  @Shows('可对部门任务发起的督办', { type: String, isArray: true, example: ['supervisions.urge-agency'] })
  taskActs!: readonly string[];
}

export class WatchRowResponse extends WatchedCaseResponse {
  @Shows('时限类别', { values: WATCH_CLOCKS, example: 'summons-sign' })
  clock!: string;

  @Shows('时限类别名称', { example: '部门签收' })
  clockName!: string;

  @Shows('时限怎样计算', { example: '吹哨单载明的签收时限，按工作时间计算' })
  rule!: string;

  @Shows('起算时间', { example: AT })
  startsAt!: string;

  @Shows('到期时间：此刻起即为超期', { example: AT })
  dueAt!: string;

  @Shows('是否暂定：所跨年份的放假安排尚未启用', { example: false })
  isProvisional!: boolean;

  @Shows('本事项调解累计暂停的天数；与调解无关的时限为空', { type: Number, nullable: true, example: 0 })
  pausedDays!: number | null;

  @Shows('登记中心', { example: ID })
  centerId!: string;

  @Shows('登记中心名称', { example: '新城区综治中心' })
  centerName!: string;

  @Shows('纠纷类型', { ...TEXT, example: 'utilities' })
  disputeType!: string | null;

  @Shows('风险等级', { ...TEXT, example: 'yellow' })
  riskLevel!: string | null;

  @Shows('未办结的督办件数', { example: 1 })
  openSupervisionCount!: number;

  @Shows('怎么算出来的，逐句说明；没有的看时限怎样计算', {
    type: String,
    isArray: true,
    example: ['依据《人民调解工作若干规定》第三十三条，期限为1个月。'],
  })
  explanation!: readonly string[];
}

export class WatchListResponse {
  @Shows('超期和临期，最先到期的在前', { type: WatchRowResponse, isArray: true })
  items!: WatchRowResponse[];

  @Shows('下一页的翻页标记', { ...TEXT, example: null })
  nextCursor!: string | null;

  @Shows('本页范围内另有多少条属于封存事项，不列出', { example: 0 })
  hiddenCount!: number;

  @Shows('系统升级后正在整理各事项的时限，稍后会更全', { example: false })
  isFilling!: boolean;
}

export class MorningSentenceResponse {
  @Shows('话题', { example: 'summons-sign' })
  key!: string;

  @Shows('话题名称', { example: '部门签收' })
  label!: string;

  @Shows('一句话', { example: '部门超时未签收吹哨 2 件，其中新城区人社局 2 件，最长的已超期 3 个工作日。' })
  text!: string;

  @Shows('灯', { values: LIGHTS, example: 'red' })
  light!: string;

  @Shows('超期件数', { example: 2 })
  redCount!: number;

  @Shows('临期件数', { example: 0 })
  yellowCount!: number;

  @Shows('其中属于封存事项、不列出的件数', { example: 0 })
  hiddenCount!: number;

  @Shows('在红黄灯清单中对应的时限类别', { ...TEXT, example: 'summons-sign' })
  clock!: string | null;

  @Shows('最先到期的二十件', { type: WatchedCaseResponse, isArray: true })
  items!: WatchedCaseResponse[];
}

export class MorningResponse {
  @Shows('日期', { example: '2026-11-20' })
  on!: string;

  @Shows('十句话', { type: MorningSentenceResponse, isArray: true })
  sentences!: MorningSentenceResponse[];

  @Shows('系统升级后正在整理各事项的时限，稍后会更全', { example: false })
  isFilling!: boolean;
}

export class WatchedCenterResponse {
  @Shows('综治中心', { example: ID })
  id!: string;

  @Shows('名称', { example: '新城区综治中心' })
  name!: string;
}

export class WatchedCentersResponse {
  @Shows('所管的中心，上级在前', { type: WatchedCenterResponse, isArray: true })
  items!: WatchedCenterResponse[];
}
