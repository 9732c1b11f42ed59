import { Day, Fen, Flag, Instant, ListOf, OneOf, Text, TextList, Uuid, UuidList, Whole } from '../../../platform/http';
import {
  AGREEMENT_KINDS,
  ATTENDEE_CAPACITIES,
  type AgreementKind,
  type AttendeeCapacity,
  IDENTITY_CHECKS,
  type IdentityCheck,
  OBLIGATION_KINDS,
  type ObligationKind,
  RELATIONS,
  type Relation,
  VOID_GROUNDS,
  type VoidGround,
} from '../domain/dictionaries';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const OTHER_ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60719';
const HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

class InstalmentRequest {
  @Fen({ label: '本期金额', min: 1, example: 60_000 })
  amountFen!: number;

  @Day({ label: '付款日', example: '2026-12-20' })
  dueOn!: string;
}

class ObligationRequest {
  @OneOf({ label: '义务种类', values: OBLIGATION_KINDS, example: 'payment' })
  kind!: ObligationKind;

  @Uuid({ label: '义务人', optional: true, description: '当事人' })
  obligorId?: string;

  @Uuid({ label: '权利人', optional: true, description: '当事人' })
  obligeeId?: string;

  @Text({ label: '内容', max: 500, multiline: true, optional: true, example: '支付剩余租金' })
  content?: string;

  @Fen({ label: '金额', min: 1, optional: true, example: 180_000 })
  amountFen?: number;

  @Day({
    label: '履行期限',
    optional: true,
    description: '最后一日；分期的为最后一期的付款日',
    example: '2027-02-20',
  })
  dueOn?: string;

  @Text({ label: '履行地点', max: 200, optional: true, example: '汇入青城数码租赁有限公司的银行账户' })
  place?: string;

  @Text({ label: '履行方式', max: 200, optional: true, example: '银行转账' })
  manner?: string;

  @Uuid({
    label: '代替原协议的履行事项',
    optional: true,
    description: '补充、更正协议重新约定原有事项的填写，生效后原事项不再履行',
  })
  replacesItemId?: string;

  @ListOf(() => InstalmentRequest, {
    label: '分期',
    max: 120,
    optional: true,
    example: [
      { amountFen: 60_000, dueOn: '2026-12-20' },
      { amountFen: 60_000, dueOn: '2027-01-20' },
      { amountFen: 60_000, dueOn: '2027-02-20' },
    ],
  })
  instalments?: InstalmentRequest[];
}

const OBLIGATION_EXAMPLE = {
  kind: 'payment',
  obligorId: OTHER_ID,
  obligeeId: ID,
  content: '支付剩余租金',
  amountFen: 180_000,
  dueOn: '2026-12-20',
  place: '汇入青城数码租赁有限公司的银行账户',
  manner: '银行转账，一次付清',
};

export class AgreementContentRequest {
  @Text({
    label: '纠纷主要事实、争议事项',
    max: 5000,
    multiline: true,
    optional: true,
    example: '双方于2026年3月签订手机租赁合同，承租人付了两期租金后未再付款，双方就剩余租金发生争议。',
  })
  facts?: string;

  @Text({
    label: '各方当事人的责任',
    max: 3000,
    multiline: true,
    optional: true,
    example: '承租人确认欠付租金属实；出租人同意延长付款期限。',
  })
  responsibilities?: string;

  @TextList({
    label: '协议内容',
    max: 60,
    maxEach: 2000,
    example: ['承租人向出租人支付剩余租金人民币壹仟捌佰元整。', '付清后双方就本合同再无其他争议。'],
  })
  clauses!: string[];

  @Text({
    label: '履行说明',
    max: 2000,
    multiline: true,
    optional: true,
    example: '付款凭证交人民调解委员会存档。',
  })
  performanceNote?: string;

  @Text({
    label: '违约责任',
    max: 2000,
    multiline: true,
    optional: true,
    example: '逾期不付的，应当继续履行，并赔偿对方由此受到的损失。',
  })
  breachClause?: string;

  @ListOf(() => ObligationRequest, { label: '履行事项', max: 100, example: [OBLIGATION_EXAMPLE] })
  obligations!: ObligationRequest[];

  @Flag({
    label: '暂存',
    optional: true,
    description: '未写完也保存，不足之处在答复的 faults 中列出；定稿前须改完',
    example: false,
  })
  isUnfinished?: boolean;
}

export class DraftAgreementRequest extends AgreementContentRequest {
  @OneOf({ label: '协议形式', values: AGREEMENT_KINDS, example: 'written' })
  kind!: AgreementKind;

