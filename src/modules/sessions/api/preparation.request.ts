import { Day, Fen, OneOf, Text, Uuid } from '../../../platform/http';
import { RINGS, type Ring } from '../domain/dictionaries';
import { POINT_KINDS, type PointKind } from '../domain/preparation';

export class AddPointRequest {
  @OneOf({ label: '可见范围', values: RINGS, description: '先选范围，再写内容', example: 'center' })
  ring!: Ring;

  @OneOf({ label: '类别', values: POINT_KINDS, example: 'issue' })
  kind!: PointKind;

  @Text({ label: '内容', max: 2000, multiline: true, example: '老房是否属于父母共同财产。' })
  text!: string;

  @Uuid({ label: '当事人', optional: true, description: '各方主张必填；时间、金额与某一方有关的填写' })
  partyId?: string;

  @Day({ label: '日期', optional: true, description: '时间节点填写' })
  onDate?: string;

  @Fen({ label: '金额', optional: true, description: '涉及金额填写' })
  amountFen?: number;

  @Text({ label: '依据或出处', max: 500, optional: true, example: '民法典第一千一百三十条' })
  reference?: string;
}

export class SettlePointRequest {
  @Text({ label: '结果', max: 500, multiline: true, example: '已到不动产登记中心查明，登记在父亲名下。' })
  settlement!: string;
}
