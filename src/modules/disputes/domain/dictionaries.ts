/** 来源渠道. */
export const CHANNELS = {
  visit: '来访',
  phone: '来电',
  hotline: '12345热线',
  grid: '网格上报',
  department: '部门移送',
  'court-entrusted': '法院委派',
  'court-appointed': '法院委托',
  procuratorate: '检察院移送',
  police: '公安移送',
  petition: '信访转办',
  online: '网上提交',
  proactive: '主动排查',
} as const;
export type Channel = keyof typeof CHANNELS;

/** 性质, found at triage. Only the first two may be mediated by a people's mediation committee. */
export const NATURES = {
  civil: '民间纠纷',
  labor: '劳动人事争议',
  administrative: '行政争议',
  litigation: '涉法涉诉',
  police: '治安或刑事线索',
  consultation: '咨询',
  other: '其他',
} as const;
export type Nature = keyof typeof NATURES;

/** 办理途径. */
export const ROUTES = {
  mediation: '人民调解',
  agency: '部门办理',
  grid: '网格处置',
  answer: '当场答复',
  arbitration: '仲裁',
  'labor-arbitration': '劳动人事争议仲裁',
  reconsideration: '行政复议',
  petition: '信访',
  litigation: '诉讼',
  police: '公安机关处理',
  notary: '公证',
  'legal-aid': '法律援助',
} as const;
export type Route = keyof typeof ROUTES;

/** Routes to which a person can be pointed outside the center, in the order in which they are told. */
export const OUTSIDE_ROUTES = {
  arbitration: ROUTES.arbitration,
  'labor-arbitration': ROUTES['labor-arbitration'],
  reconsideration: ROUTES.reconsideration,
  petition: ROUTES.petition,
  litigation: ROUTES.litigation,
  police: ROUTES.police,
  notary: ROUTES.notary,
  'legal-aid': ROUTES['legal-aid'],
} as const;
export type OutsideRoute = keyof typeof OUTSIDE_ROUTES;

/**
 * 纠纷类型 in the words of the ministry's statistics (first level), with the second level that routing and papers
 * need. Keys are our own and stable: the national codes are not published in one authoritative list.
 */
export const DISPUTE_TYPES = {
  family: '婚姻家庭',
  'family.divorce': '离婚',
  'family.custody': '抚养',
  'family.support': '赡养',
  'family.maintenance': '扶养',
  'family.inheritance': '继承',
  'family.division': '分家析产',
  'family.betrothal': '彩礼',
  'family.cohabitation': '同居',
  'family.violence': '家庭暴力',
  neighbor: '邻里',
  'neighbor.noise': '噪声',
  'neighbor.adjacency': '相邻关系',
  housing: '房屋宅基地',
  contract: '合同',
  'contract.lease': '租赁合同',
  'contract.loan': '民间借贷',
  'contract.sale': '买卖合同',
  business: '生产经营',
  damage: '损害赔偿',
  land: '山林土地',
  'land.pasture': '草场草牧场',
  expropriation: '征地拆迁',
  environment: '环境污染',
  labor: '劳动争议',
  'labor.arrears': '拖欠农民工工资',
  consumer: '消费',
  medical: '医疗',
  traffic: '道路交通事故',
  property: '物业',
  utilities: '供水供热供电',
  tourism: '旅游',
  ecommerce: '电子商务',
  other: '其他',
} as const;
export type DisputeType = keyof typeof DISPUTE_TYPES;

/** `婚姻家庭（继承）`: the second level of a type within its first, as papers write it. */
export function disputeTypeName(type: DisputeType): string {
  const first = DISPUTE_TYPES[type.split('.')[0] as DisputeType];
  return type.includes('.') ? `${first}（${DISPUTE_TYPES[type]}）` : first;
}

/** 风险等级, highest first, with the role that answers for a matter of that level. */
export const RISK_LEVELS = { red: '红色', yellow: '黄色', blue: '蓝色' } as const;
export type RiskLevel = keyof typeof RISK_LEVELS;
export const RISK_OWNERS: Readonly<Record<RiskLevel, string>> = { red: '中心主任', yellow: '值班长', blue: '承办人' };

/** 疑难复杂的理由; what the statutory table counts as difficult. */
export const DIFFICULT_GROUNDS = {
  'many-people': '涉及人数多',
  'large-amount': '标的额大',
  'long-standing': '积怨深、多次调解不成',
  specialised: '专业性强',
  escalating: '易激化、可能转为治安或刑事案件',
  influence: '社会影响大',
  other: '其他',
} as const;
export type DifficultGround = keyof typeof DIFFICULT_GROUNDS;
/** As a person marks it: also that it is not, or no longer. */
export const DIFFICULT_MARKS = { ...DIFFICULT_GROUNDS, none: '不是疑难复杂' } as const;
export type DifficultMark = keyof typeof DIFFICULT_MARKS;

