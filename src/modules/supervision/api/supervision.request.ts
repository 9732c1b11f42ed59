import { Day, Flag, OneOf, PageQuery, Text, Uuid } from '../../../platform/http';
import { WATCH_CLOCKS, type WatchClock } from '../domain/clocks';
import {
  OVERSIGHT_LEVELS,
  type OversightLevel,
  SUPERVISION_KINDS,
  SUPERVISION_STATES,
  type SupervisionKind,
  type SupervisionState,
} from '../domain/supervision-lifecycle';

const REASON = { label: '意见和要求', max: 500, multiline: true } as const;

export class UrgeRequest {
  @Text({ ...REASON, example: '请抓紧办理，并告知进展。' })
  reason!: string;

  @Day({ label: '答复期限', optional: true, description: '含当日', example: '2099-12-31' })
  answerDueOn?: string;
}

export class OverseeRequest {
  @OneOf({
    label: '督办级别',
    values: OVERSIGHT_LEVELS,
    optional: true,
    description: '不填为日常督办；挂牌督办由中心主任或上级领导决定',
    example: 'daily',
  })
  level?: OversightLevel;

  @Text({ ...REASON, example: '已超过期限，请说明原因，明确办结时间。' })
  reason!: string;

  @Day({ label: '答复期限', description: '含当日', example: '2099-12-31' })
  answerDueOn!: string;
}

export class InterviewRequest {
  @Text({ ...REASON, label: '约谈事由', example: '催办、督办后仍无进展，请承办负责人当面说明情况。' })
  reason!: string;

  @Day({ label: '约谈期限', description: '在这一日（含当日）前谈完并登记', example: '2099-12-31' })
  answerDueOn!: string;
}

export class InstructRequest {
  @Text({ ...REASON, label: '批示意见', example: '请值班长牵头，会同有关部门研究后报我。' })
  reason!: string;

  @Day({ label: '答复期限', optional: true, description: '含当日', example: '2099-12-31' })
  answerDueOn?: string;
}

export class TakeChargeRequest {
  @Text({ ...REASON, label: '包案说明', example: '该事项涉及人数多，由本人包案，限期化解。' })
  reason!: string;

  @Day({ label: '化解期限', optional: true, description: '含当日', example: '2099-12-31' })
  answerDueOn?: string;

  @Uuid({ label: '包案领导', optional: true, description: '不填为本人' })
  leaderAccountId?: string;
}

export class AnswerSupervisionRequest {
  @Text({ label: '答复', max: 2000, multiline: true, example: '已与当事人约定周五上午调解，预计下周一签订协议。' })
  answer!: string;
}

export class RecordInterviewRequest {
  @Text({
    label: '约谈情况',
    max: 2000,
    multiline: true,
    example: '已约谈该部门分管负责人，承诺明日上午到场并书面反馈。',
  })
  record!: string;
}

export class RecordReportRequest {
  @Text({
    label: '报送和答复情况',
    max: 2000,
    multiline: true,
    example: '已书面报区委政法委，政法委要求该部门两日内办结并说明情况。',
  })
  record!: string;
}

export class ReturnAnswerRequest {
  @Text({ label: '退回理由', max: 500, multiline: true, example: '没有说明未到场的原因，请补充。' })
  reason!: string;
}

export class EndSupervisionRequest {
  @Text({ label: '意见', max: 500, multiline: true, example: '情况属实，同意办结。' })
  opinion!: string;
}

export class SupervisionListQuery extends PageQuery {
  @OneOf({ label: '类别', values: SUPERVISION_KINDS, optional: true })
  kind?: SupervisionKind;

  @OneOf({ label: '状态', values: SUPERVISION_STATES, optional: true })
  state?: SupervisionState;

  @Flag({ label: '是否超时未答复', optional: true, inQuery: true, example: true })
  isOverdue?: boolean;

  @Flag({ label: '只看我发起的', optional: true, inQuery: true, example: false })
  isIssuedByMe?: boolean;

  @Flag({ label: '只看要我答复的', optional: true, inQuery: true, example: false })
  isForMe?: boolean;

  @Uuid({ label: '吹哨任务', optional: true })
  taskId?: string;
}

export class MorningQuery {
  @Uuid({ label: '综治中心', optional: true, description: '不填为本级及下级全部中心' })
  centerId?: string;
}

const WATCHED = { red: '已逾期', yellow: '将到期' } as const;

export class WatchListQuery extends PageQuery {
  @Uuid({ label: '综治中心', optional: true, description: '不填为本级及下级全部中心' })
  centerId?: string;

  @OneOf({ label: '时限类别', values: WATCH_CLOCKS, optional: true })
  clock?: WatchClock;

  @OneOf({ label: '灯', values: WATCHED, optional: true })
  light?: keyof typeof WATCHED;

  @Uuid({ label: '联动单位', optional: true })
  agencyId?: string;

  @Uuid({ label: '事项', optional: true })
  disputeId?: string;
}
