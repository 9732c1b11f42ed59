import { OneOf, Text } from '../../../platform/http';
import { OUTCOMES } from '../domain/dictionaries';

export class CloseDisputeRequest {
  @OneOf({ label: '办结结果', values: OUTCOMES, example: 'agreement' })
  outcome!: keyof typeof OUTCOMES;

  @Text({ label: '办结说明', max: 2000, multiline: true, example: '六方达成协议，当场履行完毕。' })
  summary!: string;
}
