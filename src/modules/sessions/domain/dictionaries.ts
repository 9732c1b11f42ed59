/** Rings of visibility, widest first. Chosen before the words are written; never widened afterwards. */
export const RINGS = { parties: '各方可见', center: '中心可见', mediator: '仅调解员可见' } as const;
export type Ring = keyof typeof RINGS;

/** Form of a session (调解方式). */
export const SESSION_MODES = {
  'on-site': '现场',
  'home-visit': '上门',
  phone: '电话',
  video: '视频',
  separate: '背对背',
} as const;
export type SessionMode = keyof typeof SESSION_MODES;

/** Form of a hearing of one person. */
export const INVESTIGATION_MODES = { 'on-site': '现场', 'home-visit': '上门', phone: '电话', video: '视频' } as const;
export type InvestigationMode = keyof typeof INVESTIGATION_MODES;

/** Non-public unless every party wants it otherwise (人民调解法第二十三条). */
export const PUBLICITIES = { 'non-public': '不公开进行', public: '公开进行' } as const;
export type Publicity = keyof typeof PUBLICITIES;

/** The three results printed on the ministry’s form. */
export const SESSION_RESULTS = {
  agreed: '调解成功',
  'not-agreed': '调解不成',
  'to-be-continued': '有待继续调解',
} as const;
export type SessionResult = keyof typeof SESSION_RESULTS;

export const INVITEE_KINDS = {
  party: '当事人',
  representative: '代理人、代表人',
  mediator: '人民调解员',
  recorder: '记录人',
  participant: '受邀参与人',
  agency: '联动单位',
} as const;
export type InviteeKind = keyof typeof INVITEE_KINDS;

export const ENTRY_KINDS = {
  statement: '陈述',
  question: '问',
  answer: '答',
  explanation: '释法说理',
  proposal: '方案',
  procedure: '程序',
} as const;
export type EntryKind = keyof typeof ENTRY_KINDS;

export const INVESTIGATION_ENTRY_KINDS = { question: '问', answer: '答', statement: '陈述' } as const;
export type InvestigationEntryKind = keyof typeof INVESTIGATION_ENTRY_KINDS;

/** How somebody confirmed that a record is true to what was said. */
export const CONFIRMATIONS = { read: '看过', aloud: '念过', refused: '拒绝核对签名' } as const;
export type Confirmation = keyof typeof CONFIRMATIONS;

/** Whom an investigation record hears. */
export const INTERVIEWEE_KINDS = {
  party: '当事人',
  representative: '代理人、代表人',
  relative: '亲属',
  witness: '证人',
  neighbour: '邻居',
  community: '社区（嘎查村）人员',
  other: '其他知情人',
} as const;
export type IntervieweeKind = keyof typeof INTERVIEWEE_KINDS;

/** Who may be invited to take part, with the parties’ consent (人民调解法第二十条). */
export const PARTICIPANT_KINDS = {
  lawyer: '律师、法律援助人员',
  expert: '专业人士',
  witness: '证人',
  interpreter: '翻译',
  relative: '亲属',
  neighbour: '邻里、同事',
  community: '社区（嘎查村）人员',
  organization: '社会组织人员',
  other: '其他',
} as const;
export type ParticipantKind = keyof typeof PARTICIPANT_KINDS;

export const CONSENT_ANSWERS = { agreed: '同意', objected: '不同意' } as const;
export type ConsentAnswer = keyof typeof CONSENT_ANSWERS;

export const CONSENT_CHANNELS = {
  'in-person': '当面',
  'home-visit': '上门',
  phone: '电话',
  message: '短信、微信',
  video: '视频',
  letter: '书面函件',
} as const;
export type ConsentChannel = keyof typeof CONSENT_CHANNELS;
