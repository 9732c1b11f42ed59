import { OneOf, Text, UuidList } from '../../../platform/http';
import { DISPUTE_TYPES } from '../../disputes';

export class AddLocalTypeRequest {
  @OneOf({ label: '纠纷类型', values: DISPUTE_TYPES, example: 'neighbor.noise', description: '小类归在哪一类下面' })
  disputeType!: keyof typeof DISPUTE_TYPES;

  @Text({ label: '小类名称', max: 20, example: '广场舞噪声' })
  name!: string;
}

export class RenameLocalTypeRequest {
  @Text({ label: '小类名称', max: 20, example: '广场舞噪声', description: '已有事项使用的不能改名' })
  name!: string;
}

export class OrderLocalTypesRequest {
  @OneOf({ label: '纠纷类型', values: DISPUTE_TYPES, example: 'neighbor.noise' })
  disputeType!: keyof typeof DISPUTE_TYPES;

  @UuidList({ label: '小类的次序', max: 30, min: 1 })
  ids!: string[];
}