  @OneOf({
    label: '与原协议的关系',
    values: RELATIONS,
    optional: true,
    description: '不填为首次协议；协议生效后不能修改，只能另签补充、更正或变更协议',
    example: 'original',
  })
  relation?: Relation;

  @Uuid({ label: '原协议', optional: true, description: '补充、更正、变更协议须填写' })
  baseId?: string;
}

export class AgreeElectronicRequest {
  @UuidList({ label: '同意的当事人', min: 1, max: 200, example: [ID, OTHER_ID] })
  partyIds!: string[];

  @Day({ label: '约定的日期', example: '2026-09-18' })
  agreedOn!: string;
}

class SignatoryRequest {
  @Uuid({ label: '当事人' })
  partyId!: string;

  @Uuid({ label: '代为签署的代理人或代表' })
  representativeId!: string;
}

class AttendeeRequest {
  @OneOf({ label: '身份', values: ATTENDEE_CAPACITIES, example: 'interpreter' })
  capacity!: AttendeeCapacity;

  @Text({ label: '姓名', max: 50, example: '巴图' })
  name!: string;

  @Text({ label: '翻译的语言', max: 20, optional: true, description: '翻译人员须填写', example: '蒙古语' })
  language?: string;

  @UuidList({
    label: '为谁翻译',
    max: 60,
    optional: true,
    description: '翻译人员须填写：一方或几方当事人',
    example: [OTHER_ID],
  })
  partyIds?: string[];
}

export class FreezeRequest {
  @ListOf(() => SignatoryRequest, {
    label: '代签人',
    max: 200,
    optional: true,
    description: '本人签署的不填；单位、未成年人不填的，取第一位有签署权限的人',
    example: [{ partyId: ID, representativeId: OTHER_ID }],
  })
  signatories?: SignatoryRequest[];

  @UuidList({
    label: '签署顺序',
    max: 200,
    optional: true,
    description: '不填的，各方先后不限；填的，列出每一方当事人，依次签署',
    example: [ID, OTHER_ID],
  })
  order?: string[];

  @ListOf(() => AttendeeRequest, {
    label: '在场见证人、翻译人员',
    max: 10,
    optional: true,
    description: '列入签署安排，签齐后才能盖章；约定了签署顺序的，在各方之后签',
    example: [{ capacity: 'interpreter', name: '巴图', language: '蒙古语', partyIds: [OTHER_ID] }],
  })
  attendees?: AttendeeRequest[];
}

export class AgreementReasonRequest {
  @Text({ label: '理由', max: 500, multiline: true, example: '当事人发现第二条的付款日写错，要求修改。' })
  reason!: string;
}

class StrokePointRequest {
  @Whole({ label: '横坐标', min: -100_000, max: 100_000, example: 120 })
  x!: number;

  @Whole({ label: '纵坐标', min: -100_000, max: 100_000, example: 80 })
  y!: number;

  @Whole({ label: '时间', min: 0, max: 3_600_000, description: '自落笔起的毫秒数', example: 16 })
  t!: number;

  @Whole({ label: '压力', min: 0, max: 1000, description: '千分数，没有压感的填 500', example: 500 })
  p!: number;
}

class StrokeRequest {
  @ListOf(() => StrokePointRequest, {
    label: '笔画的点',
    min: 1,
    max: 2000,
    example: [{ x: 120, y: 80, t: 0, p: 500 }],
  })
  points!: StrokePointRequest[];
}

export const STROKES_EXAMPLE = [
  {
    points: Array.from({ length: 24 }, (_, i) => ({ x: 40 + i * 6, y: 60 + (i % 6) * 14, t: i * 24, p: 400 + i * 8 })),
  },
];

class ScreenSignatureRequest {
  @Text({
    label: '看到的文本的内容摘要',
    max: 64,
    pattern: /^[0-9a-f]{64}$/,
    patternHint: '内容摘要应为 64 位十六进制数',
    example: HASH,
  })
  contentHash!: string;

  @ListOf(() => StrokeRequest, { label: '签名笔迹', max: 200, example: STROKES_EXAMPLE })
  strokes!: StrokeRequest[];

  @Flag({ label: '同意采用电子签名', example: true })
  agreesToElectronic!: boolean;

  @Instant({ label: '设备时间', example: '2026-09-19T11:05:00+08:00' })
  clientAt!: string;

  @Whole({ label: '阅读用时', min: 0, max: 86_400, description: '秒', example: 95 })
  secondsSpent!: number;

  @Flag({ label: '已看到全文末尾', example: true })
  scrolledToEnd!: boolean;