/** 不予受理的理由 (人民调解工作若干规定 art. 22 and local rules). */
export const REFUSAL_REASONS = {
  'special-organ': '法律规定由专门机关管辖处理',
  'law-forbids': '法律禁止采用民间调解方式解决',
  'already-in-hand': '法院、公安或者其他行政机关已经受理或者解决',
  'clearly-refused': '一方当事人明确拒绝调解',
  'papers-missing': '经一次性告知，逾期未补齐材料',
  'outside-area': '不属于本中心服务区域',
  other: '其他',
} as const;
export type RefusalReason = keyof typeof REFUSAL_REASONS;

/** 办结结果. */
export const OUTCOMES = {
  agreement: '达成调解协议',
  'oral-agreement': '达成口头协议',
  'not-agreed': '调解不成',
  refused: '拒绝调解',
  unreachable: '无法联系',
  withdrawn: '撤回申请',
  settled: '自行和解',
  solved: '问题解决',
  answered: '答复办结',
  referred: '引导至法定途径',
  'not-accepted': '不予受理',
  'handed-off': '移送有关机关',
} as const;
export type Outcome = keyof typeof OUTCOMES;

/** How a party who asked for something said that it has got it, as the closer took it down. */
export const CONFIRMATION_MODES = { 'in-person': '当面确认', phone: '电话确认', writing: '书面确认' } as const;
export type ConfirmationMode = keyof typeof CONFIRMATION_MODES;

/** 重启理由. */
export const REOPENING_REASONS = {
  'new-situation': '出现新情况',
  breach: '反悔或者违约',
  'procedural-flaw': '程序瑕疵',
  'confirmation-refused': '司法不予确认',
  'complaint-upheld': '投诉属实',
  repetition: '三十日内重复反映',
} as const;
export type ReopeningReason = keyof typeof REOPENING_REASONS;

/** 终止调解的原因 (人民法院在线调解规则 art. 25 and local rules). The last two belong to a withdrawal. */
export const ENDING_CODES = {
  refused: '一方当事人明确拒绝调解',
  unreachable: '无法联系当事人',
  irreconcilable: '分歧较大，无法达成协议',
  'period-expired': '调解期限届满，未同意延长',
  'signing-refused': '拒绝签章',
  dishonest: '隐瞒事实、提供虚假情况或者拖延',
  collusion: '涉嫌恶意串通',
  'in-proceedings': '已诉讼、仲裁或者由行政机关受理',
  'out-of-scope': '不属于人民调解受理范围',
  'party-died': '当事人死亡且无人承继',
  other: '其他',
} as const;
export type EndingCode = keyof typeof ENDING_CODES;

/** 撤回的原因. */
export const WITHDRAWAL_CODES = { 'applicant-withdrew': '申请人撤回', 'settled-privately': '自行和解' } as const;
export type WithdrawalCode = keyof typeof WITHDRAWAL_CODES;

/** 中止的原因. */
export const PAUSE_GROUNDS = {
  appraisal: '鉴定或者评估',
  'third-party': '等待第三方',
  'suspected-false': '涉嫌虚假调解',
  'force-majeure': '不可抗力',
  'party-died': '当事人死亡，等待承继',
  other: '其他',
} as const;
export type PauseGround = keyof typeof PAUSE_GROUNDS;

/** 移送对象. */
export const ORGAN_KINDS = {
  court: '人民法院',
  arbitration: '仲裁委员会',
  'labor-arbitration': '劳动人事争议仲裁委员会',
  reconsideration: '行政复议机关',
  police: '公安机关',
  procuratorate: '人民检察院',
  petition: '信访部门',
  notary: '公证机构',
  'legal-aid': '法律援助机构',
  relief: '司法救助或者社会救助',
  psychology: '心理服务机构',
  hotline: '12345热线',
  other: '其他',
} as const;
export type OrganKind = keyof typeof ORGAN_KINDS;

/** 激化报告的接收单位. */
export const REPORT_RECIPIENTS = {
  police: '公安机关',
  'civil-affairs': '民政部门',
  'women-federation': '妇联',
  education: '教育部门',
  health: '卫生健康部门',
  'political-legal': '党委政法委',
  other: '其他部门',
} as const;

export const REPORT_METHODS = { phone: '电话', 'in-person': '当面', written: '书面', system: '系统' } as const;
export const NOTICE_FORMS = { paper: '书面', sms: '短信' } as const;
export const NOTICE_KINDS = { supplement: '补正材料', 'not-accepted': '不予受理' } as const;
export const COURT_PROCEDURES = { ordinary: '普通程序', summary: '简易程序' } as const;
export type CourtProcedure = keyof typeof COURT_PROCEDURES;
/** How a matter that came with a number of another platform is answered there. */
export const REPLY_METHODS = { platform: '在上游平台回复', letter: '书面回复', phone: '电话回复' } as const;
export type ReplyMethod = keyof typeof REPLY_METHODS;

export const VISIT_MODES = { phone: '电话', visit: '上门', sms: '短信', online: '网上' } as const;
export const SATISFACTIONS = {
  satisfied: '满意',
  'mostly-satisfied': '基本满意',
  dissatisfied: '不满意',
  'no-answer': '未表态',
} as const;
