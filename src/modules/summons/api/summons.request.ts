import { type Light, LIGHTS } from '../../../kernel';
import {
  Flag,
  Instant,
  ListOf,
  OneOf,
  OneOfList,
  PageQuery,
  Text,
  TextList,
  Uuid,
  UuidList,
  Whole,
} from '../../../platform/http';
import { DISPUTE_TYPES, type DisputeType } from '../../disputes';
import { AGENCY_TABS, type AgencyTab, CENTER_TABS, type CenterTab } from '../domain/desks';
import {
  APPEAL_GROUNDS,
  type AppealGround,
  CONTACT_METHODS,
  type ContactMethod,
  DUE_KINDS,
  type DueKind,
  DUTY_ROLES,
  type DutyRole,
  EXCUSABLE_PARTS,
  type ExcusablePart,
  FEEDBACK_RESULTS,
  type FeedbackResult,
  OBJECTION_GROUNDS,
  type ObjectionGround,
  type Rank,
  RANKS,
  type Satisfaction,
  SATISFACTIONS,
  SUMMONS_GROUNDS,
  SUMMONS_KINDS,
  SUMMONS_LEVELS,
  type SummonsGround,
  type SummonsKind,
  type SummonsLevel,
  TASK_ROLES,
  type TaskRole,
} from '../domain/dictionaries';
import { SUMMONS_STATES, type SummonsState } from '../domain/summons-lifecycle';
import { TASK_STATES, type TaskState } from '../domain/task-lifecycle';

export class SummonedAgencyRequest {
  @Uuid({ label: '部门' })
  agencyId!: string;

  @OneOf({ label: '在本哨中的位置', values: TASK_ROLES, example: 'lead' })
  role!: TaskRole;
}

export class ProposeSummonsRequest {
  @OneOf({ label: '吹哨类别', values: SUMMONS_KINDS, example: 'progress' })
  kind!: SummonsKind;

  @OneOf({ label: '级别', values: SUMMONS_LEVELS, example: 'regular' })
  level!: SummonsLevel;

  @OneOf({ label: '吹哨事由', values: SUMMONS_GROUNDS, example: 'livelihood' })
  ground!: SummonsGround;

  @Text({
    label: '情况说明',
    max: 2000,
    multiline: true,
    description: '部门可见；不写当事人的身份证号、电话和银行卡号',
    example: '某小区征收补偿争议，当事人对面积认定有不同意见，需要征收部门到场说明并核对档案。',
  })
  brief!: string;

  @TextList({
    label: '请求事项',
    min: 1,
    max: 10,
    maxEach: 500,
    description: '逐项列明，部门反馈时逐项答复',
    example: ['核对该户征收档案中的面积认定依据', '到场向当事人说明补偿标准'],
  })
  asks!: string[];

  @Text({ label: '到场地点', max: 200, optional: true, example: '新城区综治中心二号调解室' })
  place?: string;

  @Instant({ label: '约定到场时间', optional: true, example: '2099-10-09T09:30:00+08:00' })
  meetAt?: string;

  @Flag({ label: '是否要求到场', example: true })
  attendanceRequired!: boolean;

