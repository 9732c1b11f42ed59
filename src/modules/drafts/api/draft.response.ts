import { Shows } from '../../../platform/http';
import { DEVICES } from '../domain/draft-rules';

export class DraftHeadResponse {
  @Shows('草稿标识', { example: 'disputes.register:new' })
  key!: string;

  @Shows('标题', { example: '登记：楼上漏水纠纷' })
  title!: string;

  @Shows('续填页面', { type: String, nullable: true, example: '/intake/new' })
  resumePath!: string | null;

  @Shows('保存它的窗口', { example: 'w-7f3a91c2' })
  writer!: string;

  @Shows('保存它的设备', { values: DEVICES, example: 'computer' })
  device!: string;

  @Shows('保存时间', { example: '2026-11-20T01:30:00.000Z' })
  savedAt!: string;

  @Shows('版本号', { example: 3 })
  version!: number;
}

export class KeptDraftResponse extends DraftHeadResponse {
  @Shows('内容，JSON 对象的文字', { example: '{"title":"楼上漏水纠纷"}' })
  content!: string;
}

export class DraftResponse {
  @Shows('草稿标识', { example: 'disputes.register:new' })
  key!: string;

  @Shows('版本号；没有草稿为 0', { example: 3 })
  version!: number;

  @Shows('草稿；没有为空', { type: KeptDraftResponse, nullable: true })
  kept!: KeptDraftResponse | null;
}

export class DraftListResponse {
  @Shows('草稿，最近保存的在前', { type: DraftHeadResponse, isArray: true })
  items!: DraftHeadResponse[];

  @Shows('下一页的翻页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}
