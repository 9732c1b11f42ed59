import { Shows } from '../../../platform/http';
import {
  CONFIRMATION_MODES,
  ENDING_CODES,
  NOTICE_FORMS,
  OUTCOMES,
  OUTSIDE_ROUTES,
  PAUSE_GROUNDS,
  REFUSAL_REASONS,
  REOPENING_REASONS,
  REPLY_METHODS,
  RISK_LEVELS,
  SATISFACTIONS,
  VISIT_MODES,
  WITHDRAWAL_CODES,
} from '../domain/dictionaries';
import { MEDIATION_STATES } from '../domain/mediation-lifecycle';
import { TRANSFER_STATES } from '../domain/transfer-lifecycle';
import { EXAMPLE_ID } from './matter-standing.response';

const AT = '2026-11-20T01:30:00.000Z';

export class StepUpResponse {
  @Shows('事项标识', { example: EXAMPLE_ID })
  id!: string;

  @Shows('可查看至', { example: AT })
  endsAt!: string;
}

export class NoticeItemResponse {
  @Shows('材料名称', { example: '居民身份证' })
  name!: string;

  @Shows('要求', { optional: true, example: '原件和复印件一份' })
  note?: string;
}

export class NoticeResponse {
  @Shows('告知单标识', { example: EXAMPLE_ID })
  id!: string;

  @Shows('事项标识', { example: EXAMPLE_ID })
  disputeId!: string;

  @Shows('第几张', { example: 1 })
  ordinal!: number;

  @Shows('类别', { values: { supplement: '补正告知', 'not-accepted': '不予受理告知' }, example: 'supplement' })
  kind!: 'supplement' | 'not-accepted';

  @Shows('所需材料', { type: NoticeItemResponse, isArray: true })
  items!: readonly NoticeItemResponse[];

  @Shows('说明或理由', { type: String, nullable: true, example: null })
  explanation!: string | null;

  @Shows('形式', { enum: Object.keys(NOTICE_FORMS), example: 'paper' })
  form!: 'paper' | 'sms';

  @Shows('补正期限', { type: String, nullable: true, example: '2026-12-01' })
  dueOn!: string | null;

  @Shows('告知时间', { example: AT })
  givenAt!: string;

  @Shows('签收人', { type: String, nullable: true, example: '李建国' })
  signerName!: string | null;

  @Shows('签收时间', { type: String, nullable: true, example: AT })
  signedAt!: string | null;

  @Shows('补齐时间', { type: String, nullable: true, example: null })
  supplementedAt!: string | null;

  @Shows('版本号', { example: 1 })
  version!: number;
}

export class NoticeOfMatterResponse extends NoticeResponse {
  @Shows('告知人', { example: '王敏' })
  givenByName!: string;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['disputes.sign-notice'] })
  allowedActs!: string[];
}

export class RiskAssessmentResponse {
  @Shows('等级', { enum: Object.keys(RISK_LEVELS), example: 'yellow' })
  level!: string;

  @Shows('原等级', { type: String, nullable: true, enum: Object.keys(RISK_LEVELS), example: null })
  previousLevel!: string | null;

  @Shows('系统提示', { enum: Object.keys(RISK_LEVELS), example: 'yellow' })
  suggestedLevel!: string;

  @Shows('提示依据', { type: String, isArray: true, example: ['涉及 6 人'] })
  factors!: string[];

  @Shows('理由', { type: String, nullable: true, example: null })
  reason!: string | null;

  @Shows('评估时间', { example: AT })
  assessedAt!: string;

  @Shows('评估人', { example: '王敏' })
  assessedByName!: string;
}

export class EscalationReportResponse {
  @Shows('标识', { example: EXAMPLE_ID })
  id!: string;

  @Shows('处理', { enum: ['reported', 'unfounded'], example: 'reported' })
  finding!: string;

  @Shows('情况', { example: '已由专人陪同。' })
  situation!: string;

