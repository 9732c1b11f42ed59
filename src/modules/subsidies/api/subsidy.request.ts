import { Day, Fen, Flag, ListOf, OneOf, Text } from '../../../platform/http';
import { AGREEMENT_FORMS, type AgreementForm, SUBSIDY_GRADES, type SubsidyGrade } from '../domain/rates';

class SubsidyRateRequest {
  @OneOf({ label: '评查等次', values: SUBSIDY_GRADES, example: 'excellent' })
  grade!: SubsidyGrade;

  @OneOf({ label: '协议形式', values: AGREEMENT_FORMS, example: 'written' })
  form!: AgreementForm;

  @Flag({ label: '疑难复杂' })
  isDifficult!: boolean;

  @Fen({ label: '每件金额', example: 20_000 })
  amountFen!: number;
}

export class SetSubsidyRulesRequest {
  @Day({ label: '自哪一天执行', example: '2026-10-01', hint: '这一天起生效的协议按新标准，以前的不变。' })
  validFrom!: string;

  @Text({ label: '依据', max: 200, example: '《新城区人民调解以案定补办法》第六条' })
  basis!: string;

  @ListOf(() => SubsidyRateRequest, { label: '各类金额', max: 16, min: 1 })
  rates!: SubsidyRateRequest[];
}

export class MakeSubsidyListRequest {
  @Day({ label: '协议生效日期起', example: '2026-07-01' })
  from!: string;

  @Day({ label: '协议生效日期止', example: '2026-09-30' })
  to!: string;
}

export class PaySubsidyListRequest {
  @Day({ label: '发放日期', example: '2026-10-15' })
  paidOn!: string;

  @Text({ label: '发放情况', max: 200, example: '由区财政转入本人银行卡' })
  note!: string;
}

export class CancelSubsidyListRequest {
  @Text({ label: '作废理由', max: 200, example: '期间填错，重新生成' })
  reason!: string;
}
