import { Shows } from '../../../platform/http';
import { LONG_TERM_STATES } from '../domain/long-term';
import { PAPER_STATES, type PaperState } from '../domain/paper-lifecycle';
import { DifferenceResponse } from './difference.response';
import { PAPER_STAGES, type PaperStage } from '../domain/paper-stages';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export class LongTermResponse {
  @Shows('长期保存版', { values: LONG_TERM_STATES, example: 'waiting' })
  state!: string;

  @Shows('一句话', { example: '长期验证资料待取（夜间自动办理）' })
  text!: string;

  @Shows('附上长期验证资料的时间', { type: String, nullable: true, example: null })
  attachedAt!: string | null;
}

export class PaperResponse {
  @Shows('文书标识', { example: ID })
  id!: string;

  @Shows('事项标识', { example: ID })
  disputeId!: string;

  @Shows('文书模板', { example: 'one-time-notice' })
  templateId!: string;

  @Shows('模板版本', { example: '1.0.0' })
  templateVersion!: string;

  @Shows('名称', { example: '一次性告知单' })
  title!: string;

  @Shows('编号', { type: String, nullable: true, example: '新城综治登字〔2026〕12号' })
  number!: string | null;

  @Shows('出具单位', { example: '新城区综治中心' })
  issuerName!: string;

  @Shows('状态', { enum: Object.keys(PAPER_STATES), example: 'final' })
  state!: PaperState;

  @Shows('状态名称', { example: '已出具' })
  stateName!: string;

  @Shows('签发文件的 SHA-256 摘要', { example: SHA256 })
  sha256!: string;

  @Shows('文件大小（字节）', { example: 48211 })
  sizeBytes!: number;

  @Shows('页数', { example: 1 })
  pageCount!: number;

  @Shows('内容摘要（模板、版式程序和内容，不含签名）', { example: SHA256 })
  contentHash!: string;

  @Shows('份数', { example: 2 })
  copies!: number;

  @Shows('印在文书上的查验码', { example: 'K3QM-8V0T-11ZA' })
  verificationCode!: string;

  @Shows('出具时间', { example: '2026-11-20T01:30:00.000Z' })
  issuedAt!: string;

  @Shows('盖章时间', { type: String, nullable: true, example: null })
  sealedAt!: string | null;

  @Shows('作废时间', { type: String, nullable: true, example: null })
  voidedAt!: string | null;

  @Shows('作废理由', { type: String, nullable: true, example: null })
  voidReason!: string | null;

  @Shows('所替代的文书', { type: String, nullable: true, example: null })
  supersedesId!: string | null;

  @Shows('是否已有带“已作废”水印的副本', { example: false })
  hasVoidedCopy!: boolean;

  @Shows('长期保存版；没有盖章的为空', { type: LongTermResponse, nullable: true })
  longTerm!: LongTermResponse | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['papers.void'] })
  allowedActs!: string[];

  @Shows('版本号', { example: 1 })
  version!: number;
}

class RelatedPaperResponse {
  @Shows('另一份文书的标识', { example: ID })
  id!: string;

  @Shows('另一份文书的名称', { example: '人民调解补充协议书' })
  name!: string;

  @Shows('两份文书的关系', { example: '由新城人调字〔2026〕12号之二《人民调解补充协议书》补充' })
  text!: string;
}

class PaperItemResponse {
  @Shows('文书标识', { example: ID })
  id!: string;

  @Shows('文书模板', { example: 'one-time-notice' })
  templateId!: string;

  @Shows('名称', { example: '一次性告知单' })
  title!: string;

  @Shows('编号', { type: String, nullable: true, example: '新城综治登字〔2026〕12号' })
  number!: string | null;

  @Shows('状态', { enum: Object.keys(PAPER_STATES), example: 'final' })
  state!: PaperState;

  @Shows('状态名称', { example: '已出具' })
  stateName!: string;

  @Shows('页数', { example: 1 })
  pageCount!: number;

  @Shows('份数', { example: 2 })
  copies!: number;

  @Shows('出具时间', { example: '2026-11-20T01:30:00.000Z' })
  issuedAt!: string;

  @Shows('随之办理的业务；单独办理的为空', { type: String, nullable: true, example: null })
  governedBy!: string | null;

