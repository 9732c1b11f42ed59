import { Day, Flag, OneOf, PageQuery, Text, Uuid } from '../../../platform/http';
import { CHANNELS, DISPUTE_TYPES, NATURES, NOTICE_KINDS, RISK_LEVELS } from '../domain/dictionaries';
import { MATTER_STATES } from '../domain/matter-lifecycle';
import { MEDIATION_STATES } from '../domain/mediation-lifecycle';

export class ListDisputesQueryRequest extends PageQuery {
  @Uuid({ label: '登记中心', optional: true })
  centerId?: string;

  @OneOf({ label: '状态', values: MATTER_STATES, optional: true })
  state?: keyof typeof MATTER_STATES;

  @OneOf({ label: '调解状态', values: MEDIATION_STATES, optional: true })
  mediationState?: keyof typeof MEDIATION_STATES;

  @Uuid({ label: '承办人', optional: true })
  handlerAccountId?: string;

  @Uuid({ label: '调解委员会', optional: true })
  committeeId?: string;

  @OneOf({ label: '来源渠道', values: CHANNELS, optional: true })
  channel?: keyof typeof CHANNELS;

  @OneOf({ label: '纠纷类型', values: DISPUTE_TYPES, optional: true, description: '一级类型包含其下各类' })
  disputeType?: keyof typeof DISPUTE_TYPES;

  @OneOf({ label: '风险等级', values: RISK_LEVELS, optional: true })
  riskLevel?: keyof typeof RISK_LEVELS;

  @Day({ label: '登记日期起', optional: true })
  registeredFrom?: string;

  @Day({ label: '登记日期止', optional: true, description: '含当日' })
  registeredTo?: string;

  @Text({ label: '编号或名称片段', max: 50, optional: true, example: '遗产' })
  text?: string;
}

export class FindDuplicatesQueryRequest {
  @Uuid({ label: '综治中心' })
  centerId!: string;

  @Uuid({ label: '已登记的事项', optional: true, description: '填写后按该事项全部内容查重，其余条件不再使用' })
  disputeId?: string;

  @OneOf({ label: '来源渠道', values: CHANNELS, optional: true, example: 'hotline' })
  channel?: keyof typeof CHANNELS;

  @Text({ label: '上游编号', max: 64, optional: true, example: '12345-20261120-0001' })
  upstreamNumber?: string;

  @Uuid({ label: '发生地（社区或网格）', optional: true })
  placeUnitId?: string;

  @Text({ label: '发生地点', max: 200, optional: true, example: '通道街某巷' })
  place?: string;

  @Text({ label: '事项名称', max: 100, optional: true, example: '巷内外卖噪声' })
  title?: string;
}

export class RouteAdviceQueryRequest {
  @OneOf({ label: '性质', values: NATURES, optional: true, example: 'civil', description: '不填为研判结果' })
  nature?: keyof typeof NATURES;

  @OneOf({ label: '纠纷类型', values: DISPUTE_TYPES, optional: true, example: 'family.inheritance' })
  disputeType?: keyof typeof DISPUTE_TYPES;
}

export class ListNoticesQueryRequest extends PageQuery {
  @OneOf({ label: '告知单类别', values: NOTICE_KINDS, optional: true })
  kind?: keyof typeof NOTICE_KINDS;

  @Day({ label: '告知日期起', optional: true })
  givenFrom?: string;

  @Day({ label: '告知日期止', optional: true, description: '含当日' })
  givenTo?: string;

  @Flag({ label: '是否已签收', optional: true, inQuery: true, example: true })
  isSigned?: boolean;

  @Flag({ label: '是否待补正', optional: true, inQuery: true, example: false })
  isOpen?: boolean;
}
