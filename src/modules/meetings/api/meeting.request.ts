import { Day, Instant, ListOf, OneOf, PageQuery, Text, TextList, Uuid, UuidList } from '../../../platform/http';
import {
  type Decision,
  DECISION_RULES,
  type DecisionRule,
  DECISIONS,
  type Rank,
  RANKS,
  UNIT_ROLES,
  type UnitRole,
  type Vote,
  VOTES,
} from '../domain/dictionaries';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

export class InvitedUnitRequest {
  @Uuid({ label: '联动单位', optional: true, description: '不是联动单位的不选，在下面写明名称' })
  agencyId?: string;

  @Text({ label: '单位名称', max: 100, optional: true, example: '新玉小区业主委员会' })
  name?: string;

  @OneOf({ label: '分工', values: UNIT_ROLES, description: '列席的只发表意见，不参加表决', example: 'assist' })
  role!: UnitRole;

  @Text({ label: '参会人员', max: 50, optional: true, example: '高志远' })
  personName?: string;
}

export class CallMeetingRequest {
  @Text({
    label: '会商事项',
    max: 1000,
    multiline: true,
    description: '各参会单位可见；不写当事人的身份证号、电话和银行卡号',
    example: '新玉小区三至七号楼长期水压不足，研究泵房移交和临时供水。',
  })
  topic!: string;

  @Text({ label: '会商地点', max: 200, example: '新城区综治中心二号会议室' })
  place!: string;

  @Instant({ label: '会商时间', example: '2099-10-09T09:30:00+08:00' })
  meetAt!: string;

  @OneOf({ label: '议决办法', values: DECISION_RULES, example: 'majority' })
  rule!: DecisionRule;

  @Uuid({ label: '主持人', optional: true, description: '不选的由本人主持' })
  chairAccountId?: string;

  @Text({ label: '记录人', max: 50, optional: true, example: '王敏' })
  recorderName?: string;

  @TextList({ label: '议程', min: 1, max: 10, maxEach: 300, example: ['泵房由谁接管', '移交前如何临时供水'] })
  items!: string[];

  @ListOf(() => InvitedUnitRequest, {
    label: '参会单位',
    min: 1,
    max: 30,
    description: '主办最多一家',
    example: [{ agencyId: ID, role: 'lead' }],
  })
  units!: InvitedUnitRequest[];

  @UuidList({ label: '一并会商的其他事项', max: 10, optional: true })
  otherDisputeIds?: string[];
}

export class RescheduleMeetingRequest {
  @Instant({ label: '会商时间', example: '2099-10-10T09:30:00+08:00' })
  meetAt!: string;

  @Text({ label: '会商地点', max: 200, example: '新城区综治中心二号会议室' })
  place!: string;

  @Text({ label: '改期原因', max: 300, example: '主办单位负责人出差。' })
  reason!: string;
}

export class CancelMeetingRequest {
  @Text({ label: '取消原因', max: 300, example: '问题已经解决，不需要会商。' })
  reason!: string;
}

export class EnterArrivalRequest {
  @Uuid({ label: '参会单位' })
  meetingUnitId!: string;

  @Text({ label: '到会人员', max: 50, example: '高志远' })
  personName!: string;

  @OneOf({ label: '职级', values: RANKS, example: 'section-head' })
  rank!: Rank;
}

export class ArriveRequest {
  @Text({ label: '签到码', max: 20, description: '会场屏幕上的十二位字符', example: '7K3MQ2PX9TRB' })
  code!: string;

  @Text({ label: '到会人员', max: 50, example: '高志远' })
  personName!: string;

  @OneOf({ label: '职级', values: RANKS, example: 'section-head' })
  rank!: Rank;
}

export class RecordVoiceRequest {
  @Uuid({ label: '议题' })
  meetingItemId!: string;

  @Uuid({ label: '参会单位' })
  meetingUnitId!: string;

  @OneOf({ label: '表态', values: VOTES, optional: true, description: '列席单位不表态', example: 'for' })
  vote?: Vote;

  @Text({ label: '意见', max: 1000, multiline: true, optional: true, example: '同意接管，一月底前完成移交。' })
  words?: string;
}

export class DecideItemRequest {
  @Uuid({ label: '议题' })
  meetingItemId!: string;

  @OneOf({ label: '议定结果', values: DECISIONS, example: 'adopted' })
  decision!: Decision;

  @Text({ label: '议定内容', max: 1000, multiline: true, example: '泵房由住建局协调，一月底前移交供水企业。' })
  words!: string;
}

export class AssignTaskRequest {
  @Uuid({ label: '责任单位' })
  meetingUnitId!: string;

  @Text({ label: '责任人', max: 50, example: '高志远' })
  personName!: string;

  @Text({ label: '任务', max: 500, multiline: true, example: '办理泵房移交手续。' })
  what!: string;

  @Day({ label: '完成期限', description: '含当日', example: '2099-10-20' })
  dueOn!: string;
}

export class ConfirmMinutesRequest {
  @Text({
    label: '会议议定事项',
    max: 2000,
    multiline: true,
    description: '发给各参会单位；不写当事人的联系方式和单独听取的内容',
    example: '由住建局牵头，一月底前完成泵房移交；移交前由供水企业每日两次临时供水。',
  })
  conclusion!: string;
}

export class ReserveRequest {
  @Text({ label: '保留意见', max: 1000, multiline: true, example: '移交所需费用的分担，本单位另行书面说明。' })
  reservation!: string;
}

export class AnswerTaskRequest {
  @Text({ label: '完成情况', max: 2000, multiline: true, example: '泵房已移交，移交清单见附件。' })
  answer!: string;
}

export class AcceptTaskRequest {
  @Text({ label: '核对意见', max: 500, multiline: true, example: '经核对，任务已完成。' })
  opinion!: string;
}

export class TaskReasonRequest {
  @Text({ label: '理由', max: 500, multiline: true, example: '没有附移交清单，请补充后再报。' })
  reason!: string;
}

export class OwnMeetingsQuery extends PageQuery {}
