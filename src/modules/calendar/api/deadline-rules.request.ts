import type { DeadlineUnit } from '../../../kernel';
import { Day, OneOf, Text, Whole } from '../../../platform/http';
import { ADJUSTABLE_RULES, UNIT_NAMES } from '../domain/rule-catalogue';

export class ProposeRuleRequest {
  @OneOf({ label: '期限', values: ADJUSTABLE_RULES, example: 'summons.progress.sign' })
  ruleId!: string;

  @Whole({ label: '多长', min: 1, max: 1000, example: 30 })
  term!: number;

  @OneOf({ label: '单位', values: UNIT_NAMES, example: 'working-minute' })
  unit!: DeadlineUnit;

  @Day({ label: '执行日期', description: '今天或以后；只用于这天以后起算的期限', example: '2026-12-01' })
  validFrom!: string;

  @Text({ label: '调整原因', max: 200, example: '主任办公会议定，签收时限缩短为30分钟' })
  note!: string;
}

export class ConfirmRuleRequest {
  @Text({ label: '复核意见', max: 500, multiline: true, optional: true, example: '与会议纪要一致。' })
  note?: string;
}

export class DiscardRuleRequest {
  @Text({ label: '不予采用的理由', max: 500, multiline: true, example: '与会议纪要不一致。' })
  note!: string;
}
