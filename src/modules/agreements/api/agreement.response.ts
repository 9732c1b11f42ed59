import { COURT_OUTCOMES } from '../domain/court-outcome';
import { CONFIRMATION_STATES, HINTS } from '../domain/judicial-confirmation';
import { LIGHTS, type Light } from '../../../kernel';
import { Shows } from '../../../platform/http';
import { DifferenceResponse } from '../../documents';
import { AGREEMENT_STATES, type AgreementState } from '../domain/agreement-lifecycle';
import {
  AGREEMENT_KINDS,
  ATTENDEE_CAPACITIES,
  type AgreementKind,
  type AttendeeCapacity,
  IDENTITY_CHECKS,
  IMAGE_KINDS,
  type ImageKind,
  MARK_KINDS,
  MARK_METHODS,
  OBLIGATION_KINDS,
  RECEIPTS,
  RECORD_KINDS,
  RELATIONS,
  type Relation,
  SLOT_CAPACITIES,
  SLOT_STATES,
  VOID_GROUNDS,
} from '../domain/dictionaries';
import { PERFORMANCE_STATES } from '../domain/performance-lifecycle';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const AT = '2026-09-19T03:05:00.000Z';

export class FindingResponse {
  @Shows('在内容中的位置（JSON 指针）', { example: '/obligations/0/instalments' })
  pointer!: string;

  @Shows('规则代码', { example: 'agreements.instalments-sum' })
  code!: string;

  @Shows('说明', { example: '各期合计¥1,700.00，与总额¥1,800.00不一致，请核对各期金额。' })
  detail!: string;
}

export class AgreementStandingResponse {
  @Shows('协议标识', { example: ID })
  id!: string;

  @Shows('状态', { values: AGREEMENT_STATES, example: 'signing' })
  state!: AgreementState;

  @Shows('状态名称', { example: '签署中' })
  stateName!: string;

  @Shows('调解状态', { type: String, nullable: true, example: 'signing' })
  mediationState!: string | null;

  @Shows('签署轮次，退回修改后重新定稿加一', { example: 1 })
  round!: number;

  @Shows('定稿的内容摘要，签署时须带回', { type: String, nullable: true, example: HASH })
  contentHash!: string | null;

  @Shows('尚未签署的签名位数', { example: 3 })
  openSlots!: number;

  @Shows('定稿前须修改的地方', { type: [FindingResponse] })
  faults!: readonly FindingResponse[];

  @Shows('请核对的地方，不影响定稿', { type: [FindingResponse] })
  warnings!: readonly FindingResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['agreements.sign-on-tablet'] })
  allowedActs!: readonly string[];

  @Shows('版本号', { example: 2 })
  version!: number;
}

class CountdownResponse {
  @Shows('距最后一日还有几天，当天为 0，已过为负数', { example: 12 })
  daysLeft!: number;

  @Shows('灯', { values: LIGHTS, example: 'green' })
  light!: Light;
}

class ListedAgreementResponse {
  @Shows('协议标识', { example: ID })
  id!: string;

  @Shows('本事项的第几份协议', { example: 1 })
  ordinal!: number;

  @Shows('形式', { values: AGREEMENT_KINDS, example: 'written' })
  kind!: AgreementKind;

  @Shows('形式名称', { example: '书面协议' })
  kindName!: string;

  @Shows('与原协议的关系', { values: RELATIONS, example: 'original' })
  relation!: Relation;

  @Shows('关系名称', { example: '首次协议' })
  relationName!: string;

  @Shows('状态', { values: AGREEMENT_STATES, example: 'effective' })
  state!: AgreementState;

  @Shows('状态名称', { example: '已生效' })
  stateName!: string;

  @Shows('是否部分协议', { example: false })
  isPartial!: boolean;

  @Shows('编号', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  number!: string | null;

  @Shows('生效日期', { type: String, nullable: true, example: '2026-09-21' })
  effectiveOn!: string | null;

  @Shows('可以共同申请司法确认的最后一日', { type: String, nullable: true, example: '2026-10-21' })
  confirmationDueOn!: string | null;

  @Shows('司法确认倒计时，协议有效、还没有申请时才有', { type: CountdownResponse, nullable: true })
  confirmation!: CountdownResponse | null;

  @Shows('版本号', { example: 5 })
  version!: number;
}

class DraftChoiceResponse {
  @Shows('协议形式', { values: AGREEMENT_KINDS, example: 'written' })
  kind!: AgreementKind;

  @Shows('与原协议的关系', { values: RELATIONS, example: 'original' })
  relation!: Relation;

  @Shows('原协议', { type: String, nullable: true, example: null })
  baseId!: string | null;

  @Shows('名称', { example: '书面协议' })
  label!: string;
}

export class AgreementListResponse {
  @Shows('协议', { type: [ListedAgreementResponse] })
  items!: ListedAgreementResponse[];

