import { Shows } from '../../../platform/http';
import {
  CAPACITIES,
  CONSENT_ANSWERS,
  CONTACTED_PERSONS,
  CONTACT_CHANNELS,
  CONTACT_OUTCOMES,
  ETHNICITIES,
  NOTICE_METHODS,
  ORGANIZATION_KINDS,
  OTHER_ROUTES,
  PARTY_KINDS,
  REPRESENTATIVE_KINDS,
  REVEALABLE,
  SCOPES,
  SIDES,
} from '../domain/dictionaries';
import { PARTY_STATES } from '../domain/party-lifecycle';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-11-20T01:30:00.000Z';

export class RepresentativeResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('代理类别', { enum: Object.keys(REPRESENTATIVE_KINDS), example: 'entrusted' })
  kind!: string;

  @Shows('代理类别名称', { example: '委托代理人' })
  kindName!: string;

  @Shows('姓名', { example: '王律师' })
  name!: string;

  @Shows('与当事人的关系或者职务', { type: String, nullable: true, example: '受托律师' })
  relation!: string | null;

  @Shows('所在单位', { type: String, nullable: true, example: null })
  employer!: string | null;

  @Shows('联系电话（隐去中间）', { type: String, nullable: true, example: '139****0009' })
  phoneMasked!: string | null;

  @Shows('代理权限', { enum: Object.keys(SCOPES), isArray: true, example: ['attend', 'sign'] })
  scope!: string[];

  @Shows('期限起', { example: '2026-01-01' })
  validFrom!: string;

  @Shows('期限止', { type: String, nullable: true, example: '2026-12-31' })
  validTo!: string | null;

  @Shows('授权文件附件', { type: String, nullable: true, example: null })
  authorityAttachmentId!: string | null;

  @Shows('权限来源说明', { type: String, nullable: true, example: '授权委托书原件存卷' })
  authorityNote!: string | null;

  @Shows('今日有效', { example: true })
  isInForce!: boolean;

  @Shows('终止日期', { type: String, nullable: true, example: null })
  endedOn!: string | null;

  @Shows('终止理由', { type: String, nullable: true, example: null })
  endReason!: string | null;

  @Shows('今日可以代为签署协议', { example: true })
  maySign!: boolean;
}