  @Flag({
    label: '设备已朗读至全文末尾',
    optional: true,
    description: '由人宣读的另行填写，并写明见证人',
    example: false,
  })
  isMachineRead?: boolean;
}

export class SignByLinkRequest extends ScreenSignatureRequest {}

export class SignOnTabletRequest extends ScreenSignatureRequest {
  @Text({ label: '签名位', max: 40, example: 'party-1' })
  slot!: string;

  @OneOf({ label: '身份核实方式', values: IDENTITY_CHECKS, example: 'document-compared' })
  identityCheck!: IdentityCheck;

  @Text({ label: '核实说明', max: 300, optional: true, example: '核对居民身份证原件' })
  identityNote?: string;

  @Text({ label: '见证人', max: 100, optional: true, example: '社区工作人员云娜' })
  witnessName?: string;

  @Flag({ label: '由他人宣读', optional: true, example: false })
  isReadAloud?: boolean;
}

class InkMarkRequest {
  @Text({ label: '签名位', max: 40, example: 'party-1' })
  slot!: string;

  @Day({ label: '签署日期', example: '2026-09-19' })
  signedOn!: string;

  @Flag({ label: '已签名', example: true })
  hasSignature!: boolean;

  @Flag({ label: '已按指印', example: true })
  hasFingerprint!: boolean;

  @Flag({ label: '已盖单位公章', optional: true, example: false })
  hasCorporateSeal?: boolean;

  @OneOf({ label: '身份核实方式', values: IDENTITY_CHECKS, example: 'document-compared' })
  identityCheck!: IdentityCheck;

  @Flag({ label: '由他人宣读', optional: true, example: false })
  isReadAloud?: boolean;
}

export class RecordInkRequest {
  @Text({
    label: '签署文本的内容摘要',
    max: 64,
    pattern: /^[0-9a-f]{64}$/,
    patternHint: '内容摘要应为 64 位十六进制数',
    example: HASH,
  })
  contentHash!: string;

  @Uuid({ label: '签署扫描件', description: '已上传到本事项的附件，PDF、JPEG 或 PNG' })
  scanAttachmentId!: string;

  @Text({ label: '见证人', max: 100, optional: true, example: '社区工作人员云娜' })
  witnessName?: string;

  @ListOf(() => InkMarkRequest, {
    label: '签署情况',
    min: 1,
    max: 100,
    example: [
      {
        slot: 'party-1',
        signedOn: '2026-09-19',
        hasSignature: true,
        hasFingerprint: true,
        identityCheck: 'document-compared',
      },
    ],
  })
  marks!: InkMarkRequest[];
}

export class RefuseSignatureRequest {
  @Text({ label: '签名位', max: 40, example: 'party-1' })
  slot!: string;

  @Text({ label: '拒签理由', max: 500, multiline: true, example: '认为付款期限太长，不同意签署。' })
  reason!: string;
}

export class RefuseByLinkRequest {
  @Text({
    label: '看到的文本的内容摘要',
    max: 64,
    pattern: /^[0-9a-f]{64}$/,
    patternHint: '内容摘要应为 64 位十六进制数',
    example: HASH,
  })
  contentHash!: string;

  @Text({ label: '理由', max: 500, multiline: true, example: '第二条与商量的不一样。' })
  reason!: string;
}

export class IssueLinkRequest {
  @Text({ label: '签名位', max: 40, example: 'party-2' })
  slot!: string;

  @Instant({ label: '有效期至', description: '七天以内', example: '2026-09-21T18:00:00+08:00' })
  expiresAt!: string;

  @OneOf({
    label: '身份核实方式',
    values: IDENTITY_CHECKS,
    description: '如何确认链接交到本人手中',
    example: 'phone-confirmed',
  })
  identityCheck!: IdentityCheck;

  @Text({ label: '核实说明', max: 300, optional: true, example: '拨打登记的手机，核对身份证号后四位' })
  identityNote?: string;
}

export class ConcludeOrallyRequest {
  @Instant({ label: '达成的时间', example: '2026-09-19T11:30:00+08:00' })
  reachedAt!: string;

  @Text({ label: '地点', max: 200, example: '光明社区会议室' })
  place!: string;
}

export class VoidAgreementRequest {
  @OneOf({ label: '作废事由', values: VOID_GROUNDS, example: 'all-agreed' })
  ground!: VoidGround;

  @Text({ label: '理由', max: 500, multiline: true, example: '全体当事人书面同意解除，书面意见存卷。' })
  reason!: string;
}
