import { Day, OneOf, Text, Uuid, Whole } from '../../../platform/http';
import { AGENCY_PART_NAMES, type AgencyPart } from '../domain/agency-parts';
import { CARD_PART_NAMES, type CardPart } from '../domain/card';

export class CardPeriodQuery {
  @Day({ label: '起始日期', optional: true, example: '2026-01-01' })
  from?: string;

  @Day({ label: '截止日期', optional: true, example: '2026-12-31' })
  to?: string;
}

export class CardQuery extends CardPeriodQuery {
  @Uuid({ label: '调解员', optional: true, description: '不填的，为本人。' })
  mediatorId?: string;
}

export class CardCasesQuery extends CardQuery {
  @OneOf({ label: '评分项', values: CARD_PART_NAMES, example: 'settled' })
  part!: CardPart;
}

export class AgencyCardCasesQuery extends CardPeriodQuery {
  @OneOf({ label: '评分项', values: AGENCY_PART_NAMES, example: 'sign' })
  part!: AgencyPart;
}

export class AppealAgainstCardRequest {
  @Day({ label: '评分卡期间起', example: '2026-01-01' })
  from!: string;

  @Day({ label: '评分卡期间止', example: '2026-09-30' })
  to!: string;

  @OneOf({ label: '评分项', values: CARD_PART_NAMES, example: 'settled' })
  part!: CardPart;

  @Uuid({ label: '其中哪一件', optional: true, description: '不填的，对整项申诉。' })
  subjectId?: string;

  @Text({ label: '理由', max: 1000, multiline: true, example: '当事人突发重病无法履行，各方已经同意延期。' })
  reason!: string;
}

const RULINGS = { granted: '申诉成立，不计', dismissed: '申诉不成立' } as const;

export class RuleOnCardAppealRequest {
  @OneOf({ label: '结论', values: RULINGS, example: 'granted' })
  outcome!: keyof typeof RULINGS;

  @Text({ label: '理由', max: 1000, multiline: true, example: '经核对住院证明，情况属实。' })
  reason!: string;
}

const weight = (label: string) => Whole({ label, min: 0, max: 100, example: 20 });

export class SetMediatorWeightsRequest {
  @Day({ label: '自哪一天执行', example: '2027-01-01', hint: '截止日期在这一天以后的评分卡按新权重。' })
  validFrom!: string;

  @weight('达成协议')
  agreed!: number;

  @weight('真正化解')
  settled!: number;

  @weight('按期办结')
  onTime!: number;

  @weight('协议履行')
  performed!: number;

  @weight('没有反悔复发')
  lasting!: number;

  @weight('当事人满意')
  satisfied!: number;

  @weight('卷宗无缺项')
  records!: number;

  @Whole({
    label: '计算得分的最少受理件数',
    min: 1,
    max: 200,
    example: 10,
    hint: '件数太少的得分说明不了问题，只列件数，不计得分。',
  })
  shownFrom!: number;

  @Text({ label: '依据', max: 200, example: '《新城区人民调解员考核办法》第五条' })
  basis!: string;
}
