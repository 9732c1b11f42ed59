import { PickType } from '@nestjs/swagger';
import {
  Day,
  Fen,
  Flag,
  Instant,
  ListOf,
  OneOf,
  OneOfList,
  PageQuery,
  Text,
  TextList,
  Uuid,
} from '../../../platform/http';
import {
  CAPACITIES,
  CONSENT_ANSWERS,
  CONTACTED_PERSONS,
  CONTACT_CHANNELS,
  CONTACT_OUTCOMES,
  type Capacity,
  type ConsentAnswer,
  type ContactChannel,
  type ContactOutcome,
  type ContactedPerson,
  DOCUMENT_KINDS,
  type DocumentKind,
  ETHNICITIES,
  type Ethnicity,
  COUNTER_NOTICE_METHODS,
  type NoticeMethod,
  ORGANIZATION_KINDS,
  OTHER_ROUTES,
  type OrganizationKind,
  type OtherRoute,
  PARTY_KINDS,
  type PartyKind,
  REPRESENTATIVE_KINDS,
  REVEALABLE,
  type RepresentativeKind,
  type RevealableField,
  SCOPES,
  SEXES,
  SIDES,
  type Scope,
  type Side,
} from '../domain/dictionaries';

export class PartyRequest {
  @OneOf({ label: '当事人类别', values: PARTY_KINDS, example: 'person' })
  kind!: PartyKind;

  @Text({
    label: '姓名或名称',
    max: 100,
    example: '李建国',
    description: '与证件一致，少数民族姓名的间隔号用“·”；个体工商户填字号',
  })
  name!: string;

  @OneOf({ label: '所在一方', values: SIDES, optional: true, example: 'applicant', description: '不分两方的可不填' })
  side?: Side;

  @TextList({
    label: '别名',
    max: 10,
    maxEach: 100,
    optional: true,
    example: ['兰兰'],
    description: '曾用名、乳名、译名',
  })
  aliases?: string[];

  @OneOf({ label: '性别', values: SEXES, optional: true, example: 'female', description: '有公民身份号码的自动填写' })
  sex?: 'male' | 'female';

  @Day({ label: '出生日期', optional: true, example: '1949-12-31', description: '有公民身份号码的自动填写' })
  birthOn?: string;

  @OneOf({ label: '行为能力', values: CAPACITIES, optional: true, example: 'by-age', description: '不填按年龄认定' })
  capacity?: Capacity;

  @Text({ label: '行为能力认定依据', max: 500, optional: true, example: '户口簿记载，与母亲共同生活' })
  capacityProof?: string;

  @OneOf({ label: '民族', values: ETHNICITIES, optional: true, example: 'mongol', description: '没有默认值' })
  ethnicity?: Ethnicity;

  @Text({ label: '职业', max: 100, optional: true, example: '退休' })
  occupation?: string;

  @Text({
    label: '需要翻译的语言',
    max: 20,
    optional: true,
    description: '不通晓汉语、需要翻译人员的填写；不需要的不填',
    example: '蒙古语',
  })
  neededLanguage?: string;

  @Text({ label: '住址', max: 200, optional: true, example: '新城区海拉尔东路12号' })
  address?: string;

  @Text({ label: '联系电话', max: 40, optional: true, example: '13904710001' })
  phone?: string;

  @Text({
    label: '代为联系的人',
    max: 200,
    optional: true,
    description: '没有电话的，写明通过谁联系',
    example: '侄子李明，13904710002',
  })
  contactThrough?: string;

  @OneOf({ label: '证件类型', values: DOCUMENT_KINDS, optional: true, example: 'resident-id' })
  documentKind?: DocumentKind;

  @Text({ label: '证件号码', max: 60, optional: true, example: '11010519491231002X' })
  documentNumber?: string;

  @OneOf({ label: '单位类型', values: ORGANIZATION_KINDS, optional: true })
  organizationKind?: OrganizationKind;

  @Text({ label: '统一社会信用代码', max: 40, optional: true, example: '91350100M000100Y43' })
  creditCode?: string;

  @Text({ label: '法定代表人或负责人', max: 100, optional: true, example: '张伟' })
  legalRepresentative?: string;

  @Text({ label: '经营者', max: 100, optional: true, description: '个体工商户填写', example: '张伟' })
  operatorName?: string;

  @Text({ label: '所属单位', max: 100, optional: true, description: '分支机构填写', example: '呼和浩特某物业有限公司' })
  parentOrganization?: string;
}

export class CorrectPartyRequest extends PartyRequest {
  @Text({ label: '更正理由', max: 500, example: '对照身份证更正姓名用字。' })
  reason!: string;
}

export class RecordConsentRequest {
  @OneOf({
    label: '答复',
    values: CONSENT_ANSWERS,
    example: 'agreed',
    description: '沉默不等于同意，没有联系上的选“未联系上”',
  })
  answer!: ConsentAnswer;

  @OneOf({ label: '征询方式', values: CONTACT_CHANNELS, example: 'in-person' })
  channel!: ContactChannel;

  @Instant({ label: '征询时间', example: '2026-09-18T08:30:00+08:00' })
  askedAt!: string;

  @Uuid({ label: '答复的代理人', optional: true, description: '本人答复的不填；未成年人由法定代理人答复' })
  answeredByRepresentativeId?: string;

  @Text({ label: '说明', max: 1000, multiline: true, optional: true, example: '当面征询，表示愿意调解。' })
  note?: string;

  @OneOfList({ label: '已告知的其他途径', values: OTHER_ROUTES, optional: true, example: ['litigation'] })
  routesTold?: OtherRoute[];

