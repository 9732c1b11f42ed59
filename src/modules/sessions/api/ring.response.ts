import { Shows } from '../../../platform/http';
import { RINGS } from '../domain/dictionaries';

export class WritableRingResponse {
  @Shows('可见范围', { values: RINGS, example: 'mediator' })
  ring!: string;

  @Shows('可见范围名称', { example: '仅调解员可见' })
  name!: string;

  @Shows('谁能看到', { example: '只有本事项的调解员、记录人能看到，不印入文书，不导出，检索不到。' })
  readers!: string;
}

export class BlockedActResponse {
  @Shows('事项', { example: 'sessions.record' })
  act!: string;

  @Shows('事项名称', { example: '记录调解结果' })
  label!: string;

  @Shows('还缺什么', { example: '调解会还没有登记结束时间。请先登记结束。' })
  reason!: string;
}