  @ListOf(() => SummonedAgencyRequest, {
    label: '部门',
    min: 1,
    max: 30,
    description: '主办有且只有一家',
    example: [{ agencyId: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718', role: 'lead' }],
  })
  agencies!: SummonedAgencyRequest[];

  @UuidList({ label: '可供部门查阅的材料', max: 50, optional: true })
  attachmentIds?: string[];
}

export class WithdrawSummonsRequest {
  @Text({
    label: '撤哨理由',
    max: 500,
    multiline: true,
    optional: true,
    description: '部门签收后撤哨必填',
    example: '双方当事人已自行和解，无需部门到场。',
  })
  reason?: string;
}

export class RecordContactRequest {
  @OneOf({ label: '联系方式', values: CONTACT_METHODS, example: 'phone' })
  method!: ContactMethod;

  @Text({ label: '联系情况', max: 1000, multiline: true, example: '已与中心经办人通话，约定九日上午到场。' })
  note!: string;
}

export class ObjectToSummonsRequest {
  @OneOf({ label: '异议事由', values: OBJECTION_GROUNDS, example: 'not-competent' })
  ground!: ObjectionGround;

  @Text({
    label: '异议理由和依据',
    max: 2000,
    multiline: true,
    example: '面积认定由征收部门负责，本单位无此项职责，见三定方案第四条。',
  })
  reason!: string;
}

export class UpholdObjectionRequest {
  @Text({ label: '裁定理由', max: 1000, multiline: true, example: '经核对权责清单，该事项确不属该部门职责。' })
  reason!: string;

  @Uuid({ label: '接替的部门', optional: true, description: '主办部门异议成立而其他部门仍在办理的，必填' })
  replacementAgencyId?: string;
}

export class OverruleObjectionRequest {
  @Text({ label: '裁定理由', max: 1000, multiline: true, example: '权责清单第十二项明确由该部门牵头，指定承办。' })
  reason!: string;
}

export class SignInRequest {
  @Text({ label: '签到码', max: 40, description: '现场屏幕上的二维码或其下的十二位字符', example: '7K9M2PQ4RS5T' })
  code!: string;

  @Text({ label: '到场人姓名', max: 50, example: '高志远' })
  personName!: string;

  @OneOf({ label: '到场人职级', values: RANKS, example: 'section-head' })
  rank!: Rank;
}

export class AskAnswerRequest {
  @Whole({ label: '请求事项序号', min: 1, max: 10, example: 1 })
  ask!: number;

  @Text({ label: '答复', max: 3000, multiline: true, example: '已调取档案，面积以二〇一九年测绘成果为准。' })
  answer!: string;
}

export class FeedBackRequest {
  @OneOf({ label: '办理结果', values: FEEDBACK_RESULTS, example: 'resolved' })
  result!: FeedbackResult;

  @Text({
    label: '依据',
    max: 1000,
    multiline: true,
    example: '《国有土地上房屋征收与补偿条例》第十五条、第十九条。',
  })
  ground!: string;

  @ListOf(() => AskAnswerRequest, {
    label: '逐项答复',
    min: 1,
    max: 10,
    description: '吹哨单上的每一项请求各答复一条',
    example: [{ ask: 1, answer: '已调取档案，面积以二〇一九年测绘成果为准。' }],
  })
  answers!: AskAnswerRequest[];

  @UuidList({ label: '附件', max: 20, optional: true, description: '已在本任务下上传的材料', example: [] })
  attachmentIds?: string[];
}

export class ConfirmFeedbackRequest {
  @Text({ label: '意见', max: 1000, multiline: true, optional: true, example: '反馈属实，当事人认可。' })
  opinion?: string;
}

export class ReturnFeedbackRequest {
  @Text({ label: '退回理由', max: 1000, multiline: true, example: '第二项未说明补偿标准的计算过程，请补充。' })
  reason!: string;
}

export class RateResponseRequest {
  @Whole({ label: '实效得分', min: 0, max: 100, example: 90, description: '签收、到场、反馈是否及时由系统按时限计算' })
  effect!: number;

  @Text({ label: '评语', max: 500, multiline: true, optional: true, example: '到场及时，答复清楚。' })
  remark?: string;
}

export class RateByPartyRequest {
  @OneOf({ label: '当事人评价', values: SATISFACTIONS, example: 'satisfied' })
  satisfaction!: Satisfaction;
}

export class AppealRequest {
  @OneOf({ label: '申诉事由', values: APPEAL_GROUNDS, example: 'not-to-blame' })
  ground!: AppealGround;

  @Text({
    label: '事实和理由',
    max: 2000,
    multiline: true,
    example: '当日办公系统中断，恢复后即签收，有信息部门记录。',
  })
  reason!: string;
}

export class GrantAppealRequest {
  @Text({ label: '答复理由', max: 1000, multiline: true, example: '经核对，系统中断属实，签收不计逾期。' })
  reason!: string;

  @Whole({
    label: '改定的实效得分',
    min: 0,
    max: 100,
    optional: true,
    example: 90,
    description: '不改定的不填；与不计入得分的评分项至少填一项',
  })
  effect?: number;

  @OneOfList({ label: '不计入得分的评分项', values: EXCUSABLE_PARTS, optional: true, example: ['sign'] })
  excused?: ExcusablePart[];
}

export class DismissAppealRequest {
  @Text({ label: '答复理由', max: 1000, multiline: true, example: '签收记录与时限计算一致，维持原评价。' })
  reason!: string;
}

export class SummonsListQuery extends PageQuery {
  @Uuid({ label: '综治中心' })
  centerId!: string;

  @OneOf({ label: '状态', values: SUMMONS_STATES, optional: true, example: 'issued' })
  state?: SummonsState;

  @OneOf({ label: '分栏', values: CENTER_TABS, optional: true, example: 'late' })
  tab?: CenterTab;

  @Flag({ label: '只看有逾期的', inQuery: true, optional: true, example: true })
  isLate?: boolean;

  @Uuid({ label: '部门', optional: true })
  agencyId?: string;

  @Text({ label: '编号', max: 40, optional: true, description: '吹哨单编号或事项登记编号的任一段', example: '3号' })
  number?: string;
}

export class SummonsCountsQuery {
  @Uuid({ label: '综治中心' })
  centerId!: string;
}

export class TaskListQuery extends PageQuery {
  @Flag({ label: '只看未办完的', inQuery: true, optional: true, example: true })
  isOpen?: boolean;

  @OneOf({ label: '分栏', values: AGENCY_TABS, optional: true, example: 'todo' })
  tab?: AgencyTab;

  @OneOf({ label: '状态', values: TASK_STATES, optional: true, example: 'issued' })
  state?: TaskState;

  @OneOf({ label: '灯', values: LIGHTS, optional: true, example: 'red' })
  light?: Light;

  @OneOf({ label: '最先到期的时限', values: DUE_KINDS, optional: true, example: 'sign' })
  due?: DueKind;
}

export class CodeQuery {
  @Text({ label: '签到码', max: 40, description: '现场屏幕上的二维码或其下的十二位字符', example: '7K9M2PQ4RS5T' })
  code!: string;
}

export class AddDutyRequest {
  @Uuid({ label: '部门' })
  agencyId!: string;

  @OneOf({
    label: '纠纷类型',
    values: DISPUTE_TYPES,
    example: 'expropriation',
    description: '选一级类型的，其下各类都适用',
  })
  disputeType!: DisputeType;

  @OneOf({ label: '位置', values: DUTY_ROLES, example: 'lead' })
  role!: DutyRole;

  @Text({ label: '职责', max: 500, multiline: true, example: '房屋征收补偿标准的解释和征收档案核对' })
  duty!: string;

  @Text({ label: '依据', max: 300, optional: true, example: '部门权责清单第十二项' })
  basis?: string;
}

export class ReviseDutyRequest {
  @OneOf({ label: '纠纷类型', values: DISPUTE_TYPES, optional: true, example: 'expropriation' })
  disputeType?: DisputeType;

  @OneOf({ label: '位置', values: DUTY_ROLES, optional: true, example: 'assist' })
  role?: DutyRole;

  @Text({ label: '职责', max: 500, multiline: true, optional: true, example: '房屋征收补偿标准的解释和征收档案核对' })
  duty?: string;

  @Text({ label: '依据', max: 300, optional: true, example: '部门权责清单第十二项' })
  basis?: string;
}

export class DutyListQuery extends PageQuery {
  @Uuid({ label: '综治中心', optional: true })
  centerId?: string;

  @Uuid({ label: '部门', optional: true })
  agencyId?: string;

  @OneOf({ label: '纠纷类型', values: DISPUTE_TYPES, optional: true, example: 'expropriation' })
  disputeType?: DisputeType;
}