export class PartyResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('事项', { example: ID })
  disputeId!: string;

  @Shows('序号，也是签名顺序', { example: 1 })
  ordinal!: number;

  @Shows('类别', { enum: Object.keys(PARTY_KINDS), example: 'person' })
  kind!: string;

  @Shows('类别名称', { example: '自然人' })
  kindName!: string;

  @Shows('姓名或名称；未成年人只显示姓', { example: '李建国' })
  name!: string;

  @Shows('别名', { type: String, isArray: true, example: [] })
  aliases!: string[];

  @Shows('所在一方', { type: String, nullable: true, enum: Object.keys(SIDES), example: 'applicant' })
  side!: string | null;

  @Shows('所在一方名称', { type: String, nullable: true, example: '申请方' })
  sideName!: string | null;

  @Shows('状态', { enum: Object.keys(PARTY_STATES), example: 'active' })
  state!: string;

  @Shows('状态名称', { example: '参加调解' })
  stateName!: string;

  @Shows('退出的理由', { type: String, nullable: true, example: null })
  stateReason!: string | null;

  @Shows('是否参加调解', { example: true })
  isActive!: boolean;

  @Shows('继受自哪位当事人', { type: String, nullable: true, example: null })
  succeedsPartyId!: string | null;

  @Shows('死亡日期', { type: String, nullable: true, example: null })
  diedOn!: string | null;

  @Shows('是否未成年', { example: false })
  isMinor!: boolean;

  @Shows('性别', { type: String, nullable: true, enum: ['male', 'female'], example: 'male' })
  sex!: string | null;

  @Shows('年龄；未成年人不显示', { type: Number, nullable: true, example: 76 })
  age!: number | null;

  @Shows('行为能力代码', { enum: Object.keys(CAPACITIES), example: 'by-age' })
  capacity!: string;

  @Shows('行为能力', { example: '按年龄认定' })
  capacityName!: string;

  @Shows('民族代码', { type: String, nullable: true, enum: Object.keys(ETHNICITIES), example: 'mongol' })
  ethnicity!: string | null;

  @Shows('民族', { type: String, nullable: true, example: '蒙古族' })
  ethnicityName!: string | null;

  @Shows('职业', { type: String, nullable: true, example: '退休' })
  occupation!: string | null;

  @Shows('需要翻译的语言', { type: String, nullable: true, example: '蒙古语' })
  neededLanguage!: string | null;

  @Shows('住址（隐去门牌）', { type: String, nullable: true, example: '新城区海拉尔东路**号' })
  addressMasked!: string | null;

  @Shows('联系电话（隐去中间）', { type: String, nullable: true, example: '139****0001' })
  phoneMasked!: string | null;

  @Shows('代为联系的人', { type: String, nullable: true, example: null })
  contactThrough!: string | null;

  @Shows('证件类型', { type: String, nullable: true, example: '居民身份证（公民身份号码）' })
  documentKindName!: string | null;

  @Shows('证件号码（隐去中间）', { type: String, nullable: true, example: '110105********002X' })
  documentNumberMasked!: string | null;

  @Shows('单位类型代码', { type: String, nullable: true, enum: Object.keys(ORGANIZATION_KINDS), example: null })
  organizationKind!: string | null;

  @Shows('单位类型', { type: String, nullable: true, example: null })
  organizationKindName!: string | null;

  @Shows('统一社会信用代码；个体工商户的隐去中间', { type: String, nullable: true, example: null })
  creditCode!: string | null;

  @Shows('法定代表人或负责人', { type: String, nullable: true, example: null })
  legalRepresentative!: string | null;

  @Shows('经营者', { type: String, nullable: true, example: null })
  operatorName!: string | null;

  @Shows('所属单位', { type: String, nullable: true, example: null })
  parentOrganization!: string | null;

  @Shows('调解意愿', { values: { pending: '待征询', agreed: '同意调解', refused: '不同意调解' }, example: 'agreed' })
  consent!: string;

  @Shows('调解意愿名称', { example: '同意' })
  consentName!: string;

  @Shows('表示意愿的时间', { type: String, nullable: true, example: AT })
  consentAt!: string | null;

  @Shows('权利义务告知书签收时间', { type: String, nullable: true, example: AT })
  noticeSignedAt!: string | null;

  @Shows('今日可由本人签署协议', { example: true })
  maySignSelf!: boolean;

  @Shows('今日无人可以签署的原因', { type: String, nullable: true, example: null })
  signatureLacking!: string | null;

  @Shows('代理人、代表人', { type: [RepresentativeResponse] })
  representatives!: RepresentativeResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['parties.correct'] })
  allowedActs!: string[];

  @Shows('版本号', { example: 1 })
  version!: number;
}

export class SuccessionResponse {
  @Shows('全部当事人', { type: [PartyResponse] })
  items!: PartyResponse[];
}

export class PartyListResponse extends SuccessionResponse {
  @Shows('参加调解的人数', { example: 6 })
  parties!: number;

  @Shows('尚未表示意愿的人数', { example: 0 })
  consentsMissing!: number;

  @Shows('拒绝调解的人数', { example: 0 })
  consentsRefused!: number;

  @Shows('尚未签收权利义务告知书的人数', { example: 0 })
  rightsNoticesMissing!: number;

  @Shows('是否只就部分当事人、部分事项调解', { example: false })
  isPartial!: boolean;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['parties.add'] })
  allowedActs!: string[];
}

