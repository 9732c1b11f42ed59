import { Day, Fen, Flag, Instant, ListOf, OneOf, Text, Uuid, UuidList, Whole } from '../../../platform/http';
import {
  DISPUTE_TYPES,
  NOTICE_FORMS,
  ORGAN_KINDS,
  OUTSIDE_ROUTES,
  REFUSAL_REASONS,
  REOPENING_REASONS,
  REPLY_METHODS,
  REPORT_METHODS,
  REPORT_RECIPIENTS,
  SATISFACTIONS,
  VISIT_MODES,
} from '../domain/dictionaries';

export class AmendDisputeRequest {
  @Text({ label: '事项名称', max: 100, optional: true, example: '李家六兄妹遗产纠纷' })
  title?: string;

  @OneOf({ label: '纠纷类型', values: DISPUTE_TYPES, optional: true, example: 'family.inheritance' })
  disputeType?: keyof typeof DISPUTE_TYPES;

  @Uuid({ label: '本地小类', optional: true, description: '本中心在纠纷类型下自设的，须与纠纷类型相符' })
  localTypeId?: string;

  @Text({ label: '上游编号', max: 64, optional: true, example: '12345-20261120-0001' })
  upstreamNumber?: string;

  @Text({ label: '发生地点', max: 200, optional: true, example: '新城区通道街道某小区' })
  place?: string;

  @Uuid({ label: '发生地（社区或网格）', optional: true })
  placeUnitId?: string;

  @Whole({ label: '涉及人数', min: 1, max: 1_000_000, optional: true, example: 6 })
  headcount?: number;

  @Fen({ label: '涉及金额', optional: true })
  amountFen?: number;

  @Flag({ label: '是否接受回访', optional: true, example: true })
  allowsCallBack?: boolean;

  @Text({
    label: '补充情况',
    max: 3000,
    multiline: true,
    optional: true,
    example: '补充：房产登记在长子名下。',
    description: '附在原登记内容之后，原文不改',
  })
  supplement?: string;

  @Text({ label: '申请事项', max: 2000, multiline: true, optional: true, example: '请求调解遗产分配。' })
  requests?: string;
}

const FINDINGS = { reported: '已报告', unfounded: '经核实没有激化危险' } as const;

export class ReportEscalationRequest {
  @OneOf({ label: '处理', values: FINDINGS, example: 'reported' })
  finding!: keyof typeof FINDINGS;

  @Text({ label: '情况', max: 2000, multiline: true, example: '来访人称“不想活了”，情绪激动，已由专人陪同。' })
  situation!: string;

  @OneOf({ label: '接收单位类别', values: REPORT_RECIPIENTS, optional: true, example: 'police' })
  recipientKind?: keyof typeof REPORT_RECIPIENTS;

  @Text({ label: '接收单位和接收人', max: 200, optional: true, example: '通道街派出所 王警官' })
  recipient?: string;

  @OneOf({ label: '报告方式', values: REPORT_METHODS, optional: true, example: 'phone' })
  method?: keyof typeof REPORT_METHODS;

  @Instant({ label: '报告时间', optional: true, example: '2026-09-18T09:05:00+08:00', description: '不填为现在' })
  reportedAt?: string;

  @Text({ label: '回执', max: 200, optional: true, example: '警情编号 20260918-0012' })
  receipt?: string;
}

export class NoticeItemRequest {
  @Text({ label: '材料名称', max: 100, example: '居民身份证' })
  name!: string;

  @Text({ label: '要求', max: 200, optional: true, example: '原件和复印件一份' })
  note?: string;
}

export class GiveNoticeRequest {
  @ListOf(() => NoticeItemRequest, {
    label: '所需材料',
    min: 1,
    max: 50,
    example: [{ name: '居民身份证', note: '原件和复印件一份' }],
  })
  items!: NoticeItemRequest[];

  @Text({ label: '说明', max: 1000, multiline: true, optional: true, example: '补齐后当日受理。' })
  explanation?: string;

  @OneOf({ label: '告知形式', values: NOTICE_FORMS, example: 'paper' })
  form!: keyof typeof NOTICE_FORMS;

  @Day({ label: '补正期限', example: '2026-12-01' })
  dueOn!: string;
}

export class SignNoticeRequest {
  @Text({ label: '签收人', max: 100, example: '李建国' })
  signerName!: string;
}

export class NotAcceptDisputeRequest {
  @OneOf({ label: '不予受理理由', values: REFUSAL_REASONS, example: 'already-in-hand' })
  reasonCode!: keyof typeof REFUSAL_REASONS;

  @Text({ label: '书面理由', max: 2000, multiline: true, example: '该纠纷已由新城区人民法院立案受理。' })
  reason!: string;

  @OneOf({ label: '可走的其他途径', values: OUTSIDE_ROUTES, example: 'litigation' })
  route!: keyof typeof OUTSIDE_ROUTES;

  @Text({ label: '受理机关', max: 200, optional: true, example: '新城区人民法院' })
  organ?: string;

  @OneOf({ label: '告知形式', values: NOTICE_FORMS, example: 'paper' })
  noticeForm!: keyof typeof NOTICE_FORMS;
}

export class ReferDisputeRequest {
  @OneOf({ label: '法定途径', values: OUTSIDE_ROUTES, example: 'litigation' })
  route!: keyof typeof OUTSIDE_ROUTES;

  @Text({ label: '受理机关', max: 200, example: '新城区人民法院' })
  organ!: string;

  @Text({ label: '说明', max: 2000, multiline: true, example: '已告知起诉所需材料和时效。' })
  explanation!: string;
}