  @Shows('现在可以起草的协议', { type: [DraftChoiceResponse] })
  draftChoices!: DraftChoiceResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['agreements.draft'] })
  allowedActs!: string[];
}

export class InstalmentResponse {
  @Shows('金额，分', { example: 60_000 })
  amountFen!: number;

  @Shows('付款日', { example: '2026-12-20' })
  dueOn!: string;
}

class ObligationResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('义务种类', { values: OBLIGATION_KINDS, example: 'payment' })
  kind!: string;

  @Shows('义务人', { type: String, nullable: true, example: ID })
  obligorId!: string | null;

  @Shows('权利人', { type: String, nullable: true, example: ID })
  obligeeId!: string | null;

  @Shows('内容', { example: '支付剩余租金' })
  content!: string;

  @Shows('金额，分', { type: Number, nullable: true, example: 180_000 })
  amountFen!: number | null;

  @Shows('履行期限', { type: String, nullable: true, example: '2026-12-20' })
  dueOn!: string | null;

  @Shows('履行地点', { type: String, nullable: true, example: '汇入出租人的银行账户' })
  place!: string | null;

  @Shows('履行方式', { type: String, nullable: true, example: '银行转账' })
  manner!: string | null;

  @Shows('代替原协议的哪一项', { type: String, nullable: true, example: null })
  replacesItemId!: string | null;

  @Shows('分期', { type: [InstalmentResponse] })
  instalments!: InstalmentResponse[];
}

class AgreementContentResponse {
  @Shows('纠纷主要事实、争议事项', { type: String, nullable: true, example: '双方就剩余租金发生争议。' })
  facts!: string | null;

  @Shows('各方当事人的责任', { type: String, nullable: true, example: '承租人确认欠付租金属实。' })
  responsibilities!: string | null;

  @Shows('协议内容', { type: String, isArray: true, example: ['承租人向出租人支付剩余租金。'] })
  clauses!: readonly string[];

  @Shows('履行说明', { type: String, nullable: true, example: null })
  performanceNote!: string | null;

  @Shows('违约责任', { type: String, nullable: true, example: null })
  breachClause!: string | null;

  @Shows('履行事项', { type: [ObligationResponse] })
  obligations!: ObligationResponse[];
}

class SignatoryResponse {
  @Shows('代理人或代表', { example: ID })
  id!: string;

  @Shows('姓名', { example: '陈宏' })
  name!: string;
}

class BoundPartyResponse {
  @Shows('当事人标识', { example: ID })
  id!: string;

  @Shows('姓名或名称', { example: '李建国' })
  name!: string;

  @Shows('类别', { values: { person: '个人', organization: '单位' }, example: 'person' })
  kind!: string;

  @Shows('本人可以签署', { example: true })
  maySignSelf!: boolean;

  @Shows('可以代为签署的人', { type: [SignatoryResponse] })
  representatives!: SignatoryResponse[];

  @Shows('没有人可以签署的，说明缺什么', { type: String, nullable: true, example: null })
  lacking!: string | null;

  @Shows('需要翻译的语言', { type: String, nullable: true, example: null })
  neededLanguage!: string | null;
}

class ProposedAttendeeResponse {
  @Shows('身份', { values: ATTENDEE_CAPACITIES, example: 'interpreter' })
  capacity!: AttendeeCapacity;

  @Shows('姓名', { example: '巴图' })
  name!: string;

  @Shows('翻译的语言，不知道的为空', { type: String, nullable: true, example: '蒙古语' })
  language!: string | null;

  @Shows('为哪些当事人翻译', { type: String, isArray: true, example: [ID] })
  partyIds!: string[];

  @Shows('已经安排过或者记录在案，先列入', { example: true })
  isPlanned!: boolean;

  @Shows('从哪里得知', { example: '调查记录' })
  source!: string;
}

class SigningImageResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('种类', { values: IMAGE_KINDS, example: 'photo' })
  kind!: ImageKind;

  @Shows('种类名称', { example: '签署照片' })
  kindName!: string;

  @Shows('图片的 SHA-256', { example: HASH })
  sha256!: string;

  @Shows('本人单独同意的时间', { example: AT })
  consentedAt!: string;

  @Shows('您可以办理的事项', { type: String, isArray: true, example: ['agreements.view-image'] })
  allowedActs!: string[];
}

class ImageChoiceResponse {
  @Shows('种类', { values: IMAGE_KINDS, example: 'photo' })
  kind!: ImageKind;

  @Shows('种类名称', { example: '签署照片' })
  kindName!: string;

  @Shows('请签署人单独同意的文字', { example: '我同意人民调解委员会拍摄并保存我签署本协议时的照片……' })
  consent!: string;
}

class MarkResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('类别', { values: MARK_KINDS, example: 'signature' })
  kind!: string;

  @Shows('方式', { values: MARK_METHODS, example: 'tablet' })
  method!: string;

  @Shows('方式名称', { example: '当场在签名板上签' })
  methodName!: string;

  @Shows('签署日期', { example: '2026-09-19' })
  signedOn!: string;

  @Shows('登记时间', { example: AT })
  serverAt!: string;

  @Shows('身份核实方式', { values: IDENTITY_CHECKS, example: 'document-compared' })
  identityCheck!: string;

  @Shows('见证人', { type: String, nullable: true, example: null })
  witnessName!: string | null;

  @Shows('是否按指印', { example: true })
  hasFingerprint!: boolean;

  @Shows('设备朗读至全文末尾', { example: false })
  isMachineRead!: boolean;

  @Shows('笔迹的 SHA-256', { type: String, nullable: true, example: HASH })
  strokesSha256!: string | null;

  @Shows('签署扫描件', { type: String, nullable: true, example: null })
  scanAttachmentId!: string | null;

  @Shows('经本人单独同意留存的影像', { type: [SigningImageResponse] })
  images!: SigningImageResponse[];

  @Shows('现在可以留存的影像，附同意书', { type: [ImageChoiceResponse] })
  imageChoices!: ImageChoiceResponse[];

  @Shows('证据链值', { example: HASH })
  chainHash!: string;
}

class PlanLinkResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('有效期至', { example: AT })
  expiresAt!: string;

  @Shows('首次打开时间', { type: String, nullable: true, example: null })
  openedAt!: string | null;

  @Shows('使用时间', { type: String, nullable: true, example: null })
  usedAt!: string | null;

  @Shows('是否还能使用', { example: true })
  isLive!: boolean;
}

class PlanSlotResponse {
  @Shows('签名位', { example: 'party-1' })
  slot!: string;

  @Shows('身份', {
    values: SLOT_CAPACITIES,
    example: 'party',
  })
  capacity!: string;

  @Shows('身份名称', { example: '当事人' })
  capacityName!: string;

  @Shows('当事人标识', { type: String, nullable: true, example: ID })
  partyId!: string | null;

  @Shows('代表谁签署', { example: '李建国' })
  signsFor!: string;

  @Shows('签署人', { example: '李建国' })
  signerName!: string;

  @Shows('翻译什么语言、为谁翻译；不是翻译人员的为空', {
    type: String,
    nullable: true,
    example: '蒙古语，为乌云毕力格翻译',
  })
  interprets!: string | null;

  @Shows('见证人、翻译人员签署表明什么；其他人为空', { type: String, nullable: true, example: null })
  signsAs!: string | null;

  @Shows('签名之外还按指印', { example: true })
  pressesFingerprint!: boolean;

  @Shows('状态', { values: SLOT_STATES, example: 'open' })
  state!: string;

  @Shows('状态名称', { example: '待签' })
  stateName!: string;

  @Shows('还缺的签署', { values: MARK_KINDS, isArray: true, example: ['signature'] })
  missing!: readonly string[];

  @Shows('约定了签署顺序的，第几位签；先后不限的为空', { type: Number, nullable: true, example: null })
  turn!: number | null;

  @Shows('说明，一句话', { example: '链接已打开，尚未签名。' })
  note!: string;

  @Shows('可以采用的身份核实方式', { values: IDENTITY_CHECKS, isArray: true, example: ['document-compared'] })
  identityChecks!: string[];

  @Shows('您在此签名位可以办理的事项', { type: String, isArray: true, example: ['agreements.sign-on-tablet'] })
  allowedActs!: string[];

  @Shows('签署齐备时间', { type: String, nullable: true, example: null })
  signedAt!: string | null;

  @Shows('拒签理由', { type: String, nullable: true, example: null })
  refusalReason!: string | null;

  @Shows('最近一次签署链接', { type: PlanLinkResponse, nullable: true })
  link!: PlanLinkResponse | null;

  @Shows('签署', { type: [MarkResponse] })
  marks!: MarkResponse[];
}

class SealedPaperResponse {
  @Shows('文书标识，可凭此下载', { example: ID })
  id!: string;

  @Shows('文件的 SHA-256', { example: HASH })
  sha256!: string;

  @Shows('查验码', { example: 'A7K2-9M4P-XQ3R' })
  verificationCode!: string;

  @Shows('状态', { example: 'sealed' })
  state!: string;

  @Shows('页数', { example: 3 })
  pageCount!: number;
}

class ConfirmationResponse extends CountdownResponse {
  @Shows('可以共同申请的最后一日', { example: '2026-10-21' })
  dueOn!: string;

  @Shows('放假安排尚未公布，暂算', { example: false })
  isProvisional!: boolean;

  @Shows('如何算得', {
    type: String,
    isArray: true,
    example: ['依据《中华人民共和国人民调解法》第三十三条，期限为30日。'],
  })
  explanation!: string[];

