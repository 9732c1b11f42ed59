import { Shows } from '../../../platform/http';
import { TABS } from '../domain/dossier-items';
import { DOSSIER_KINDS, type DossierKind } from '../domain/dossier-kinds';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-11-20T09:30:00.000Z';
const SHA = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

class DossierPaperResponse {
  @Shows('文书标识', { example: ID })
  id!: string;

  @Shows('名称', { example: '人民调解协议书' })
  title!: string;

  @Shows('编号', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  number!: string | null;

  @Shows('页数', { example: 3 })
  pageCount!: number;
}

class DossierFileResponse {
  @Shows('材料标识', { example: ID })
  id!: string;

  @Shows('文件名', { example: '房产证.jpg' })
  fileName!: string;

  @Shows('种类', { example: '书证，2026年1月6日收存' })
  typeName!: string;

  @Shows('页数', { type: Number, nullable: true, example: 2 })
  pages!: number | null;

  @Shows('不能装订的原因', { type: String, nullable: true, example: null })
  obstacle!: string | null;
}

class DossierGapResponse {
  @Shows('缺什么、怎么补', { example: '还没有孙志强的权利义务告知书签收，请告知后登记签收。' })
  text!: string;

  @Shows('到哪里补', { values: TABS, example: 'parties' })
  tab!: string;
}

class DossierItemResponse {
  @Shows('项目', { example: 'rights-notice' })
  key!: string;

  @Shows('序号', { type: Number, nullable: true, example: 2 })
  ordinal!: number | null;

  @Shows('名称', { example: '当事人权利义务告知书' })
  name!: string;

  @Shows('要求', { values: { required: '必须', 'on-demand': '按需' }, example: 'required' })
  need!: string;

  @Shows('状态', {
    values: { drawn: '装订时生成', filled: '齐全', gap: '有缺', idle: '不需要' },
    example: 'gap',
  })
  state!: string;

  @Shows('文书', { type: [DossierPaperResponse] })
  papers!: readonly DossierPaperResponse[];

  @Shows('材料', { type: [DossierFileResponse] })
  files!: readonly DossierFileResponse[];

  @Shows('缺项', { type: [DossierGapResponse] })
  gaps!: readonly DossierGapResponse[];
}

class DossierKindResponse {
  @Shows('种类', { values: DOSSIER_KINDS, example: 'full' })
  kind!: DossierKind;

  @Shows('名称', { example: '全卷' })
  name!: string;

  @Shows('用途和依据', { example: '立卷归档用，含卷内全部文书和材料。' })
  purpose!: string;

  @Shows('不含什么', { example: '仅调解员可见的材料、笔记不入卷。' })
  leavesOut!: string;

  @Shows('包括', { type: [String], example: ['卷宗封面', '人民调解协议书'] })
  includes!: readonly string[];

  @Shows('尚缺', { type: [String], example: [] })
  missing!: readonly string[];

  @Shows('可以另附', { type: String, nullable: true, example: null })
  extra!: string | null;

  @Shows('现在不能装订的原因', { type: String, nullable: true, example: null })
  refusal!: string | null;

  @Shows('下载说明', { type: String, nullable: true, example: null })
  downloadNote!: string | null;
}

export class DossierResponse {
  @Shows('卷号', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  caseNumber!: string | null;

  @Shows('调解结果', { type: String, nullable: true, example: '达成书面协议' })
  conclusionName!: string | null;

  @Shows('第几卷', { example: 1 })
  volume!: number;

  @Shows('目录', { type: [DossierItemResponse] })
  items!: readonly DossierItemResponse[];

  @Shows('可以装订的种类', { type: [DossierKindResponse] })
  kinds!: readonly DossierKindResponse[];

  @Shows('可以办理', { type: [String], example: ['dossiers.bind'] })
  allowedActs!: readonly string[];
}

class BoundLineResponse {
  @Shows('文书名称', { example: '人民调解协议书' })
  title!: string;

  @Shows('起页', { example: 6 })
  from!: number;

  @Shows('止页', { example: 9 })
  to!: number;

  @Shows('备注', { type: String, nullable: true, example: null })
  remark!: string | null;
}

export class DossierBindingResponse {
  @Shows('装订标识', { example: ID })
  id!: string;

  @Shows('种类', { values: DOSSIER_KINDS, example: 'full' })
  kind!: DossierKind;

  @Shows('种类名称', { example: '全卷' })
  kindName!: string;

  @Shows('第几卷', { example: 1 })
  volume!: number;

  @Shows('备注', { type: String, nullable: true, example: null })
  note!: string | null;

  @Shows('状态', { values: { running: '正在装订', done: '已装订', failed: '没有完成' }, example: 'done' })
  state!: string;

  @Shows('已完成步数', { example: 12 })
  stepsDone!: number;

  @Shows('总步数', { example: 19 })
  steps!: number;

  @Shows('装订时尚缺', { type: [String], example: [] })
  gaps!: readonly string[];

  @Shows('目录', { type: [BoundLineResponse] })
  contents!: readonly BoundLineResponse[];

  @Shows('页数', { type: Number, nullable: true, example: 36 })
  pageCount!: number | null;

  @Shows('装订件 SHA-256 摘要', { type: String, nullable: true, example: SHA })
  bookSha256!: string | null;

  @Shows('装订件大小（字节）', { type: Number, nullable: true, example: 1_284_213 })
  bookBytes!: number | null;

  @Shows('压缩包 SHA-256 摘要', { type: String, nullable: true, example: SHA })
  archiveSha256!: string | null;

  @Shows('压缩包大小（字节）', { type: Number, nullable: true, example: 3_284_213 })
  archiveBytes!: number | null;

  @Shows('没有完成的原因', { type: String, nullable: true, example: null })
  problem!: string | null;

  @Shows('装订人', { example: '李娜' })
  requestedByName!: string;

  @Shows('提出时间', { example: AT })
  requestedAt!: string;

  @Shows('完成时间', { type: String, nullable: true, example: AT })
  finishedAt!: string | null;

  @Shows('可以办理', { type: [String], example: ['dossiers.download'] })
  allowedActs!: readonly string[];
}

export class BindingOrderedResponse {
  @Shows('装订标识', { example: ID })
  id!: string;
}
