import { Shows } from '../../../platform/http';
import { ROW_STATES } from './import.request';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-11-20T09:30:00.000Z';

export class ImportIdResponse {
  @Shows('导入标识', { example: ID })
  id!: string;
}

export class ImportResponse {
  @Shows('导入标识', { example: ID })
  id!: string;

  @Shows('综治中心', { example: ID })
  centerId!: string;

  @Shows('综治中心名称', { example: '新城区综治中心' })
  centerName!: string;

  @Shows('文件名', { example: '2023年台账.xlsx' })
  fileName!: string;

  @Shows('状态', { values: { checked: '已核对', running: '正在导入', done: '已导入' }, example: 'checked' })
  state!: string;

  @Shows('是否正在导入', { example: false })
  isRunning!: boolean;

  @Shows('是否全部无误才导入；还没有导入的为空', { type: Boolean, nullable: true, example: false })
  isWhole!: boolean | null;

  @Shows('总行数', { example: 268 })
  rowCount!: number;

  @Shows('可以导入的行数', { example: 260 })
  goodCount!: number;

  @Shows('需要修改的行数', { example: 6 })
  refusedCount!: number;

  @Shows('以前已经导入的行数', { example: 2 })
  knownCount!: number;

  @Shows('已导入的行数', { example: 0 })
  importedCount!: number;

  @Shows('本次已写入的行数', { example: 0 })
  writtenCount!: number;

  @Shows('没有完成的原因', { type: String, nullable: true, example: null })
  problem!: string | null;

  @Shows('核对时间', { example: AT })
  checkedAt!: string;

  @Shows('导入完成时间', { type: String, nullable: true, example: null })
  finishedAt!: string | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['exchange.start-import'] })
  allowedActs!: string[];
}

export class ImportListResponse {
  @Shows('最近上传的台账', { type: ImportResponse, isArray: true })
  items!: ImportResponse[];
}

export class RowFaultResponse {
  @Shows('栏目', { example: '登记日期' })
  column!: string;

  @Shows('问题和改法', { example: '不是有效的日期。请按“年-月-日”填写，例如 2023-05-01。' })
  detail!: string;
}

export class ImportRowResponse {
  @Shows('表中的行号', { example: 12 })
  rowNumber!: number;

  @Shows('情况', { values: ROW_STATES, example: 'refused' })
  state!: string;

  @Shows('旧台账编号', { example: '2023-045' })
  oldNumber!: string;

  @Shows('需要修改的地方', { type: RowFaultResponse, isArray: true })
  faults!: readonly RowFaultResponse[];

  @Shows('导入成的事项', { type: String, nullable: true, example: null })
  disputeId!: string | null;
}

export class ImportRowListResponse {
  @Shows('行', { type: ImportRowResponse, isArray: true })
  items!: ImportRowResponse[];

  @Shows('下一页标记，没有更多时为空', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}