export class AnswerDisputeRequest {
  @Text({
    label: '答复内容',
    max: 5000,
    multiline: true,
    example: '经网格员现场沟通，平台已要求骑手用餐高峰推车进巷。',
  })
  content!: string;

  @Text({ label: '依据', max: 500, optional: true, example: '《噪声污染防治法》第五十九条' })
  law?: string;
}

export class UndertakeDisputeRequest {
  @Uuid({ label: '承办人', optional: true, description: '不填为办理人本人' })
  handlerAccountId?: string;

  @Text({ label: '办理意见', max: 1000, multiline: true, optional: true, example: '由本网格现场处置。' })
  opinion?: string;
}

export class SendDownRequest {
  @Uuid({ label: '下级综治中心', optional: true, description: '与“街道、社区或网格”二选一' })
  toCenterId?: string;

  @Uuid({ label: '街道、社区或网格', optional: true, description: '与“下级综治中心”二选一' })
  toUnitId?: string;

  @Text({ label: '下派要求', max: 2000, multiline: true, example: '请网格员现场沟通并反馈。' })
  request!: string;
}

export class SendUpRequest {
  @Uuid({ label: '上级综治中心' })
  toCenterId!: string;

  @Text({ label: '上报理由', max: 2000, multiline: true, example: '涉及多个部门，超出本级职责。' })
  request!: string;
}

export class HandOffRequest {
  @OneOf({ label: '移送对象类别', values: ORGAN_KINDS, example: 'court' })
  organKind!: keyof typeof ORGAN_KINDS;

  @Text({ label: '移送对象', max: 200, example: '新城区人民法院' })
  organ!: string;

  @Text({ label: '移送事由和请求', max: 2000, multiline: true, example: '调解不成，当事人申请立案。' })
  request!: string;
}

export class MergeDisputeRequest {
  @Uuid({ label: '主件' })
  intoId!: string;

  @Text({ label: '并案理由', max: 1000, multiline: true, example: '同一当事人就同一事项分别来访和拨打 12345。' })
  reason!: string;
}

export class ReasonRequest {
  @Text({ label: '理由', max: 1000, multiline: true, example: '经核实，情况已变化。' })
  reason!: string;
}

export class SealDisputeRequest extends ReasonRequest {
  @UuidList({ label: '可查看人员名单', min: 1, max: 50, description: '至少一名本中心主任；封存人自动列入' })
  accountIds!: string[];
}

export class ChangeSealRequest extends ReasonRequest {
  @UuidList({ label: '增加的人员', max: 50, optional: true })
  addAccountIds?: string[];

  @UuidList({ label: '移出的人员', max: 50, optional: true })
  removeAccountIds?: string[];
}

export class ReopenDisputeRequest extends ReasonRequest {
  @OneOf({ label: '重启理由', values: REOPENING_REASONS, example: 'new-situation' })
  reasonCode!: keyof typeof REOPENING_REASONS;
}

export class FollowUpRequest {
  @OneOf({ label: '回访方式', values: VISIT_MODES, example: 'phone' })
  mode!: keyof typeof VISIT_MODES;

  @Flag({ label: '是否联系上', example: true })
  isReached!: boolean;

  @Flag({ label: '是否履行', optional: true, example: true })
  isPerformed?: boolean;

  @Flag({ label: '是否解决', optional: true, example: true })
  isSolved?: boolean;

  @OneOf({
    label: '满意程度',
    values: SATISFACTIONS,
    optional: true,
    example: 'satisfied',
    description: '照当事人原话选择，未表态不得代填',
  })
  satisfaction?: keyof typeof SATISFACTIONS;

  @Text({ label: '回访情况', max: 2000, multiline: true, example: '双方均表示已按协议履行。' })
  situation!: string;

  @Day({
    label: '再次回访日期',
    optional: true,
    description: '没有联系上、还要再看的，填下次回访的日期',
    example: '2026-10-20',
  })
  nextOn?: string;
}

export class CallBackRequest extends FollowUpRequest {
  @Flag({
    label: '是否否认有此纠纷或调解',
    optional: true,
    description: '当事人表示没有这件纠纷，或者没有人来调解过的，选“是”，并在回访情况中写明原话',
    example: false,
  })
  deniesDispute?: boolean;
}

export class ReplyUpstreamRequest {
  @OneOf({ label: '回复方式', values: REPLY_METHODS, example: 'platform' })
  method!: keyof typeof REPLY_METHODS;

  @Text({ label: '回复内容', max: 2000, multiline: true, example: '经核实处理，问题已经解决，反映人表示认可。' })
  content!: string;
}

export class RepeatDisputeRequest {
  @Uuid({ label: '原事项', description: '本中心三十日内办结的同一件事' })
  intoId!: string;

  @Text({ label: '说明', max: 1000, multiline: true, example: '同一反映人就同一噪声再次来电，反映没有解决。' })
  reason!: string;
}

export class ArchiveDisputeRequest {
  @Text({ label: '归档意见', max: 1000, multiline: true, optional: true, example: '材料齐全，准予归档。' })
  opinion?: string;
}

export class RulingRequest extends ReasonRequest {
  @Flag({ label: '异议是否成立', example: false })
  isUpheld!: boolean;
}

export class ResultRequest {
  @Text({ label: '办理结果', max: 3000, multiline: true, example: '已现场沟通，平台加强管理。' })
  result!: string;
}

export class OrganReceiptRequest {
  @Text({ label: '回执编号', max: 100, example: '（2026）内0102民收号' })
  receiptNumber!: string;
}