  @Shows('期限已过', { example: false })
  isOver!: boolean;

  @Shows('已经申请的，一句话说明；没有申请的为空', { type: String, nullable: true, example: null })
  application!: string | null;
}

class WaitingResponse {
  @Shows('已签署的人数，印章不计', { example: 2 })
  signed!: number;

  @Shows('须签署的人数', { example: 4 })
  total!: number;

  @Shows('还差谁，一句话', { example: '还差2人：乌云毕力格、郑记录。' })
  sentence!: string;
}

class RelatedAgreementResponse {
  @Shows('协议标识', { example: ID })
  id!: string;

  @Shows('是本协议的原协议；否则是后来补充、更正、替代本协议的', { example: true })
  isBase!: boolean;

  @Shows('本事项的第几份协议', { example: 1 })
  ordinal!: number;

  @Shows('与原协议的关系', { values: RELATIONS, example: 'original' })
  relation!: Relation;

  @Shows('关系名称', { example: '首次协议' })
  relationName!: string;

  @Shows('状态', { values: AGREEMENT_STATES, example: 'effective' })
  state!: AgreementState;

  @Shows('状态名称', { example: '已生效' })
  stateName!: string;

  @Shows('编号', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  number!: string | null;

  @Shows('生效日期', { type: String, nullable: true, example: '2026-09-21' })
  effectiveOn!: string | null;
}

class HeadingsResponse {
  @Shows('事实部分的标题', { example: '纠纷主要事实、争议事项' })
  facts!: string;

  @Shows('内容部分的标题', { example: '协议内容' })
  clauses!: string;
}

class ReplaceableItemResponse {
  @Shows('履行事项标识', { example: ID })
  id!: string;

  @Shows('内容', { example: '支付剩余租金（第2期，共3期）' })
  content!: string;

  @Shows('尚未给付，分', { type: Number, nullable: true, example: 60_000 })
  amountFen!: number | null;

  @Shows('履行期限', { example: '2026-12-20' })
  dueOn!: string;
}

export class AgreementResponse extends AgreementStandingResponse {
  @Shows('事项标识', { example: ID })
  disputeId!: string;

  @Shows('本事项的第几份协议', { example: 1 })
  ordinal!: number;

  @Shows('形式', { values: AGREEMENT_KINDS, example: 'written' })
  kind!: AgreementKind;

  @Shows('形式名称', { example: '书面协议' })
  kindName!: string;

  @Shows('与原协议的关系', { values: RELATIONS, example: 'original' })
  relation!: Relation;

  @Shows('关系名称', { example: '首次协议' })
  relationName!: string;

  @Shows('原协议', { type: String, nullable: true, example: null })
  baseId!: string | null;

  @Shows('协议书各部分的标题', { type: HeadingsResponse })
  headings!: HeadingsResponse;

  @Shows('原协议，和后来补充、更正、替代本协议的协议', { type: [RelatedAgreementResponse] })
  related!: RelatedAgreementResponse[];

  @Shows('原协议中还没有履行完、可以重新约定的事项', { type: [ReplaceableItemResponse] })
  replaceable!: ReplaceableItemResponse[];

  @Shows('是否部分协议', { example: false })
  isPartial!: boolean;

  @Shows('未参加本协议的当事人', { type: String, isArray: true, example: [] })
  excludedPartyIds!: string[];

  @Shows('编号', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  number!: string | null;

  @Shows('内容', { type: AgreementContentResponse })
  content!: AgreementContentResponse;

  @Shows('当事人', { type: [BoundPartyResponse] })
  parties!: BoundPartyResponse[];

  @Shows('不能采用电子签名的原因；可以采用的为空', { type: String, nullable: true, example: null })
  inkOnlyReason!: string | null;

  @Shows('已同意电子签名的当事人', { type: String, isArray: true, example: [ID] })
  electronicPartyIds!: string[];

  @Shows('约定电子签名的日期', { type: String, nullable: true, example: '2026-09-18' })
  electronicAgreedOn!: string | null;

  @Shows('份数（当事人人数加一）', { type: Number, nullable: true, example: 3 })
  copies!: number | null;

  @Shows('签署文本文件的 SHA-256', { type: String, nullable: true, example: HASH })
  signingCopySha256!: string | null;

  @Shows('定稿时间', { type: String, nullable: true, example: AT })
  frozenAt!: string | null;

  @Shows('签署安排', { type: [PlanSlotResponse] })
  plan!: PlanSlotResponse[];

  @Shows('签署进度', { type: WaitingResponse })
  waiting!: WaitingResponse;

  @Shows('定稿时可以列入的见证人、翻译人员：以前安排过的，记录在案的；不能定稿的为空', {
    type: [ProposedAttendeeResponse],
  })
  proposedAttendees!: ProposedAttendeeResponse[];

  @Shows('签署安排中的见证人', { type: String, isArray: true, example: ['云娜'] })
  witnessNames!: string[];

  @Shows('口头协议达成时间', { type: String, nullable: true, example: null })
  reachedAt!: string | null;

  @Shows('口头协议达成地点', { type: String, nullable: true, example: null })
  reachedPlace!: string | null;

  @Shows('盖章的协议书', { type: SealedPaperResponse, nullable: true })
  paper!: SealedPaperResponse | null;

  @Shows('盖章时间', { type: String, nullable: true, example: null })
  sealedAt!: string | null;

  @Shows('生效时间', { type: String, nullable: true, example: null })
  effectiveAt!: string | null;

  @Shows('生效日期', { type: String, nullable: true, example: null })
  effectiveOn!: string | null;

  @Shows('司法确认的期限', { type: ConfirmationResponse, nullable: true })
  confirmation!: ConfirmationResponse | null;

  @Shows('作废或被替代的时间', { type: String, nullable: true, example: null })
  endedAt!: string | null;

  @Shows('作废事由', { type: String, nullable: true, values: VOID_GROUNDS, example: null })
  endGround!: string | null;

  @Shows('作废或撤回的理由', { type: String, nullable: true, example: null })
  endReason!: string | null;
}

export class IssuedLinkResponse {
  @Shows('链接标识', { example: ID })
  id!: string;