  @Uuid({ label: '书面材料', optional: true, description: '申请书、录音、截图的附件' })
  attachmentId?: string;
}

export class SignRightsNoticeRequest {
  @OneOf({ label: '签收方式', values: COUNTER_NOTICE_METHODS, example: 'on-site' })
  method!: NoticeMethod;

  @Instant({ label: '签收时间', example: '2026-09-18T08:30:00+08:00' })
  signedAt!: string;

  @Uuid({ label: '代为签收的代理人', optional: true })
  signedByRepresentativeId?: string;

  @Text({ label: '见证人', max: 100, optional: true, description: '宣读的须填写', example: '李明' })
  witness?: string;

  @Uuid({ label: '签收扫描件', optional: true, description: '纸质签收的须选择附件' })
  attachmentId?: string;
}

export class LogContactRequest {
  @Instant({ label: '联系时间', example: '2026-09-18T08:30:00+08:00' })
  at!: string;

  @OneOf({ label: '联系方式', values: CONTACT_CHANNELS, example: 'phone' })
  channel!: ContactChannel;

  @OneOf({ label: '联系对象', values: CONTACTED_PERSONS, example: 'party' })
  contacted!: ContactedPerson;

  @Text({ label: '联系人姓名', max: 100, optional: true, example: '李大山', description: '联系本人以外的人须填写' })
  contactedName?: string;

  @Text({
    label: '联系目的',
    max: 500,
    optional: true,
    example: '请转告当事人与中心联系',
    description: '联系本人以外的人须填写',
  })
  purpose?: string;

  @Text({
    label: '告知的依据',
    max: 500,
    optional: true,
    example: '当事人登记的紧急联系人',
    description: '联系本人以外的人须填写',
  })
  basis?: string;

  @OneOf({ label: '联系结果', values: CONTACT_OUTCOMES, example: 'no-answer' })
  outcome!: ContactOutcome;

  @Text({ label: '说明', max: 1000, multiline: true, optional: true, example: '电话无人接听，已发短信。' })
  note?: string;
}

export class AddRepresentativeRequest {
  @OneOf({ label: '代理类别', values: REPRESENTATIVE_KINDS, example: 'entrusted' })
  kind!: RepresentativeKind;

  @Text({ label: '姓名', max: 100, example: '王律师' })
  name!: string;

  @Text({ label: '与当事人的关系或者职务', max: 100, optional: true, example: '受托律师' })
  relation?: string;

  @Text({ label: '所在单位', max: 100, optional: true, example: '内蒙古某律师事务所' })
  employer?: string;

  @Text({ label: '联系电话', max: 40, optional: true, example: '13904710009' })
  phone?: string;

  @OneOf({ label: '证件类型', values: DOCUMENT_KINDS, optional: true, example: 'resident-id' })
  documentKind?: DocumentKind;

  @Text({ label: '证件号码', max: 60, optional: true, example: '440524188001010014' })
  documentNumber?: string;

  @OneOfList({ label: '代理权限', values: SCOPES, min: 1, example: ['attend', 'sign', 'waive'] })
  scope!: Scope[];

  @Day({ label: '代理期限起', example: '2026-01-01' })
  validFrom!: string;

  @Day({ label: '代理期限止', optional: true, example: '2026-12-31', description: '委托代理须填写' })
  validTo?: string;

  @Uuid({ label: '授权委托书或者证明', optional: true, description: '附件' })
  authorityAttachmentId?: string;

  @Text({ label: '权限来源说明', max: 500, optional: true, example: '授权委托书原件存卷' })
  authorityNote?: string;

  @Text({
    label: '被代理人本人的意见',
    max: 1000,
    multiline: true,
    optional: true,
    description: '被代理人年满八周岁的，由其法定代理人代理时须填写',
    example: '愿意由母亲代为调解。',
  })
  wardView?: string;

  @Flag({ label: '双方代理已经双方同意', optional: true, example: false })
  isDoubleAgreed?: boolean;
}

export class PartyReasonRequest {
  @Text({ label: '理由', max: 500, example: '当事人书面提出。' })
  reason!: string;
}

export class SucceedPartyRequest {
  @Day({ label: '死亡日期', example: '2026-01-10' })
  diedOn!: string;

  @Text({ label: '证明', max: 500, example: '死亡医学证明已核对。' })
  reason!: string;

  @ListOf(() => PartyRequest, { label: '继受人', max: 20 })
  successors!: PartyRequest[];
}

export class RepresentedPersonRequest extends PickType(PartyRequest, ['name', 'phone'] as const) {
  @Text({ label: '公民身份号码', max: 40, optional: true, example: '11010519491231002X' })
  residentId?: string;

  @Fen({ label: '金额', optional: true })
  amountFen?: number;
}

export class ListRepresentedRequest {
  @ListOf(() => RepresentedPersonRequest, { label: '被代表人', min: 1, max: 200 })
  persons!: RepresentedPersonRequest[];
}

export class AgreeSettlementRequest {
  @Uuid({ label: '书面同意的附件' })
  attachmentId!: string;
}

export class RevealRequest {
  @OneOfList({ label: '要查看的内容', values: REVEALABLE, min: 1, example: ['phone'] })
  fields!: RevealableField[];

  @Text({ label: '查看目的', max: 200, example: '电话通知调解时间', description: '记入审计' })
  purpose!: string;
}

export class RepresentedPageQuery extends PageQuery {}

export class ContactPageQuery extends PageQuery {}