export class ConsentResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('答复', { enum: Object.keys(CONSENT_ANSWERS), example: 'agreed' })
  answer!: string;

  @Shows('答复名称', { example: '同意调解' })
  answerName!: string;

  @Shows('征询方式', { enum: Object.keys(CONTACT_CHANNELS), example: 'in-person' })
  channel!: string;

  @Shows('征询方式名称', { example: '当面' })
  channelName!: string;

  @Shows('征询时间', { example: AT })
  askedAt!: string;

  @Shows('征询人', { example: '王敏' })
  askedByName!: string;

  @Shows('答复的代理人', { type: String, nullable: true, example: null })
  answeredByRepresentativeId!: string | null;

  @Shows('说明', { type: String, nullable: true, example: null })
  note!: string | null;

  @Shows('已告知的其他途径', { enum: Object.keys(OTHER_ROUTES), isArray: true, example: [] })
  routesTold!: string[];

  @Shows('书面材料', { type: String, nullable: true, example: null })
  attachmentId!: string | null;
}

export class RightsNoticeResponse {
  @Shows('签收方式', { enum: Object.keys(NOTICE_METHODS), example: 'on-site' })
  method!: string;

  @Shows('签收方式名称', { example: '当面宣读并签收' })
  methodName!: string;

  @Shows('签收时间', { example: AT })
  signedAt!: string;

  @Shows('告知人', { example: '王敏' })
  toldByName!: string;

  @Shows('代为签收的代理人', { type: String, nullable: true, example: null })
  signedByRepresentativeId!: string | null;

  @Shows('见证人', { type: String, nullable: true, example: null })
  witness!: string | null;

  @Shows('签收扫描件', { type: String, nullable: true, example: null })
  attachmentId!: string | null;
}

export class ContactAttemptResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('联系时间', { example: AT })
  at!: string;

  @Shows('联系方式', { enum: Object.keys(CONTACT_CHANNELS), example: 'phone' })
  channel!: string;

  @Shows('联系方式名称', { example: '电话' })
  channelName!: string;

  @Shows('联系对象', { enum: Object.keys(CONTACTED_PERSONS), example: 'relative' })
  contacted!: string;

  @Shows('联系对象名称', { example: '亲属' })
  contactedLabel!: string;

  @Shows('联系人姓名', { type: String, nullable: true, example: '李大山' })
  contactedName!: string | null;

  @Shows('联系目的', { type: String, nullable: true, example: '请转告当事人与中心联系' })
  purpose!: string | null;

  @Shows('告知的依据', { type: String, nullable: true, example: '当事人登记的紧急联系人' })
  basis!: string | null;

  @Shows('结果', { enum: Object.keys(CONTACT_OUTCOMES), example: 'relayed' })
  outcome!: string;

  @Shows('结果名称', { example: '已请他人转告' })
  outcomeName!: string;

  @Shows('说明', { type: String, nullable: true, example: null })
  note!: string | null;

  @Shows('联系人员', { example: '王敏' })
  madeByName!: string;
}

export class ContactOfPartyResponse extends ContactAttemptResponse {
  @Shows('当事人', { example: ID })
  partyId!: string;

  @Shows('当事人姓名或名称；未成年人只显示姓', { example: '李建国' })
  partyName!: string;
}

export class ContactListResponse {
  @Shows('联系记录，最近的在前', { type: [ContactOfPartyResponse] })
  items!: ContactOfPartyResponse[];

  @Shows('仍未联系上的不同时间的联系次数', { example: 3 })
  unreachableAttempts!: number;

  @Shows('下一页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

export class PartyDetailResponse extends PartyResponse {
  @Shows('历次征询', { type: [ConsentResponse] })
  consents!: ConsentResponse[];

  @Shows('权利义务告知签收', { type: RightsNoticeResponse, nullable: true })
  notice!: RightsNoticeResponse | null;

  @Shows('联系记录，最近的在前', { type: [ContactAttemptResponse] })
  contacts!: ContactAttemptResponse[];

  @Shows('仍未联系上的不同时间的联系次数', { example: 3 })
  unreachableAttempts!: number;
}

export class PartyConsequenceResponse {
  @Shows('当事人', { type: PartyResponse })
  party!: PartyResponse;

  @Shows('调解因此结束', { example: false })
  mediationEnded!: boolean;

  @Shows('调解因此受理', { example: true })
  mediationAccepted!: boolean;
}

export class LoggedContactResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('仍未联系上的不同时间的联系次数', { example: 3 })
  unreachableAttempts!: number;
}

export class FieldChangeResponse {
  @Shows('字段', { example: 'name' })
  field!: string;

