export const PARTY_KINDS = { person: '自然人', organization: '单位' } as const;
export type PartyKind = keyof typeof PARTY_KINDS;

/** Sides are optional: six siblings over one estate stand on none. */
export const SIDES = { applicant: '申请方', respondent: '被申请方', other: '其他' } as const;
export type Side = keyof typeof SIDES;

export const SEXES = { male: '男', female: '女' } as const;

/**
 * Identity documents of a person. Only the resident id and the residence permit of 港澳台 residents carry a check
 * character that may be verified (GB 11643); nothing is assumed of the others.
 */
export const DOCUMENT_KINDS = {
  'resident-id': '居民身份证（公民身份号码）',
  passport: '护照',
  'military-id': '军官证、警官证、士兵证',
  'permanent-residence': '外国人永久居留身份证',
  'travel-permit': '港澳居民来往内地通行证、台湾居民来往大陆通行证',
  'household-register': '户口簿',
  other: '其他证件',
} as const;
export type DocumentKind = keyof typeof DOCUMENT_KINDS;

/** What an organisation is; some have no legal personality and are parties all the same (民事诉讼法解释第五十二条). */
export const ORGANIZATION_KINDS = {
  company: '公司、企业',
  branch: '分支机构',
  'individual-business': '个体工商户',
  'owners-committee': '业主委员会',
  'village-group': '村民小组',
  'village-committee': '村（居）民委员会',
  institution: '事业单位',
  'state-organ': '机关',
  association: '社会团体、社会服务机构',
  other: '其他组织',
} as const;
export type OrganizationKind = keyof typeof ORGANIZATION_KINDS;

/** Capacity for civil acts. `by-age` follows the birthday (民法典第十七条至第二十条); the others are recorded on proof. */
export const CAPACITIES = {
  'by-age': '按年龄认定',
  'self-supporting': '十六周岁以上，以自己的劳动收入为主要生活来源',
  limited: '限制民事行为能力',
  none: '无民事行为能力',
} as const;
export type Capacity = keyof typeof CAPACITIES;

/** 民族, GB/T 3304; the order is that of the standard. There is no default. */
export const ETHNICITIES = {
  han: '汉族',
  mongol: '蒙古族',
  hui: '回族',
  tibetan: '藏族',
  uyghur: '维吾尔族',
  miao: '苗族',
  yi: '彝族',
  zhuang: '壮族',
  bouyei: '布依族',
  korean: '朝鲜族',
  manchu: '满族',
  dong: '侗族',
  yao: '瑶族',
  bai: '白族',
  tujia: '土家族',
  hani: '哈尼族',
  kazakh: '哈萨克族',
  dai: '傣族',
  li: '黎族',
  lisu: '傈僳族',
  va: '佤族',
  she: '畲族',
  gaoshan: '高山族',
  lahu: '拉祜族',
  sui: '水族',
  dongxiang: '东乡族',
  naxi: '纳西族',
  jingpo: '景颇族',
  kirgiz: '柯尔克孜族',
  tu: '土族',
  daur: '达斡尔族',
  mulao: '仫佬族',
  qiang: '羌族',
  blang: '布朗族',
  salar: '撒拉族',
  maonan: '毛南族',
  gelao: '仡佬族',
  xibe: '锡伯族',
  achang: '阿昌族',
  pumi: '普米族',
  tajik: '塔吉克族',
  nu: '怒族',
  uzbek: '乌孜别克族',
  russian: '俄罗斯族',
  ewenki: '鄂温克族',
  deang: '德昂族',
  bonan: '保安族',
  yugur: '裕固族',
  gin: '京族',
  tatar: '塔塔尔族',
  derung: '独龙族',
  oroqen: '鄂伦春族',
  hezhen: '赫哲族',
  monba: '门巴族',
  lhoba: '珞巴族',
  jino: '基诺族',
  other: '其他',
  foreign: '外国血统中国籍人士',
} as const;
export type Ethnicity = keyof typeof ETHNICITIES;

export const REPRESENTATIVE_KINDS = {
  statutory: '法定代理人（监护人）',
  entrusted: '委托代理人',
  elected: '推选的代表人',
  'legal-representative': '法定代表人或负责人',
} as const;
export type RepresentativeKind = keyof typeof REPRESENTATIVE_KINDS;

/** What a representative may do. Signing and giving way need an express power (民法典第一百六十五条). */
export const SCOPES = {
  attend: '参加调解、陈述意见',
  receive: '代收文书',
  sign: '签署调解协议',
  waive: '承认、放弃、变更请求，和解让步',
  'receive-money': '代收款物',
} as const;
export type Scope = keyof typeof SCOPES;

/** What a party answered when asked whether to mediate. Silence is none of these, least of all consent. */
export const CONSENT_ANSWERS = {
  applied: '本人申请调解',
  agreed: '同意调解',
  refused: '拒绝调解',
  unreached: '未联系上',
} as const;
export type ConsentAnswer = keyof typeof CONSENT_ANSWERS;

/** Where a party stands on consent: the latest answer that was one. */
export const CONSENTS = { pending: '尚未表示', agreed: '同意', refused: '拒绝' } as const;
export type Consent = keyof typeof CONSENTS;

export const CONTACT_CHANNELS = {
  'in-person': '当面',
  'home-visit': '上门',
  phone: '电话',
  message: '短信、微信',
  video: '视频',
  letter: '书面函件',
  other: '其他',
} as const;
export type ContactChannel = keyof typeof CONTACT_CHANNELS;

/** Whom a call reached out to. Anyone but the party is a third person to whom something of the matter is disclosed. */
export const CONTACTED_PERSONS = {
  party: '本人',
  representative: '代理人',
  relative: '亲属',
  employer: '工作单位',
  neighbour: '邻居',
  'village-or-community': '村（居）委会',
  other: '其他人',
} as const;
export type ContactedPerson = keyof typeof CONTACTED_PERSONS;

export const CONTACT_OUTCOMES = {
  reached: '联系上本人',
  relayed: '已请他人转告',
  'no-answer': '无人应答',
  'wrong-number': '号码错误或停机',
  moved: '已搬离',
  'left-message': '已留言或留置函件',
} as const;
export type ContactOutcome = keyof typeof CONTACT_OUTCOMES;

/** Routes other than mediation, of which parties must be told when it ends without an agreement (人民调解法第二十六条). */
export const OTHER_ROUTES = {
  litigation: '诉讼',
  arbitration: '仲裁',
  'labor-arbitration': '劳动人事争议仲裁',
  reconsideration: '行政复议',
  petition: '信访',
  police: '公安机关处理',
  notary: '公证',
  'legal-aid': '法律援助',
} as const;
export type OtherRoute = keyof typeof OTHER_ROUTES;

/** How the counter has a notice signed for. */
export const COUNTER_NOTICE_METHODS = {
  'ink-scan': '纸质签名按指印后扫描',
  'on-site': '当面宣读并签收',
  'read-aloud': '宣读，由见证人见证后按指印',
} as const;

export const NOTICE_METHODS = { ...COUNTER_NOTICE_METHODS, 'on-screen': '本人在线阅读后确认' } as const;
export type NoticeMethod = keyof typeof NOTICE_METHODS;

/** Fields that a reveal may ask for in full. */
export const REVEALABLE = {
  name: '姓名',
  phone: '联系电话',
  documentNumber: '证件号码',
  creditCode: '统一社会信用代码',
  birthOn: '出生日期',
  address: '住址',
} as const;
export type RevealableField = keyof typeof REVEALABLE;
