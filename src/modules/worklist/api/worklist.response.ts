import { LIGHTS, type Light } from '../../../kernel';
import { Shows } from '../../../platform/http';
import { DISPUTE_TYPES, RISK_LEVELS } from '../../disputes';
import { DUE_KINDS, type DueKind, SECTIONS, type Section, TABS, type Tab } from '../domain/dictionaries';

const EXAMPLE_ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-11-20T01:30:00.000Z';

export class WorklistDueResponse {
  @Shows('什么时限', { values: DUE_KINDS, example: 'mediation-period' })
  kind!: DueKind;

  @Shows('时限名称', { example: '调解期限' })
  kindName!: string;

  @Shows('从这一刻起即为逾期', { example: AT })
  dueAt!: string;

  @Shows('届满日；法律或协议以日计的才有', { type: String, nullable: true, example: '2026-12-20' })
  dueOn!: string | null;

  @Shows('由谁负责', { type: String, nullable: true, example: '刘调解' })
  whose!: string | null;

  @Shows('是否已逾期', { example: false })
  isOverdue!: boolean;

  @Shows('是否暂定：所跨年份的放假安排尚未启用', { example: false })
  isProvisional!: boolean;

  @Shows('怎么算出来的，逐句说明', {
    type: String,
    isArray: true,
    example: ['依据《人民调解工作若干规定》第三十三条，期限为1个月。'],
  })
  explanation!: readonly string[];
}

/** Light, due and next step, the same on lists and on the page of a matter. */
abstract class LineResponse {
  @Shows('时限灯；没有时限的为空', { type: String, nullable: true, values: LIGHTS, example: 'yellow' })
  light!: Light | null;

  @Shows('时限灯名称', { type: String, nullable: true, example: '将到期' })
  lightName!: string | null;

  @Shows('最近的时限', { type: WorklistDueResponse, nullable: true })
  due!: WorklistDueResponse | null;

  @Shows('下一步', { type: String, nullable: true, example: '请安排调解会' })
  nextStep!: string | null;

  @Shows('下一步对应的办理事项', { type: String, nullable: true, example: 'sessions.plan' })
  nextAct!: string | null;

  @Shows('现由谁办', { type: String, nullable: true, example: '刘调解' })
  holder!: string | null;

  @Shows('从何时起等待', { type: String, nullable: true, example: AT })
  since!: string | null;
}

export class WorklistItemResponse extends LineResponse {
  @Shows('时限分类', { values: SECTIONS, example: 'yellow' })
  section!: Section;

  @Shows('事项标识', { example: EXAMPLE_ID })
  disputeId!: string;

  @Shows('吹哨任务标识；部门的列表才有', { type: String, nullable: true, example: null })
  taskId!: string | null;

  @Shows('案号；没有案号的为登记编号，部门的为吹哨单编号', { example: '新城人调字〔2026〕12号' })
  number!: string;

  @Shows('登记编号', { type: String, nullable: true, example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string | null;

  @Shows('事项名称；封存的不显示', { example: '李家六兄妹遗产纠纷' })
  title!: string;

  @Shows('纠纷类型', { type: String, nullable: true, values: DISPUTE_TYPES, example: 'family.inheritance' })
  disputeType!: string | null;

  @Shows('风险等级', { type: String, nullable: true, values: RISK_LEVELS, example: 'blue' })
  riskLevel!: string | null;

  @Shows('是否封存', { example: false })
  isSealed!: boolean;

  @Shows('当事人（已遮盖）', { type: String, nullable: true, example: '李某、李某等6方' })
  parties!: string | null;

  @Shows('状态名称', { example: '办理中' })
  stateName!: string;

  @Shows('调解状态名称', { type: String, nullable: true, example: '调解中' })
  mediationStateName!: string | null;
}

export class WorklistResponse {
  @Shows('按紧急程度排列，最急的在前', { type: WorklistItemResponse, isArray: true })
  items!: readonly WorklistItemResponse[];

  @Shows('下一页的翻页标记；没有下一页时为空', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

export class WorklistCountResponse {
  @Shows('列表', { values: TABS, example: 'to-do' })
  tab!: Tab;

  @Shows('列表名称', { example: '待办' })
  tabName!: string;

  @Shows('件数，最多 999', { example: 12 })
  count!: number;

  @Shows('是否多于 999 件', { example: false })
  isMore!: boolean;

  @Shows('其中已逾期', { example: 1 })
  red!: number;

  @Shows('其中将到期', { example: 3 })
  yellow!: number;
}

export class WorklistCountsResponse {
  @Shows('各列表的件数', { type: WorklistCountResponse, isArray: true })
  items!: readonly WorklistCountResponse[];
}

export class DisputeWaitResponse extends LineResponse {
  @Shows('等待的环节', { example: 'plan-session' })
  step!: string;

  @Shows('您的岗位可以办理这一步', { example: true })
  isMine!: boolean;
}

export class DisputeDueStandingResponse extends LineResponse {
  @Shows('事项标识', { example: EXAMPLE_ID })
  disputeId!: string;

  @Shows('同时等待的各个环节，最急的在前', { type: DisputeWaitResponse, isArray: true })
  waits!: readonly DisputeWaitResponse[];
}

export class DisputeCopyResponse {
  @Shows('抄送标识', { example: EXAMPLE_ID })
  id!: string;

  @Shows('抄送给谁', { example: EXAMPLE_ID })
  accountId!: string;

  @Shows('姓名', { example: '陈督办' })
  name!: string;

  @Shows('抄送事由', { example: '请知悉本事项进展。' })
  reason!: string;

  @Shows('由谁抄送', { example: '赵研判' })
  copiedByName!: string;

  @Shows('抄送时间', { example: AT })
  copiedAt!: string;
}

export class DisputeCopyListResponse {
  @Shows('抄送记录', { type: DisputeCopyResponse, isArray: true })
  items!: readonly DisputeCopyResponse[];
}
