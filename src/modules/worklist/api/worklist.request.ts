import { OneOf, PageQuery, Text, Uuid } from '../../../platform/http';
import { DISPUTE_TYPES, RISK_LEVELS } from '../../disputes';
import { SECTIONS, TABS } from '../domain/dictionaries';

export class ListWorklistQueryRequest extends PageQuery {
  @OneOf({ label: '列表', values: TABS, example: 'to-do' })
  tab!: keyof typeof TABS;

  @OneOf({ label: '时限', values: SECTIONS, optional: true, example: 'red', description: '已办和抄送不分时限' })
  section?: keyof typeof SECTIONS;

  @OneOf({ label: '纠纷类型', values: DISPUTE_TYPES, optional: true, description: '一级类型包含其下各类' })
  disputeType?: keyof typeof DISPUTE_TYPES;

  @OneOf({ label: '风险等级', values: RISK_LEVELS, optional: true })
  riskLevel?: keyof typeof RISK_LEVELS;

  @Text({ label: '编号或名称片段', max: 50, optional: true, example: '遗产' })
  text?: string;
}

export class CopyDisputeRequest {
  @Uuid({ label: '抄送给', description: '须为有权查看本事项的同志' })
  colleagueId!: string;

  @Text({ label: '抄送事由', max: 200, example: '请知悉本事项进展，便于后续回访。' })
  reason!: string;
}
