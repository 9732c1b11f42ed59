import { Day, Text, Whole } from '../../../platform/http';

export class ScorePeriodQuery {
  @Day({ label: '起始日期', optional: true, example: '2026-01-01' })
  from?: string;

  @Day({ label: '截止日期', optional: true, example: '2026-12-31' })
  to?: string;
}

const weight = (label: string, min = 0) => Whole({ label, min, max: 100, example: 20 });

export class SetScoreWeightsRequest {
  @Day({ label: '自哪一天执行', example: '2027-01-01', hint: '已经评分的任务不变，这一天起评分的按新权重。' })
  validFrom!: string;

  @weight('签收及时')
  sign!: number;

  @weight('联系及时')
  contact!: number;

  @weight('到场及时')
  arrive!: number;

  @weight('反馈及时')
  feedback!: number;

  @weight('处置实效', 1)
  effect!: number;

  @weight('当事人评价')
  party!: number;

  @Whole({
    label: '参加排名的最少评分件数',
    min: 1,
    max: 100,
    example: 5,
    hint: '件数太少的平均分说明不了问题，只列出，不排名。',
  })
  rankedFrom!: number;

  @Text({ label: '依据', max: 200, example: '《新城区吹哨报到考核办法》第八条' })
  basis!: string;
}