  @Shows('接收单位和接收人', { type: String, nullable: true, example: '通道街派出所 王警官' })
  recipient!: string | null;

  @Shows('回执', { type: String, nullable: true, example: '警情编号 20260918-0012' })
  receipt!: string | null;

  @Shows('报告时间', { type: String, nullable: true, example: AT })
  reportedAt!: string | null;

  @Shows('登记时间', { example: AT })
  madeAt!: string;

  @Shows('登记人', { example: '王敏' })
  madeByName!: string;
}

export class DecisionResponse {
  @Shows('类别', { values: { answer: '答复', refer: '引导', 'not-accept': '不予受理' }, example: 'refer' })
  kind!: string;

  @Shows('不予受理理由', { type: String, nullable: true, enum: Object.keys(REFUSAL_REASONS), example: null })
  reasonCode!: string | null;

  @Shows('内容', { example: '已告知起诉所需材料和时效。' })
  content!: string;

  @Shows('途径', { type: String, nullable: true, enum: Object.keys(OUTSIDE_ROUTES), example: 'litigation' })
  route!: string | null;

  @Shows('机关', { type: String, nullable: true, example: '新城区人民法院' })
  organ!: string | null;

  @Shows('依据', { type: String, nullable: true, example: '《人民调解法》第三条' })
  law!: string | null;

  @Shows('时间', { example: AT })
  decidedAt!: string;

  @Shows('决定人', { example: '王敏' })
  decidedByName!: string;
}

export class TransferResponse {
  @Shows('流转单标识', { example: EXAMPLE_ID })
  id!: string;

  @Shows('类别', { values: { 'send-down': '下派', 'send-up': '上报', 'hand-off': '移送' }, example: 'send-down' })
  kind!: string;

  @Shows('状态', { enum: Object.keys(TRANSFER_STATES), example: 'signed' })
  state!: string;

  @Shows('状态名称', { example: '已签收' })
  stateName!: string;

  @Shows('接收单位', { type: String, nullable: true, example: '光明社区第三网格' })
  toName!: string | null;

  @Shows('事由和请求', { example: '请网格员现场沟通并反馈。' })
  request!: string;

  @Shows('发出时间', { example: AT })
  sentAt!: string;

  @Shows('发出人', { example: '王敏' })
  sentByName!: string;

  @Shows('签收时间', { type: String, nullable: true, example: AT })
  signedAt!: string | null;

  @Shows('签收人', { type: String, nullable: true, example: '王敏' })
  signedByName!: string | null;

  @Shows('回执编号', { type: String, nullable: true, example: null })
  receiptNumber!: string | null;

  @Shows('异议', { type: String, nullable: true, example: null })
  objection!: string | null;

  @Shows('裁定', { type: String, nullable: true, example: null })
  ruling!: string | null;

  @Shows('结果', { type: String, nullable: true, example: null })
  result!: string | null;

  @Shows('退回或撤回理由', { type: String, nullable: true, example: null })
  endedReason!: string | null;

  @Shows('版本号', { example: 2 })
  version!: number;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['transfers.sign'] })
  allowedActs!: string[];
}

export class ClosingResponse {
  @Shows('卷次', { example: 1 })
  volume!: number;

  @Shows('办结结果', { enum: Object.keys(OUTCOMES), example: 'agreement' })
  outcome!: string;

  @Shows('办结说明', { example: '六方达成协议。' })
  summary!: string;

  @Shows('办结时间', { example: AT })
  closedAt!: string;

  @Shows('审核人', { example: '王敏' })
  reviewedByName!: string;

  @Shows('当事人怎样确认', {
    type: String,
    nullable: true,
    enum: [...Object.keys(CONFIRMATION_MODES), 'portal'],
    example: 'phone',
  })
  confirmedBy!: string | null;

  @Shows('当事人的原话', { type: String, nullable: true, example: '噪声没有了，可以。' })
  partyWords!: string | null;

  @Shows('未经当事人确认的理由', { type: String, nullable: true, example: null })
  unconfirmedReason!: string | null;
}

