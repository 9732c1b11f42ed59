import { OneOf, Text } from '../../../platform/http';
import { CONFIRMATION_MODES, DIFFICULT_MARKS, type DifficultMark, OUTCOMES } from '../domain/dictionaries';

export class CloseDisputeRequest {
  @OneOf({ label: '办结结果', values: OUTCOMES, example: 'agreement' })
  outcome!: keyof typeof OUTCOMES;

  @Text({ label: '办结说明', max: 2000, multiline: true, example: '六方达成协议，当场履行完毕。' })
  summary!: string;

  @OneOf({
    label: '疑难复杂',
    values: DIFFICULT_MARKS,
    optional: true,
    example: 'many-people',
    description: '属于疑难复杂的选理由，计入统计表；不填的不变',
  })
  difficultGround?: DifficultMark;

  @OneOf({
    label: '当事人怎样确认',
    values: CONFIRMATION_MODES,
    optional: true,
    description: '以“问题解决”“答复办结”“自行和解”办结的，要有当事人的话；本人已在查询页答复的，不必再填',
    example: 'phone',
  })
  confirmedBy?: keyof typeof CONFIRMATION_MODES;

  @Text({ label: '当事人的原话', max: 500, multiline: true, optional: true, example: '噪声没有了，可以。' })
  partyWords?: string;

  @Text({
    label: '未经当事人确认的理由',
    max: 500,
    multiline: true,
    optional: true,
    description: '电话打不通等确实问不到的，写明理由；这类办结单独统计',
    example: '三次电话无人接听，上门也没有人，已在门口留联系单。',
  })
  unconfirmedReason?: string;
}
