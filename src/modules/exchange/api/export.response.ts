import { Shows } from '../../../platform/http';

const AT = '2026-11-20T09:30:00.000Z';

export class ExportOrderedResponse {
  @Shows('导出标识', { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  id!: string;
}

export class ExportResponse {
  @Shows('导出标识', { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  id!: string;

  @Shows('名称', { example: '事项清单（登记日期 2026-01-01 至 2026-11-20）' })
  title!: string;

  @Shows('状态', { values: { running: '正在导出', done: '可以下载', failed: '没有完成' }, example: 'done' })
  state!: string;

  @Shows('已写入的行数', { example: 1268 })
  rowCount!: number;

  @Shows('文件大小（字节）', { type: Number, nullable: true, example: 84_213 })
  sizeBytes!: number | null;

  @Shows('没有完成的原因', { type: String, nullable: true, example: null })
  problem!: string | null;

  @Shows('提出时间', { example: AT })
  requestedAt!: string;

  @Shows('完成时间', { type: String, nullable: true, example: AT })
  finishedAt!: string | null;
}