  @Shows('签名位', { example: 'party-2' })
  slot!: string;

  @Shows('签署人', { example: '乌云毕力格' })
  signerName!: string;

  @Shows('一次性凭证，只显示这一次', { example: 'kP3vXq0mT9yWc2LhZr5bNf8sJd1aGeUo7iQxYtRwE4M' })
  token!: string;

  @Shows('有效期至', { example: AT })
  expiresAt!: string;
}

class SignedObligationResponse {
  @Shows('义务人', { example: '乌云毕力格' })
  obligor!: string;

  @Shows('权利人', { example: '青城数码租赁有限公司' })
  obligee!: string;

  @Shows('内容', { example: '支付剩余租金（第1期，共3期）' })
  content!: string;

  @Shows('金额，分', { type: Number, nullable: true, example: 60_000 })
  amountFen!: number | null;

  @Shows('履行期限', { example: '2026-12-20' })
  dueOn!: string;

  @Shows('履行地点', { type: String, nullable: true, example: '汇入出租人的银行账户' })
  place!: string | null;

  @Shows('履行方式', { example: '银行转账' })
  manner!: string;
}

class AgreementDraftResponse {
  @Shows('稿的标识，可凭此下载', { example: ID })
  id!: string;

  @Shows('第几稿', { example: 2 })
  number!: number;

  @Shows('谁写的', { type: String, nullable: true, example: '刘调解' })
  writtenByName!: string | null;

  @Shows('写成时间', { example: AT })
  writtenAt!: string;

  @Shows('首次出稿的时间；没有出过的，再改仍是这一稿', { type: String, nullable: true, example: AT })
  shownAt!: string | null;

  @Shows('定稿签署的轮次；没有签署的为空', { type: Number, nullable: true, example: 1 })
  round!: number | null;

  @Shows('与前一稿相比的改动', { type: [DifferenceResponse] })
  differences!: DifferenceResponse[];
}

export class AgreementDraftListResponse {
  @Shows('各稿，最新的在前', { type: [AgreementDraftResponse] })
  items!: AgreementDraftResponse[];
}

class EarlierSignatureResponse {
  @Shows('上次签署的日期', { example: '2026-09-18' })
  signedOn!: string;

  @Shows('上次签署的是第几稿', { example: 1 })
  draft!: number;

  @Shows('此后的改动', { type: [DifferenceResponse] })
  differences!: DifferenceResponse[];
}

class EarlierAtPlaceResponse extends EarlierSignatureResponse {
  @Shows('签名位', { example: 'party-1' })
  slot!: string;
}

/** The frozen text, for whoever signs. */
class SignedTextResponse {
  @Shows('文书名称', { example: '人民调解协议书' })
  title!: string;

  @Shows('各部分的标题', { type: HeadingsResponse })
  headings!: HeadingsResponse;

  @Shows('所补充、更正或者替代的原协议，一句话', { type: String, nullable: true, example: null })
  earlierAgreement!: string | null;

  @Shows('协议书编号', { example: '新城人调字〔2026〕12号' })
  number!: string;

  @Shows('纠纷名称', { example: '手机租赁合同纠纷' })
  disputeName!: string;

  @Shows('人民调解委员会', { example: '新城区光明社区人民调解委员会' })
  committee!: string;

  @Shows('各方当事人', { type: String, isArray: true, example: ['青城数码租赁有限公司', '乌云毕力格'] })
  partyNames!: string[];

