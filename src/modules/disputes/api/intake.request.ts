import { OneOf, Text, Uuid } from '../../../platform/http';
import { CHANNELS, DISPUTE_TYPES } from '../domain/dictionaries';

/** What has been typed so far; everything may be missing but the center. */
export class HintIntakeRequest {
  @Uuid({ label: '综治中心' })
  centerId!: string;

  @OneOf({ label: '来源渠道', values: CHANNELS, optional: true, example: 'visit' })
  channel?: keyof typeof CHANNELS;

  @Text({ label: '上游编号', max: 64, optional: true, example: '12345-20261120-0001' })
  upstreamNumber?: string;

  @OneOf({ label: '纠纷类型', values: DISPUTE_TYPES, optional: true, example: 'neighbor.noise' })
  disputeType?: keyof typeof DISPUTE_TYPES;

  @Text({ label: '事项名称', max: 100, optional: true, example: '楼上漏水纠纷' })
  title?: string;

  @Text({
    label: '纠纷简要情况',
    max: 5000,
    multiline: true,
    optional: true,
    example: '楼上卫生间漏水，多次协商未果。',
  })
  narrative?: string;

  @Text({ label: '发生地点', max: 200, optional: true, example: '通道街某小区3号楼' })
  place?: string;

  @Uuid({ label: '发生地（社区或网格）', optional: true })
  placeUnitId?: string;

  @Text({ label: '来访人姓名', max: 100, optional: true, example: '李建国' })
  applicantName?: string;

  @Text({ label: '对方姓名或名称', max: 100, optional: true, example: '张伟' })
  respondentName?: string;
}