export class ReopeningResponse {
  @Shows('新卷次', { example: 2 })
  volume!: number;

  @Shows('重启理由', { enum: Object.keys(REOPENING_REASONS), example: 'breach' })
  reasonCode!: string;

  @Shows('说明', { example: '一方未按期付款。' })
  reason!: string;

  @Shows('原办结结果', { enum: Object.keys(OUTCOMES), example: 'agreement' })
  previousOutcome!: string;

  @Shows('重启时间', { example: AT })
  reopenedAt!: string;

  @Shows('决定人', { example: '王敏' })
  reopenedByName!: string;
}

export class FollowUpResponse {
  @Shows('方式', { enum: Object.keys(VISIT_MODES), example: 'phone' })
  mode!: string;

  @Shows('是否联系上', { example: true })
  isReached!: boolean;

  @Shows('是否履行', { type: Boolean, nullable: true, example: true })
  isPerformed!: boolean | null;

  @Shows('是否解决', { type: Boolean, nullable: true, example: true })
  isSolved!: boolean | null;

  @Shows('满意程度', { type: String, nullable: true, enum: Object.keys(SATISFACTIONS), example: 'satisfied' })
  satisfaction!: string | null;

  @Shows('回访情况', { example: '双方均表示已按协议履行。' })
  situation!: string;

  @Shows('回访时间', { example: AT })
  visitedAt!: string;

  @Shows('回访人', { example: '王敏' })
  visitedByName!: string;

  @Shows('是否表示没有发生这件纠纷，或者没有人来调解；没有问的为空', { type: Boolean, nullable: true, example: null })
  deniesDispute!: boolean | null;

  @Shows('是否抽查（由没有办理、也没有回访过的人进行）', { example: false })
  isCallBack!: boolean;

  @Shows('再次回访日期', { type: String, nullable: true, example: '2026-10-20' })
  nextOn!: string | null;
}

export class UpstreamReplyResponse {
  @Shows('上游编号', { example: '12345-20260918-0098' })
  upstreamNumber!: string;

  @Shows('回复内容', { example: '问题已经解决，反映人表示认可。' })
  content!: string;

  @Shows('回复方式', { values: REPLY_METHODS, example: 'platform' })
  method!: string;

  @Shows('回复时间', { example: AT })
  repliedAt!: string;

  @Shows('回复人', { example: '王敏' })
  repliedByName!: string;
}

export class CourseResponse {
  @Shows('对上游的回复', { type: UpstreamReplyResponse, isArray: true })
  upstreamReplies!: UpstreamReplyResponse[];

  @Shows('风险评估', { type: RiskAssessmentResponse, isArray: true })
  riskAssessments!: RiskAssessmentResponse[];

  @Shows('激化报告', { type: EscalationReportResponse, isArray: true })
  escalationReports!: EscalationReportResponse[];

  @Shows('答复、引导、不予受理', { type: DecisionResponse, isArray: true })
  decisions!: DecisionResponse[];

  @Shows('流转', { type: TransferResponse, isArray: true })
  transfers!: TransferResponse[];

  @Shows('一次性告知单', { type: NoticeOfMatterResponse, isArray: true })
  notices!: NoticeOfMatterResponse[];

  @Shows('办结', { type: ClosingResponse, isArray: true })
  closings!: ClosingResponse[];

  @Shows('重启', { type: ReopeningResponse, isArray: true })
  reopenings!: ReopeningResponse[];

  @Shows('回访', { type: FollowUpResponse, isArray: true })
  followUps!: FollowUpResponse[];
}

export class PeriodResponse {
  @Shows('卷次', { example: 1 })
  volume!: number;

  @Shows('期限规则', {
    values: {
      people: '人民调解',
      'court-entrusted': '法院委派（诉前）',
      'court-ordinary': '法院委托（普通程序）',
      'court-summary': '法院委托（简易程序）',
      labor: '劳动争议调解',
    },
    example: 'people',
  })
  rule!: string;

