import { Day, Fen, OneOf, Text, Uuid, Whole } from '../../../platform/http';
import { DISPUTE_TYPES } from '../../disputes';
import { CLAUSE_SECTIONS, type ClauseSection, OBLIGATION_KINDS, type ObligationKind } from '../domain/dictionaries';
import { INSTALMENT_INTERVALS, type InstalmentInterval } from '../domain/instalment-plan';

export class PlanInstalmentsRequest {
  @Fen({ label: '总额', min: 1, example: 180_000 })
  amountFen!: number;

  @Whole({ label: '期数', min: 2, max: 120, example: 3 })
  count!: number;

  @Day({ label: '首期付款日', example: '2026-12-20' })
  firstOn!: string;

  @OneOf({ label: '付款间隔', values: INSTALMENT_INTERVALS, example: 'month' })
  interval!: InstalmentInterval;
}

export class ReviseClauseRequest {
  @OneOf({
    label: '适用的纠纷类型',
    values: DISPUTE_TYPES,
    optional: true,
    description: '不填为各类纠纷通用',
    example: 'contract.lease',
  })
  disputeType?: string;

  @OneOf({ label: '用在哪一部分', values: CLAUSE_SECTIONS, example: 'clauses' })
  section!: ClauseSection;

  @Text({ label: '条款名称', max: 60, example: '付清欠付租金' })
  title!: string;

  @Text({
    label: '条款内容',
    max: 2000,
    multiline: true,
    description: '因案而异的内容写成【付款人】【年月日】【金额大写】，定稿前须填写',
    example: '承租人于【年月日】前向出租人付清欠付租金人民币【金额大写】。',
  })
  text!: string;

  @OneOf({
    label: '列入履行事项的义务种类',
    values: OBLIGATION_KINDS,
    optional: true,
    description: '不需要履行的不选',
    example: 'payment',
  })
  obligationKind?: ObligationKind;

  @Text({ label: '履行内容', max: 500, optional: true, example: '支付欠付租金' })
  obligationContent?: string;

  @Text({ label: '常用的履行地点', max: 200, optional: true, example: '汇入收款人的银行账户' })
  obligationPlace?: string;

  @Text({ label: '常用的履行方式', max: 200, optional: true, example: '银行转账，一次付清' })
  obligationManner?: string;
}

export class AddClauseRequest extends ReviseClauseRequest {
  @Uuid({ label: '替换的通用条款', optional: true, description: '填写的，本中心改用此条，停用后恢复通用条款' })
  replacesId?: string;
}
