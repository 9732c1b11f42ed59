import { Shows } from '../../../platform/http';
import { ATTACHMENT_STATES } from '../domain/attachment-lifecycle';
import { EVIDENCE_FORMS, EVIDENCE_TYPES, RINGS } from '../domain/dictionaries';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

export class AttachmentResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('事项', { example: ID })
  disputeId!: string;

  @Shows('材料编号，不重复使用', { example: 1 })
  ordinal!: number;

  @Shows('目录序号', { example: 1 })
  pageOrder!: number;

  @Shows('文件名，与上传时一致', { example: '房屋所有权证.jpg' })
  fileName!: string;

  @Shows('由内容识别的文件类型', { example: 'image/jpeg' })
  mediaType!: string;

  @Shows('字节数', { example: 204800 })
  sizeBytes!: number;

  @Shows('SHA-256 摘要', { example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' })
  sha256!: string;

  @Shows('材料种类', { enum: Object.keys(EVIDENCE_TYPES), example: 'documentary' })
  evidenceType!: string;

  @Shows('材料种类名称', { example: '书证' })
  evidenceTypeName!: string;

  @Shows('原件或复印件', { enum: Object.keys(EVIDENCE_FORMS), example: 'scan' })
  form!: string;

  @Shows('原件或复印件名称', { example: '原件扫描' })
  formName!: string;

  @Shows('来源', { type: String, nullable: true, example: '当事人当面提交' })
  source!: string | null;

  @Shows('提交的当事人', { type: String, nullable: true, example: ID })
  providedByPartyId!: string | null;

  @Shows('取得日期', { type: String, nullable: true, example: '2026-01-05' })
  obtainedOn!: string | null;

  @Shows('证明内容', { type: String, nullable: true, example: '房屋所有权证，证明房屋登记在父亲名下。' })
  description!: string | null;

  @Shows('可见范围', { enum: Object.keys(RINGS), example: 'center' })
  ring!: string;

  @Shows('可见范围名称', { example: '中心内部可见' })
  ringName!: string;

  @Shows('可以随吹哨单提供给部门', { example: false })
  isShareable!: boolean;

  @Shows('状态', { enum: Object.keys(ATTACHMENT_STATES), example: 'kept' })
  state!: string;

  @Shows('状态名称', { example: '在卷' })
  stateName!: string;

  @Shows('撤下的理由', { type: String, nullable: true, example: null })
  withdrawnReason!: string | null;

  @Shows('请注意的问题和办法', { type: String, nullable: true, example: null })
  notice!: string | null;

  @Shows('上传人', { example: '王敏' })
  uploadedByName!: string;

  @Shows('上传时间', { example: '2026-11-20T01:30:00.000Z' })
  uploadedAt!: string;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['attachments.describe'] })
  allowedActs!: string[];

  @Shows('版本号', { example: 1 })
  version!: number;
}

class UploadRingResponse {
  @Shows('可见范围', { enum: Object.keys(RINGS), example: 'center' })
  ring!: string;

  @Shows('可见范围名称', { example: '中心内部可见' })
  name!: string;
}

export class AttachmentListResponse {
  @Shows('材料，按目录序号', { type: [AttachmentResponse] })
  items!: AttachmentResponse[];

  @Shows('下一页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['attachments.upload'] })
  allowedActs!: string[];

  @Shows('上传时可以选择的可见范围', { type: [UploadRingResponse] })
  writableRings!: UploadRingResponse[];
}