  @Shows('依据', { example: '《人民调解工作若干规定》第三十三条' })
  article!: string;

  @Shows('起算事由之日（不计入）', { example: '2026-11-20' })
  startOn!: string;

  @Shows('原定期限，统计以此为准', { example: '2026-12-21' })
  originalDueOn!: string;

  @Shows('现期限；中止中为空', { type: String, nullable: true, example: '2026-12-31' })
  currentDueOn!: string | null;

  @Shows('是否暂定：缺少某年放假安排', { example: false })
  isProvisional!: boolean;

  @Shows('期限如何推算', { type: String, isArray: true, example: ['截止时间为2026年12月21日24时。'] })
  explanation!: string[];

  @Shows('停止计算的时间', { type: String, nullable: true, example: null })
  endedAt!: string | null;

  @Shows('是否超期', { example: false })
  isOverdue!: boolean;
}

export class ExtensionResponse {
  @Shows('第几次', { example: 1 })
  ordinal!: number;

  @Shows('延长至', { example: '2026-12-31' })
  untilOn!: string;

  @Shows('延长前的期限', { example: '2026-12-21' })
  previousDueOn!: string;

  @Shows('理由', { example: '被申请人下月返回。' })
  reason!: string;

  @Shows('同意之日', { example: '2026-12-18' })
  consentedOn!: string;

  @Shows('同意的当事人', { type: String, isArray: true, example: [EXAMPLE_ID] })
  consentedPartyIds!: string[];
}

export class PauseResponse {
  @Shows('中止原因', { enum: Object.keys(PAUSE_GROUNDS), example: 'appraisal' })
  ground!: string;

  @Shows('说明', { example: '委托评估房屋价值。' })
  reason!: string;

  @Shows('预计恢复日期', { type: String, nullable: true, example: null })
  expectedUntil!: string | null;

  @Shows('中止时间', { example: AT })
  pausedAt!: string;

  @Shows('恢复时间', { type: String, nullable: true, example: null })
  resumedAt!: string | null;
}

export class EndingResponse {
  @Shows('卷次', { example: 1 })
  volume!: number;

  @Shows('结束状态', {
    values: { terminated: '调解终止', refused: '不愿调解', unreachable: '无法联系', withdrawn: '撤回' },
    example: 'terminated',
  })
  endState!: string;

  @Shows('原因', { values: { ...ENDING_CODES, ...WITHDRAWAL_CODES }, example: 'irreconcilable' })
  code!: string;

  @Shows('说明', { example: '分歧较大。' })
  explanation!: string;

  @Shows('是否在受理之后', { example: true })
  afterAcceptance!: boolean;

  @Shows('结束时间', { example: AT })
  endedAt!: string;

  @Shows('已告知的其他途径', {
    type: String,
    isArray: true,
    nullable: true,
    enum: Object.keys(OUTSIDE_ROUTES),
    example: ['litigation'],
  })
  routesTold!: string[] | null;

  @Shows('告知方式', { type: String, nullable: true, example: '当面告知' })
  toldHow!: string | null;

  @Shows('告知时间', { type: String, nullable: true, example: AT })
  toldAt!: string | null;
}

export class MediationResponse {
  @Shows('调解状态', { type: String, nullable: true, enum: Object.keys(MEDIATION_STATES), example: 'in-mediation' })
  mediationState!: string | null;

  @Shows('调解状态名称', { type: String, nullable: true, example: '调解中' })
  mediationStateName!: string | null;

  @Shows('调解期限', { type: PeriodResponse, isArray: true })
  periods!: PeriodResponse[];

  @Shows('延长', { type: ExtensionResponse, isArray: true })
  extensions!: ExtensionResponse[];

  @Shows('中止', { type: PauseResponse, isArray: true })
  pauses!: PauseResponse[];

  @Shows('未达成协议的结束', { type: EndingResponse, isArray: true })
  endings!: EndingResponse[];
}
