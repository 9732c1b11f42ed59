import { Shows } from '../../../platform/http';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-11-20T01:30:00.000Z';

const TONES = { done: '已具备', missing: '还缺', refused: '拒绝或缺席', none: '不涉及' } as const;

class MatrixCellResponse {
  @Shows('内容', { example: '同意调解' })
  text!: string;

  @Shows('醒目程度', { values: TONES, example: 'done' })
  tone!: string;

  @Shows('补充：时间或者原因', { type: String, nullable: true, example: AT })
  note!: string | null;
}

class MatrixPositionResponse {
  @Shows('最近一次提出的方案', { example: '愿意按三成分得房屋折价款。' })
  text!: string;

  @Shows('由谁提出', { example: '李建国' })
  speaker!: string;

  @Shows('记录时间', { example: AT })
  at!: string;
}

class MatrixRowResponse {
  @Shows('当事人', { example: ID })
  partyId!: string;

  @Shows('序号', { example: 1 })
  ordinal!: number;

  @Shows('姓名或名称；未成年人只显示姓', { example: '李建国' })
  name!: string;

  @Shows('所在一方名称', { type: String, nullable: true, example: '申请方' })
  sideName!: string | null;

  @Shows('状态名称', { example: '参加调解' })
  stateName!: string;

  @Shows('是否参加调解', { example: true })
  isActive!: boolean;

  @Shows('是否未成年', { example: false })
  isMinor!: boolean;

  @Shows('调解意愿', { type: MatrixCellResponse })
  consent!: MatrixCellResponse;

  @Shows('权利义务告知书', { type: MatrixCellResponse })
  notice!: MatrixCellResponse;

  @Shows('谁可以签署', { type: MatrixCellResponse })
  representation!: MatrixCellResponse;

  @Shows('各次调解会到场，与会次一一对应', { type: MatrixCellResponse, isArray: true })
  sessions!: MatrixCellResponse[];

  @Shows('最近公开提出的方案；没有的为空', { type: MatrixPositionResponse, nullable: true })
  position!: MatrixPositionResponse | null;

  @Shows('协议签署', { type: MatrixCellResponse })
  signature!: MatrixCellResponse;
}

class MatrixSessionResponse {
  @Shows('调解会标识', { example: ID })
  id!: string;

  @Shows('第几次', { example: 1 })
  ordinal!: number;

  @Shows('开始时间', { example: AT })
  startsAt!: string;
}

class MatrixAgreementResponse {
  @Shows('协议标识', { example: ID })
  id!: string;

  @Shows('第几份', { example: 1 })
  ordinal!: number;

  @Shows('状态名称', { example: '签署中' })
  stateName!: string;
}

export class ConsentMatrixResponse {
  @Shows('调解会', { type: MatrixSessionResponse, isArray: true })
  sessions!: MatrixSessionResponse[];

  @Shows('最近的协议', { type: MatrixAgreementResponse, nullable: true })
  agreement!: MatrixAgreementResponse | null;

  @Shows('各方当事人', { type: MatrixRowResponse, isArray: true })
  rows!: MatrixRowResponse[];

  @Shows('还缺什么', { type: String, isArray: true, example: ['未签收告知书：李建军'] })
  missing!: string[];
}