  @Shows('作废理由', { type: String, nullable: true, example: null })
  voidReason!: string | null;

  @Shows('按第几稿出具；没有预览过的为空', { type: Number, nullable: true, example: 2 })
  draftNumber!: number | null;

  @Shows('是否已有带“已作废”水印的副本', { example: false })
  hasVoidedCopy!: boolean;

  @Shows('替代、补充、更正它的文书，和它所替代、补充、更正的文书', { type: [RelatedPaperResponse] })
  related!: RelatedPaperResponse[];

  @Shows('长期保存版；没有盖章的为空', { type: LongTermResponse, nullable: true })
  longTerm!: LongTermResponse | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['papers.void'] })
  allowedActs!: string[];

  @Shows('版本号', { example: 1 })
  version!: number;
}

class ReplaceablePaperResponse {
  @Shows('文书标识', { example: ID })
  id!: string;

  @Shows('名称', { example: '一次性告知单' })
  title!: string;

  @Shows('作废时间', { example: '2026-11-20T01:30:00.000Z' })
  voidedAt!: string;

  @Shows('作废理由', { example: '来访人姓名写错。' })
  voidReason!: string;
}

class PaperDraftResponse {
  @Shows('稿的标识，可凭此打开', { example: ID })
  id!: string;

  @Shows('第几稿', { example: 2 })
  number!: number;

  @Shows('谁预览的', { type: String, nullable: true, example: '刘调解' })
  drawnByName!: string | null;

  @Shows('预览时间', { example: '2026-11-20T01:30:00.000Z' })
  drawnAt!: string;

  @Shows('当时填写的内容', { type: Object, example: { nextStep: '三个工作日内告知您是否受理。' } })
  parameters!: Record<string, unknown>;

  @Shows('与前一稿相比的改动', { type: [DifferenceResponse] })
  differences!: DifferenceResponse[];

  @Shows('按此稿出具的文书；没有的为空', { type: String, nullable: true, example: '一次性告知单' })
  issuedAs!: string | null;
}

export class PaperDraftsResponse {
  @Shows('各稿，最新的在前', { type: [PaperDraftResponse] })
  items!: PaperDraftResponse[];
}

class IssuablePaperResponse {
  @Shows('文书模板', { example: 'one-time-notice' })
  templateId!: string;

  @Shows('文书名称', { example: '一次性告知单' })
  name!: string;

  @Shows('所属环节', { values: PAPER_STAGES, example: 'intake' })
  stage!: PaperStage;

  @Shows('需要填写的内容（与请求字段同样描述的 JSON Schema）；不需要填写的为空', {
    type: Object,
    nullable: true,
    example: {
      type: 'object',
      required: ['nextStep'],
      properties: { nextStep: { type: 'string', 'x-label': '下一步' } },
    },
  })
  parameters!: Record<string, unknown> | null;

  @Shows('已作废、还没有重新出具的同一种文书', { type: [ReplaceablePaperResponse] })
  replaceable!: ReplaceablePaperResponse[];
}

export class PapersResponse {
  @Shows('文书，新的在前', { type: [PaperItemResponse] })
  items!: PaperItemResponse[];

  @Shows('下一页的翻页标记；没有下一页时为空', { type: String, nullable: true, example: null })
  nextCursor!: string | null;

  @Shows('您可以出具的文书', { type: [IssuablePaperResponse] })
  issuable!: IssuablePaperResponse[];
}

class PaperTemplateResponse {
  @Shows('模板标识', { example: 'one-time-notice' })
  id!: string;

  @Shows('文书名称', { example: '一次性告知单' })
  name!: string;

  @Shows('版本', { example: '1.0.0' })
  version!: string;

  @Shows('模板文件的 SHA-256 摘要', { example: SHA256 })
  hash!: string;

  @Shows('所需内容（JSON Schema）', { type: Object, example: { type: 'object', properties: {} } })
  contract!: Record<string, unknown>;

  @Shows('是否可在事项中单独出具', { example: true })
  canIssue!: boolean;
}

export class PaperTemplatesResponse {
  @Shows('在用的模板', { type: [PaperTemplateResponse] })
  items!: PaperTemplateResponse[];
}
