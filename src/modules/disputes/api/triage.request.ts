import { Day, Flag, OneOf, Text, Uuid } from '../../../platform/http';
import {
  COURT_PROCEDURES,
  DIFFICULT_MARKS,
  type DifficultMark,
  DISPUTE_TYPES,
  NATURES,
  RISK_LEVELS,
  ROUTES,
} from '../domain/dictionaries';

export class TriageDisputeRequest {
  @OneOf({ label: '性质', values: NATURES, example: 'civil' })
  nature!: keyof typeof NATURES;

  @OneOf({ label: '纠纷类型', values: DISPUTE_TYPES, optional: true, example: 'family.inheritance' })
  disputeType?: keyof typeof DISPUTE_TYPES;

  @OneOf({ label: '办理途径', values: ROUTES, example: 'mediation' })
  route!: keyof typeof ROUTES;

  @OneOf({
    label: '风险等级',
    values: RISK_LEVELS,
    optional: true,
    example: 'yellow',
    description: '不填为系统提示的等级',
  })
  riskLevel?: keyof typeof RISK_LEVELS;

  @Text({
    label: '风险等级理由',
    max: 500,
    optional: true,
    example: '双方情绪平稳。',
    description: '低于系统提示时必填',
  })
  riskReason?: string;

  @OneOf({
    label: '疑难复杂',
    values: DIFFICULT_MARKS,
    optional: true,
    example: 'many-people',
    description: '属于疑难复杂的选理由，计入统计表；不填的不变',
  })
  difficultGround?: DifficultMark;

  @Uuid({ label: '拟受理的调解委员会', optional: true })
  committeeId?: string;

  @Flag({
    label: '已核对疑似重复',
    optional: true,
    example: true,
    description: '有疑似重复时，逐一核对确认不是同一事项后选“是”',
  })
  isDuplicateChecked?: boolean;

  @Text({ label: '研判意见', max: 1000, multiline: true, optional: true, example: '属继承纠纷，建议社区调委会调解。' })
  opinion?: string;
}

export class AssessRiskRequest {
  @OneOf({ label: '风险等级', values: RISK_LEVELS, example: 'red' })
  riskLevel!: keyof typeof RISK_LEVELS;

  @Text({ label: '理由', max: 500, optional: true, example: '一方扬言报复。', description: '低于系统提示时必填' })
  riskReason?: string;
}

export class AcceptDisputeRequest {
  @Uuid({ label: '受理的调解委员会', optional: true, description: '不填为研判时拟定的' })
  committeeId?: string;

  @Uuid({ label: '承办人', optional: true })
  handlerAccountId?: string;

  @OneOf({
    label: '法院程序',
    values: COURT_PROCEDURES,
    optional: true,
    example: 'ordinary',
    description: '法院委托的事项必填',
  })
  courtProcedure?: keyof typeof COURT_PROCEDURES;

  @Day({ label: '签收法院材料之日', optional: true, example: '2026-09-18' })
  courtMaterialsOn?: string;

  @Text({ label: '受理意见', max: 1000, multiline: true, optional: true, example: '同意受理。' })
  opinion?: string;
}
