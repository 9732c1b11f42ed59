import { Day, Flag, OneOf, Text, Uuid, UuidList } from '../../../platform/http';
import { OVERRIDE_GROUNDS, type OverrideGround } from '../domain/dictionaries';

export class MakeHandOverRequest {
  @Uuid({ label: '移交人' })
  leaverId!: string;

  @Uuid({ label: '接任人' })
  successorId!: string;

  @Day({ label: '离任日期', example: '2026-10-01' })
  leavesOn!: string;

  @Text({ label: '交接事由', max: 200, example: '轮驻期满，回原单位工作' })
  reason!: string;

  @UuidList({ label: '只交接这几件', max: 500, min: 1, optional: true, hint: '不选的，交接全部在办事项。' })
  disputeIds?: string[];
}

export class SignHandOverRequest {
  @Flag({ label: '已逐件核对清单' })
  isChecked!: boolean;
}

export class OverrideHandOverRequest {
  @OneOf({ label: '移交人的情形', values: OVERRIDE_GROUNDS, example: 'ill' })
  ground!: OverrideGround;

  @Text({ label: '说明', max: 500, multiline: true, example: '突发疾病住院，短期内不能到岗。' })
  reason!: string;
}

export class CancelHandOverRequest {
  @Text({ label: '取消理由', max: 200, example: '不再调整岗位' })
  reason!: string;
}