  @Shows('纠纷主要事实、争议事项', { example: '双方就剩余租金发生争议。' })
  facts!: string;

  @Shows('各方当事人的责任', { type: String, nullable: true, example: null })
  responsibilities!: string | null;

  @Shows('协议内容', { type: String, isArray: true, example: ['承租人向出租人支付剩余租金。'] })
  clauses!: readonly string[];

  @Shows('履行事项', { type: [SignedObligationResponse] })
  obligations!: SignedObligationResponse[];

  @Shows('金额合计，分', { type: Number, nullable: true, example: 180_000 })
  totalFen!: number | null;

  @Shows('履行说明', { type: String, nullable: true, example: null })
  performanceNote!: string | null;

  @Shows('违约责任', { type: String, nullable: true, example: null })
  breachClause!: string | null;

  @Shows('份数', { example: 3 })
  copies!: number;

  @Shows('内容摘要，签名时须带回', { example: HASH })
  contentHash!: string;
}

/** The same in presence, with what was changed for each who has to sign anew. */
export class FrozenTextResponse extends SignedTextResponse {
  @Shows('签过以后文本又有改动的人：上次签的是哪一稿，改了什么', { type: [EarlierAtPlaceResponse] })
  earlier!: EarlierAtPlaceResponse[];
}

export class SigningTextResponse extends SignedTextResponse {
  @Shows('您上次签的是哪一稿，此后改了什么；没有签过的为空', { type: EarlierSignatureResponse, nullable: true })
  earlier!: EarlierSignatureResponse | null;

  @Shows('签署人', { example: '乌云毕力格' })
  signerName!: string;

  @Shows('代表谁签署', { example: '乌云毕力格' })
  signsFor!: string;

  @Shows('见证人、翻译人员签署表明什么；其他人为空', { type: String, nullable: true, example: null })
  signsAs!: string | null;

  @Shows('约定了签署顺序的，须等谁先签；轮到本人的为空', { type: String, nullable: true, example: null })
  waitsFor!: string | null;

  @Shows('还须加盖单位公章', { example: false })
  needsCorporateSeal!: boolean;

  @Shows('综治中心电话，有不明白的打这个电话', { type: String, nullable: true, example: '0471-6600001' })
  centerPhone!: string | null;

  @Shows('链接有效期至', { example: AT })
  expiresAt!: string;

  @Shows('您可以办理的事项', { type: String, isArray: true, example: ['signing.sign', 'signing.refuse'] })
  allowedActs!: string[];
}

export class SignedByLinkResponse {
  @Shows('结果', { values: { signed: '已签名', refused: '已拒签' }, example: 'signed' })
  state!: 'signed' | 'refused';

  @Shows('签名时间', { type: String, nullable: true, example: AT })
  signedAt!: string | null;

  @Shows('签署人', { example: '乌云毕力格' })
  signerName!: string;

  @Shows('下一步', { example: '签名已收到。待各方签署齐备并加盖调委会印章后，协议生效。' })
  message!: string;
}

export class PerformanceStandingResponse {
  @Shows('履行事项标识', { example: ID })
  id!: string;

  @Shows('状态', { values: PERFORMANCE_STATES, example: 'open' })
  state!: string;

  @Shows('状态名称', { example: '待履行' })
  stateName!: string;

  @Shows('已给付，分', { example: 60_000 })
  performedFen!: number;

  @Shows('尚未给付，分', { type: Number, nullable: true, example: 120_000 })
  remainingFen!: number | null;

  @Shows('是否逾期', { example: false })
  isOverdue!: boolean;

  @Shows('版本号', { example: 2 })
  version!: number;
}

export class PerformanceChangeResponse extends PerformanceStandingResponse {
  @Shows('调解状态', { type: String, nullable: true, example: 'performing' })
  mediationState!: string | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['performance.record'] })
  allowedActs!: readonly string[];
}

class ReceiptWordResponse {
  @Shows('谁怎么说，一句话', {
    example: '青城数码租赁有限公司（本人用链接答复）：没有收到，或者与记录不符。账户里没有这笔钱。',
  })
  sentence!: string;

  @Shows('时间', { example: AT })
  saidAt!: string;
}

class PerformanceRecordResponse {
  @Shows('记录标识', { example: ID })
  id!: string;

  @Shows('类别', { values: RECORD_KINDS, example: 'performance' })
  kind!: string;

  @Shows('金额，分', { type: Number, nullable: true, example: 60_000 })
  amountFen!: number | null;

  @Shows('履行日期', { type: String, nullable: true, example: '2026-12-20' })
  performedOn!: string | null;

  @Shows('履行方式', { type: String, nullable: true, example: 'transfer' })
  manner!: string | null;

  @Shows('权利人是否已确认', { type: Boolean, nullable: true, example: true })
  isConfirmedByObligee!: boolean | null;