  @Shows('变更前的内容，号码隐去中间', { type: String, nullable: true, example: '李建囯' })
  before!: string | null;
}

export class PartyChangeResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('时间', { example: AT })
  at!: string;

  @Shows('经办人', { example: '王敏' })
  byName!: string;

  @Shows('事项', { example: 'parties.correct' })
  act!: string;

  @Shows('理由', { type: String, nullable: true, example: '对照身份证更正姓名用字。' })
  reason!: string | null;

  @Shows('变更内容', { type: [FieldChangeResponse] })
  changes!: FieldChangeResponse[];
}

export class PartyHistoryResponse {
  @Shows('变更记录，先发生的在前', { type: [PartyChangeResponse] })
  items!: PartyChangeResponse[];
}

export class RevealedValueResponse {
  @Shows('内容', { enum: Object.keys(REVEALABLE), example: 'phone' })
  field!: string;

  @Shows('完整的值', { type: String, nullable: true, example: '13904710001' })
  value!: string | null;
}

export class RevealedResponse {
  @Shows('当事人', { example: ID })
  partyId!: string;

  @Shows('查看的内容', { type: [RevealedValueResponse] })
  values!: RevealedValueResponse[];
}

export class SamePartyResponse {
  @Shows('本案当事人', { example: ID })
  partyId!: string;

  @Shows('另一事项', { example: ID })
  disputeId!: string;

  @Shows('登记编号', { example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string;

  @Shows('事项名称', { example: '手机租赁合同纠纷' })
  title!: string;

  @Shows('状态', { example: 'registered' })
  state!: string;

  @Shows('登记时间', { example: AT })
  registeredAt!: string;

  @Shows('另一事项中的姓名或名称', { example: '李建国' })
  name!: string;

  @Shows('相同之处，只列最强的一项；姓名相同最弱', {
    enum: ['resident-id', 'credit-code', 'phone', 'name'],
    example: 'resident-id',
  })
  matchedBy!: string;
}

export class SamePersonListResponse {
  @Shows('可能是同一人的其他事项，依据强的在前', { type: [SamePartyResponse] })
  items!: SamePartyResponse[];
}

export class RepresentedAddedResponse {
  @Shows('本次登记人数', { example: 2 })
  added!: number;

  @Shows('名单总人数', { example: 12 })
  total!: number;
}

export class RepresentedPersonResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('名单序号', { example: 1 })
  ordinal!: number;

  @Shows('姓名', { example: '张三丰' })
  name!: string;

  @Shows('联系电话（隐去中间）', { type: String, nullable: true, example: '139****0001' })
  phoneMasked!: string | null;

  @Shows('公民身份号码（隐去中间）', { type: String, nullable: true, example: null })
  residentIdMasked!: string | null;

  @Shows('金额（分）', { type: Number, nullable: true, example: 120000 })
  amountFen!: number | null;

  @Shows('同意和解的时间', { type: String, nullable: true, example: null })
  settlementAgreedAt!: string | null;
}

export class RepresentedListResponse {
  @Shows('名单', { type: [RepresentedPersonResponse] })
  items!: RepresentedPersonResponse[];

  @Shows('下一页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;

  @Shows('总人数', { example: 12 })
  total!: number;

  @Shows('已同意和解的人数', { example: 0 })
  agreed!: number;

  @Shows('金额合计（分）', { example: 1200000 })
  amountFen!: number;
}

export class SettlementAgreedResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('同意和解的时间', { example: AT })
  settlementAgreedAt!: string;
}
