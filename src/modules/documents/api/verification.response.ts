import { Shows } from '../../../platform/http';
import { type FileVerdict } from '../application/verify-file';
import { PAPER_STATES, type PaperState } from '../domain/paper-lifecycle';

const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

class NeighbouringPaperResponse {
  @Shows('后一份对前一份做了什么', {
    values: { supersede: '替代', supplement: '补充', correction: '更正' },
    example: 'supplement',
  })
  how!: string;

  @Shows('另一份文书的编号', { type: String, nullable: true, example: '新城人调字〔2026〕12号之二' })
  number!: string | null;

  @Shows('另一份文书的名称', { example: '人民调解补充协议书' })
  name!: string;

  @Shows('另一份文书的出具时间', { example: '2026-11-25T01:30:00.000Z' })
  issuedAt!: string;

  @Shows('一句话', { example: '由新城人调字〔2026〕12号之二《人民调解补充协议书》补充' })
  text!: string;
}

export class VerifiedPaperResponse {
  @Shows('文书名称', { example: '人民调解协议书' })
  name!: string;

  @Shows('编号', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  number!: string | null;

  @Shows('出具单位', { example: '新城区光明社区人民调解委员会' })
  issuerName!: string;

  @Shows('出具时间', { example: '2026-11-20T01:30:00.000Z' })
  issuedAt!: string;

  @Shows('盖章时间', { type: String, nullable: true, example: '2026-11-20T02:00:00.000Z' })
  sealedAt!: string | null;

  @Shows('盖章后补取的时间戳所证明的时间', { type: String, nullable: true, example: null })
  timestampedAt!: string | null;

  @Shows('当事人（隐去部分字）', { type: String, isArray: true, example: ['李＊＊', '李＊＊'] })
  maskedNames!: string[];

  @Shows('状态', { enum: Object.keys(PAPER_STATES), example: 'sealed' })
  state!: PaperState;

  @Shows('状态名称', { example: '已盖章' })
  stateName!: string;

  @Shows('现在是否有效（没有作废，也没有被替代）', { example: true })
  isEffective!: boolean;

  @Shows('作废或被替代的时间', { type: String, nullable: true, example: null })
  endedAt!: string | null;

  @Shows('它所替代、补充或者更正的文书', { type: [NeighbouringPaperResponse] })
  predecessors!: NeighbouringPaperResponse[];

  @Shows('替代、补充或者更正它的文书', { type: [NeighbouringPaperResponse] })
  successors!: NeighbouringPaperResponse[];

  @Shows('份数', { example: 3 })
  copies!: number;

  @Shows('签发文件的 SHA-256 摘要', { example: SHA256 })
  sha256!: string;

  @Shows('页数', { example: 3 })
  pageCount!: number;
}

class SignatureCheckResponse {
  @Shows('核验项目', { example: 'reaches-end' })
  code!: string;

  @Shows('结果：passed 通过；failed 不通过；unknown 不能确认；not-checked 未核验', {
    values: { passed: '通过', failed: '未通过', unknown: '无法判断', 'not-checked': '未检查' },
    example: 'passed',
  })
  outcome!: string;

  @Shows('说明', { example: '签章一直保护到文件末尾，签章后没有追加内容' })
  text!: string;
}

class VerifiedSignatureResponse {
  @Shows('结论', { values: { valid: '有效', invalid: '无效', indeterminate: '无法判断' }, example: 'valid' })
  verdict!: string;

  @Shows('证书所载的签章人', { type: String, nullable: true, example: '新城区光明社区人民调解委员会' })
  signerName!: string | null;

  @Shows('证书签发机构', { type: String, nullable: true, example: '综治中心演示根证书（仅供培训）' })
  issuerName!: string | null;

  @Shows('签章事由（签章人自行填写）', { type: String, nullable: true, example: '人民调解协议书盖章' })
  reason!: string | null;

  @Shows('签章人自行声明的时间', { type: String, nullable: true, example: '2026-11-20T02:00:00.000Z' })
  claimedAt!: string | null;

  @Shows('时间戳证明的时间', { type: String, nullable: true, example: null })
  timestampedAt!: string | null;

  @Shows('逐项结果', { type: [SignatureCheckResponse] })
  checks!: SignatureCheckResponse[];
}

export class FileVerificationResponse {
  @Shows('结论', {
    values: {
      identical: '与存档一致',
      valid: '签名有效',
      invalid: '签名无效',
      indeterminate: '无法判断',
      unsigned: '未签名',
      unreadable: '无法读取',
      'too-complex': '内容过于复杂，未核验',
    },
    example: 'identical',
  })
  verdict!: FileVerdict;

  @Shows('结论名称', { example: '与签发原件一字不差' })
  verdictName!: string;

  @Shows('能否相信；空表示不能确认', { type: Boolean, nullable: true, example: true })
  isTrustworthy!: boolean | null;

  @Shows('说明', { example: '与签发原件一字不差：新城区综治中心2026年11月20日出具的《一次性告知单》，现行有效。' })
  summary!: string;

  @Shows('所上传文件的 SHA-256 摘要', { example: SHA256 })
  sha256!: string;

  @Shows('所上传文件的大小（字节）', { example: 48211 })
  sizeBytes!: number;

  @Shows('对应的文书；不是签发原件时为空', { type: VerifiedPaperResponse, nullable: true })
  paper!: VerifiedPaperResponse | null;

  @Shows('文件里的签章', { type: [VerifiedSignatureResponse] })
  signatures!: VerifiedSignatureResponse[];

  @Shows('已核验的内容', {
    type: String,
    isArray: true,
    example: ['文件的每一个字节都与签发时存档的文件相同（SHA-256 摘要一致）'],
  })
  checked!: string[];

  @Shows('核验没有通过的内容', { type: String, isArray: true, example: [] })
  failed!: string[];

  @Shows('未核验的内容', { type: String, isArray: true, example: [] })
  notChecked!: string[];
}