  @Shows('权利人的话到了哪一步；督促、违约记录没有', { values: RECEIPTS, nullable: true, example: 'awaited' })
  receipt!: string | null;

  @Shows('上一项的名称', { type: String, nullable: true, example: '待权利人确认' })
  receiptName!: string | null;

  @Shows('双方说法不一，等待认定', { example: false })
  isDisputed!: boolean;

  @Shows('权利人的话和认定，先后为序', { type: [ReceiptWordResponse] })
  receiptWords!: ReceiptWordResponse[];

  @Shows('履行凭证', { type: String, isArray: true, example: [ID] })
  attachmentIds!: string[];

  @Shows('说明', { type: String, nullable: true, example: null })
  note!: string | null;

  @Shows('登记时间', { example: AT })
  recordedAt!: string;

  @Shows('冲销时间', { type: String, nullable: true, example: null })
  retractedAt!: string | null;

  @Shows('冲销理由', { type: String, nullable: true, example: null })
  retractReason!: string | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['performance.retract'] })
  allowedActs!: string[];
}

class PromiseReminderResponse {
  @Shows('哪一次提醒', { example: 'due-7' })
  step!: string;

  @Shows('已经提醒或者将要提醒，一句话', { example: '若届时仍未履行，将于2026年12月13日提醒（到期前7日提醒）。' })
  sentence!: string;
}

class WayResponse {
  @Shows('可以怎么办', { example: '要起诉的，装订提交法院的材料' })
  words!: string;

  @Shows('在事项的哪一页办', { example: 'dossier' })
  tab!: string;
}

class PerformanceItemResponse extends PerformanceStandingResponse {
  @Shows('协议标识', { example: ID })
  agreementId!: string;

  @Shows('序号', { example: 1 })
  ordinal!: number;

  @Shows('义务种类', { values: OBLIGATION_KINDS, example: 'payment' })
  kind!: string;

  @Shows('义务人', { example: ID })
  obligorId!: string;

  @Shows('义务人姓名或名称', { example: '乌云毕力格' })
  obligorName!: string;

  @Shows('权利人', { example: ID })
  obligeeId!: string;

  @Shows('权利人姓名或名称', { example: '青城数码租赁有限公司' })
  obligeeName!: string;

  @Shows('内容', { example: '支付剩余租金（第1期，共3期）' })
  content!: string;

  @Shows('应给付，分', { type: Number, nullable: true, example: 60_000 })
  amountFen!: number | null;

  @Shows('履行期限', { example: '2026-12-20' })
  dueOn!: string;

  @Shows('最近履行日期', { type: String, nullable: true, example: null })
  performedOn!: string | null;

  @Shows('违约情况', { type: String, nullable: true, example: null })
  breachReason!: string | null;

  @Shows('灯；已履行的没有', { values: LIGHTS, nullable: true, example: 'green' })
  light!: Light | null;

  @Shows('记录', { type: [PerformanceRecordResponse] })
  records!: PerformanceRecordResponse[];

  @Shows('违约后可以怎么办', { type: [WayResponse] })
  ways!: readonly WayResponse[];

  @Shows('到期前后的提醒；已履行的没有', { type: [PromiseReminderResponse] })
  reminders!: PromiseReminderResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['performance.record'] })
  allowedActs!: string[];
}

class ConfirmationCheckResponse {
  @Shows('法院确认的条件', { example: '是书面协议' })
  condition!: string;

  @Shows('是否符合', { example: true })
  isMet!: boolean;

  @Shows('说明', { example: '有各方签名的协议书。' })
  note!: string;
}

class ConfirmationApplicationResponse {
  @Shows('申请标识', { example: ID })
  id!: string;

  @Shows('申请的状态', { values: CONFIRMATION_STATES, example: 'applied' })
  state!: string;

  @Shows('状态名称', { example: '已申请' })
  stateName!: string;

  @Shows('一句话说明', { example: '各方已于2026年9月28日共同向呼和浩特市新城区人民法院申请，等待法院受理。' })
  sentence!: string;

  @Shows('申请时人工核对过的各点', { type: String, isArray: true, example: [HINTS.lawful] })
  looked!: string[];

  @Shows('核对的情况', { type: String, nullable: true, example: null })
  hintsNote!: string | null;

  @Shows('申请书扫描件', { type: String, nullable: true, example: null })
  applicationAttachmentId!: string | null;

  @Shows('裁定书扫描件', { type: String, nullable: true, example: null })
  rulingAttachmentId!: string | null;
}

class ProposedApplicationResponse {
  @Shows('协议的全体当事人', { type: String, isArray: true, example: [ID] })
  partyIds!: string[];

  @Shows('调委会所在地的法院', { type: String, nullable: true, example: '呼和浩特市新城区人民法院' })
  court!: string | null;
}

