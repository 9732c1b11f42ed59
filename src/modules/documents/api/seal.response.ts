import { Shows } from '../../../platform/http';
import { ANCHOR_PURPOSES, type AnchorPurpose } from '../application/trust-anchors';
import { SEAL_ORIGINS, SEAL_STATES, type SealOrigin, type SealState } from '../domain/seal-lifecycle';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export class SealResponse {
  @Shows('印章标识', { example: ID })
  id!: string;

  @Shows('调委会', { example: ID })
  committeeId!: string;

  @Shows('印文', { example: '新城区光明社区人民调解委员会' })
  name!: string;

  @Shows('印章编码', { example: '1501020012345' })
  code!: string;

  @Shows('证书来源', { enum: Object.keys(SEAL_ORIGINS), example: 'demo' })
  origin!: SealOrigin;

  @Shows('证书来源名称', { example: '演示证书（仅供培训）' })
  originName!: string;

  @Shows('密钥名称：密码设备里的标签或签名服务的密钥编号；密钥存在本系统的为空', {
    type: String,
    nullable: true,
    example: null,
  })
  keyName!: string | null;

  @Shows('签名算法', { example: 'ECDSA-P256-SHA256' })
  algorithm!: string;

  @Shows('证书持有人', { example: '新城区光明社区人民调解委员会' })
  subjectName!: string;

  @Shows('证书签发机构', { example: '综治中心演示根证书（仅供培训）' })
  issuerName!: string;

  @Shows('证书序列号', { example: '4F3A' })
  serialNumber!: string;

  @Shows('证书生效时间', { example: '2026-01-01T00:00:00.000Z' })
  validFrom!: string;

  @Shows('证书到期时间', { example: '2031-01-01T00:00:00.000Z' })
  validTo!: string;

  @Shows('证书是否将在30日内到期', { example: false })
  endsSoon!: boolean;

  @Shows('是否实行双人用印', { example: false })
  requiresSecondPerson!: boolean;

  @Shows('证书链（PEM）', { example: '-----BEGIN CERTIFICATE-----' })
  certificatesPem!: string;

  @Shows('状态', { enum: Object.keys(SEAL_STATES), example: 'active' })
  state!: SealState;

  @Shows('状态名称', { example: '使用中' })
  stateName!: string;

  @Shows('装入时间', { example: '2026-11-20T01:30:00.000Z' })
  installedAt!: string;

  @Shows('停用时间', { type: String, nullable: true, example: null })
  retiredAt!: string | null;

  @Shows('停用理由', { type: String, nullable: true, example: null })
  retireReason!: string | null;

  @Shows('版本号', { example: 1 })
  version!: number;
}

class SealOriginResponse {
  @Shows('证书来源', { enum: Object.keys(SEAL_ORIGINS), example: 'pkcs12' })
  origin!: SealOrigin;

  @Shows('名称', { example: '导入的证书文件' })
  name!: string;
}

export class SealsResponse {
  @Shows('印章，新的在前', { type: [SealResponse] })
  items!: SealResponse[];

  @Shows('新装印章可用的证书来源', { type: [SealOriginResponse] })
  origins!: SealOriginResponse[];
}

class SealUseResponse {
  @Shows('用印记录标识', { example: ID })
  id!: string;

  @Shows('事项标识', { example: ID })
  disputeId!: string;

  @Shows('文书标识', { example: ID })
  paperId!: string;

  @Shows('盖章人', { type: String, nullable: true, example: ID })
  usedBy!: string | null;

  @Shows('盖章人姓名', { type: String, nullable: true, example: '周主任' })
  usedByName!: string | null;

  @Shows('申请用印人', { type: String, nullable: true, example: ID })
  requestedBy!: string | null;

  @Shows('申请用印人姓名', { type: String, nullable: true, example: '刘调解' })
  requestedByName!: string | null;

  @Shows('用印时间', { example: '2026-11-20T01:30:00.000Z' })
  usedAt!: string;

  @Shows('盖章文件的 SHA-256 摘要', { example: SHA256 })
  documentSha256!: string;

  @Shows('用印事由', { example: '人民调解协议书盖章' })
  purpose!: string;

  @Shows('签名级别：B-T 带时间戳，B-B 不带', { values: { 'B-B': '基本签名', 'B-T': '带时间戳' }, example: 'B-T' })
  level!: string;

  @Shows('当时没有取得时间戳的原因', { type: String, nullable: true, example: null })
  timestampProblem!: string | null;

  @Shows('长期保存版的情况', { example: '长期验证资料已附' })
  longTermText!: string;
}

export class SealUsesResponse {
  @Shows('用印记录，新的在前', { type: [SealUseResponse] })
  items!: SealUseResponse[];

  @Shows('下一页的翻页标记；没有下一页时为空', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

export class TrustAnchorResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('用于核验', { enum: Object.keys(ANCHOR_PURPOSES), example: 'seal' })
  purpose!: AnchorPurpose;

  @Shows('用途名称', { example: '印章' })
  purposeName!: string;

  @Shows('证书持有人', { example: '综治中心演示根证书（仅供培训）' })
  subjectName!: string;

  @Shows('证书的 SHA-256 指纹', { example: SHA256 })
  fingerprint!: string;

  @Shows('到期时间', { example: '2036-01-01T00:00:00.000Z' })
  validTo!: string;

  @Shows('添加时间', { example: '2026-11-20T01:30:00.000Z' })
  addedAt!: string;
}

export class TrustAnchorsResponse {
  @Shows('受信任的根证书', { type: [TrustAnchorResponse] })
  items!: TrustAnchorResponse[];
}
