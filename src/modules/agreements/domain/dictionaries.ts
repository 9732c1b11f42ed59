/** 协议形式 (人民调解法第二十八条). */
export const AGREEMENT_KINDS = { written: '书面协议', oral: '口头协议' } as const;
export type AgreementKind = keyof typeof AGREEMENT_KINDS;

/** How an agreement stands to an earlier one. What is in effect is never edited. */
export const RELATIONS = {
  original: '首次协议',
  supplement: '补充协议',
  correction: '更正协议',
  replacement: '变更协议',
} as const;
export type Relation = keyof typeof RELATIONS;

/** The paper of a written agreement, by how it stands to an earlier one. */
export const AGREEMENT_PAPERS = {
  original: { templateId: 'agreement', title: '人民调解协议书', facts: '纠纷主要事实、争议事项', clauses: '协议内容' },
  supplement: {
    templateId: 'agreement-supplement',
    title: '人民调解补充协议书',
    facts: '补充的事由',
    clauses: '补充的内容',
  },
  correction: {
    templateId: 'agreement-correction',
    title: '人民调解更正协议书',
    facts: '更正的事由',
    clauses: '更正的内容',
  },
  replacement: {
    templateId: 'agreement',
    title: '人民调解协议书',
    facts: '纠纷主要事实、争议事项',
    clauses: '协议内容',
  },
} as const satisfies Readonly<Record<Relation, Readonly<Record<'templateId' | 'title' | 'facts' | 'clauses', string>>>>;

/** How a later agreement leaves the earlier one in force and amends it; null for one that does not. */
export const amends = (relation: Relation): 'supplement' | 'correction' | null =>
  relation === 'supplement' || relation === 'correction' ? relation : null;

export const OBLIGATION_KINDS = {
  payment: '给付金钱',
  delivery: '交付财物',
  act: '作为',
  forbearance: '不作为',
  apology: '赔礼道歉',
} as const;
export type ObligationKind = keyof typeof OBLIGATION_KINDS;

/** In which capacity a place on the paper is signed. */
export const SLOT_CAPACITIES = {
  party: '当事人',
  representative: '当事人的代理人或出席代表',
  interpreter: '翻译人员',
  witness: '见证人',
  mediator: '人民调解员',
  recorder: '记录人',
  'committee-seal': '人民调解委员会印章',
} as const;
export type SlotCapacity = keyof typeof SLOT_CAPACITIES;

/** Who may be given a place beside those whose marks the law asks for. */
export const ATTENDEE_CAPACITIES = { interpreter: '翻译人员', witness: '见证人' } as const;
export type AttendeeCapacity = keyof typeof ATTENDEE_CAPACITIES;

export const SLOT_STATES = { open: '待签', signed: '已签', refused: '拒签', voided: '已失效' } as const;
export type SlotState = keyof typeof SLOT_STATES;

export const MARK_METHODS = { tablet: '当场在签名板上签', link: '凭一次性链接远程签', ink: '纸质签署' } as const;
export type MarkMethod = keyof typeof MARK_METHODS;

export const MARK_KINDS = { signature: '签名、按指印', 'corporate-seal': '单位公章' } as const;
export type MarkKind = keyof typeof MARK_KINDS;

/** What may be kept of a signing besides the mark, when its signer agrees. */
export const IMAGE_KINDS = { photo: '签署照片', fingerprint: '指印图片' } as const;
export type ImageKind = keyof typeof IMAGE_KINDS;

/** Anything else is no consent: nothing is kept then. */
export const CONSENT_GIVEN = { given: '本人已阅读同意书并单独同意' } as const;

/** What the signer consents to, kept word for word with the picture (个人信息保护法第二十九条、第三十条). */
export const IMAGE_CONSENTS: Readonly<Record<ImageKind, string>> = {
  photo:
    '我同意人民调解委员会拍摄并保存我签署本协议时的照片，只用来证明协议是我本人签署的。照片加密保存，不印在协议书上，只有承办调解员和调委会主任能看，每次查看都有记录。我知道照片属于敏感个人信息，不同意不影响签署，以后可以撤回同意，撤回后照片即删除。',
  fingerprint:
    '我同意人民调解委员会采集并保存我的指印图片，只用来证明协议是我本人签署的。指印图片加密保存，并印在协议书上我的签名旁，除此之外只有承办调解员和调委会主任能看，每次查看都有记录。我知道指印属于敏感个人信息，不同意不影响签署，以后可以撤回同意，撤回后图片即删除，已经盖章的协议书不变。',
};

export const IDENTITY_CHECKS = {
  'document-compared': '核对证件原件与本人',
  'id-reader': '读取居民身份证',
  'video-compared': '视频核对证件与本人',
  'phone-confirmed': '向登记的电话核实本人',
  'known-in-person': '调解员当面认识',
  'own-account': '以本人账号登录',
} as const;
export type IdentityCheck = keyof typeof IDENTITY_CHECKS;

/** Why an agreement in effect loses it. */
export const VOID_GROUNDS = {
  'court-invalid': '人民法院确认无效、撤销或者驳回司法确认',
  'all-agreed': '全体当事人协商一致解除',
  'false-mediation': '查实为虚假调解',
} as const;
export type VoidGround = keyof typeof VOID_GROUNDS;

export const PERFORMANCE_MANNERS = {
  transfer: '转账',
  cash: '现金',
  'in-kind': '以物抵偿',
  'on-site': '当场履行',
  other: '其他',
} as const;
export type PerformanceManner = keyof typeof PERFORMANCE_MANNERS;

export const RECORD_KINDS = { performance: '履行', urging: '督促', breach: '违约' } as const;
export type RecordKind = keyof typeof RECORD_KINDS;

/** Where the word of whoever was to receive stands, for each performance on record. */
export const RECEIPTS = {
  awaited: '待权利人确认',
  confirmed: '权利人已确认',
  disputed: '权利人说没有收到',
  accepted: '认定已经履行',
  'not-paid': '认定没有履行',
} as const;
export type Receipt = keyof typeof RECEIPTS;

export const RECEIPT_ANSWERS = { confirmed: '收到了', disputed: '没有收到，或者与记录不符' } as const;
export type ReceiptAnswer = keyof typeof RECEIPT_ANSWERS;

/** What the mediator holds where the two sides say different things. */
export const RECEIPT_RULINGS = { accepted: '凭证属实，已经履行', 'not-paid': '没有履行' } as const;
export type ReceiptRuling = keyof typeof RECEIPT_RULINGS;

/** How the obligee's word came. */
export const RECEIPT_CHANNELS = { desk: '在窗口或者电话里说', tablet: '当面在平板上确认' } as const;
export type ReceiptChannel = keyof typeof RECEIPT_CHANNELS | 'portal';

/** 条款用在协议书的哪一部分. */
export const CLAUSE_SECTIONS = {
  facts: '主要事实、争议事项',
  responsibilities: '各方责任',
  clauses: '协议内容',
  performance: '履行说明',
  breach: '违约责任',
} as const;
export type ClauseSection = keyof typeof CLAUSE_SECTIONS;

/** 履行清单的范围. */
export const PERFORMANCE_SCOPES = {
  open: '未履行完',
  overdue: '已逾期',
  soon: '七日内到期',
  breached: '已登记违约',
  performed: '已履行',
  all: '全部',
} as const;
export type PerformanceScope = keyof typeof PERFORMANCE_SCOPES;