class WatchedConfirmationResponse {
  @Shows('剩余天数，最后一日为0，过期为负；已经申请的为空', { type: Number, nullable: true, example: 30 })
  daysLeft!: number | null;

  @Shows('灯；已经申请的没有', { values: LIGHTS, nullable: true, example: 'green' })
  light!: Light | null;

  @Shows('可以共同申请的最后一日', { example: '2026-10-21' })
  dueOn!: string;

  @Shows('放假安排尚未公布，暂算', { example: false })
  isProvisional!: boolean;

  @Shows('法院确认的条件，逐项；已经申请的为空', { type: [ConfirmationCheckResponse] })
  checks!: ConfirmationCheckResponse[];

  @Shows('生效后第7、20、25、28日的提醒', { type: [PromiseReminderResponse] })
  reminders!: PromiseReminderResponse[];

  @Shows('登记的申请，先后为序', { type: [ConfirmationApplicationResponse] })
  applications!: ConfirmationApplicationResponse[];

  @Shows('登记申请时先填好的', { type: ProposedApplicationResponse })
  proposed!: ProposedApplicationResponse;

  @Shows('法院驳回后可以怎么办', { type: [WayResponse] })
  ways!: readonly WayResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['confirmations.apply'] })
  allowedActs!: string[];
}

class WatchedAgreementResponse {
  @Shows('协议标识', { example: ID })
  agreementId!: string;

  @Shows('本事项的第几份协议', { example: 1 })
  ordinal!: number;

  @Shows('司法确认的期限和条件', { type: WatchedConfirmationResponse, nullable: true })
  confirmation!: WatchedConfirmationResponse | null;

  @Shows('经司法确认的，申请强制执行期间的最后一日（最后一期到期之日起两年，裁定更晚的从裁定起算）；已履行完毕的为空', {
    type: String,
    nullable: true,
    example: '2028-12-20',
  })
  enforcementEndsOn!: string | null;

  @Shows('法院已经裁定确认有效', { example: false })
  isConfirmed!: boolean;

  @Shows('申请强制执行期间届满前的提醒', { type: [PromiseReminderResponse] })
  enforcementReminders!: PromiseReminderResponse[];
}

class CourtOutcomeResponse {
  @Shows('登记标识', { example: ID })
  id!: string;

  @Shows('结果', { values: COURT_OUTCOMES, example: 'sued' })
  kind!: string;

  @Shows('结果名称', { example: '达成协议后起诉' })
  kindName!: string;

  @Shows('一句话说明', { example: '一方于2026年10月12日向呼和浩特市新城区人民法院起诉。' })
  sentence!: string;

  @Shows('对协议意味着什么', { example: '判决生效以前协议照常有效。' })
  meaning!: string;

  @Shows('说明', { type: String, nullable: true, example: null })
  note!: string | null;

  @Shows('判决书扫描件', { type: String, nullable: true, example: null })
  attachmentId!: string | null;

  @Shows('登记人', { example: '赵调解' })
  recordedByName!: string;

  @Shows('登记时间', { example: AT })
  recordedAt!: string;

  @Shows('撤销时间', { type: String, nullable: true, example: null })
  retractedAt!: string | null;

  @Shows('撤销理由', { type: String, nullable: true, example: null })
  retractReason!: string | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['court-outcomes.retract'] })
  allowedActs!: string[];
}

class AgreementBeforeCourtResponse {
  @Shows('协议标识', { example: ID })
  agreementId!: string;

  @Shows('本事项的第几份协议', { example: 1 })
  ordinal!: number;

  @Shows('协议状态名称', { example: '已生效' })
  stateName!: string;

  @Shows('登记时先填好的法院', { type: String, nullable: true, example: '呼和浩特市新城区人民法院' })
  proposedCourt!: string | null;

  @Shows('登记的结果，先后为序，包括撤销的', { type: [CourtOutcomeResponse] })
  outcomes!: CourtOutcomeResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['court-outcomes.record'] })
  allowedActs!: string[];
}

class CourtOutcomeKindResponse {
  @Shows('结果名称', { example: '达成协议后起诉' })
  name!: string;

  @Shows('对协议意味着什么', { example: '判决生效以前协议照常有效。' })
  meaning!: string;
}

export class PerformanceLedgerResponse {
  @Shows('生效过的各份协议到法院以后的情况，不含司法确认', { type: [AgreementBeforeCourtResponse] })
  beforeCourt!: AgreementBeforeCourtResponse[];

  @Shows('可以登记的各种结果', { type: [CourtOutcomeKindResponse] })
  courtOutcomeKinds!: CourtOutcomeKindResponse[];

  @Shows('还没有履行完毕、可以申请或者已经申请司法确认的有效协议', { type: [WatchedAgreementResponse] })
  agreements!: WatchedAgreementResponse[];

  @Shows('履行事项', { type: [PerformanceItemResponse] })
  items!: PerformanceItemResponse[];
}
