/** 吹哨类别. */
export const SUMMONS_KINDS = {
  progress: '工作推进哨',
  assault: '攻坚克难哨',
  emergency: '应急哨',
} as const;
export type SummonsKind = keyof typeof SUMMONS_KINDS;

/** Who issues a whistle of the kind, and when it is meant. */
export const SUMMONS_KIND_NOTES: Readonly<Record<SummonsKind, string>> = {
  progress: '一般事项，由调度员或中心主任签发',
  assault: '久拖不决、涉及多个部门的难题，由中心主任签发',
  emergency: '突发、有激化危险的，节假日和夜间照样计时',
};

/** 级别. */
export const SUMMONS_LEVELS = { regular: '常规', key: '重点', hard: '疑难' } as const;
export type SummonsLevel = keyof typeof SUMMONS_LEVELS;

/** 吹哨事由: the grounds on which a whistle is lawful (北京市接诉即办工作条例 art. 16; 北京市街道办事处条例 art. 5). */
export const SUMMONS_GROUNDS = {
  livelihood: '突出民生',
  enforcement: '综合执法',
  emergency: '应急处置',
  'key-work': '重点工作',
} as const;
export type SummonsGround = keyof typeof SUMMONS_GROUNDS;

/** 部门在本哨中的位置. */
export const TASK_ROLES = { lead: '主办', assist: '协办', notify: '知会' } as const;
export type TaskRole = keyof typeof TASK_ROLES;

/** 异议事由. */
export const OBJECTION_GROUNDS = {
  'not-competent': '职责不符',
  'other-agency': '属其他部门职责',
  'no-jurisdiction': '不属本辖区',
  'in-procedure': '已进入法定程序',
  duplicate: '重复吹哨',
  'barred-by-law': '法律法规有禁止或限制',
} as const;
export type ObjectionGround = keyof typeof OBJECTION_GROUNDS;

/** 联系方式. */
export const CONTACT_METHODS = { phone: '电话', visit: '上门', meeting: '当面', message: '短信或网络' } as const;
export type ContactMethod = keyof typeof CONTACT_METHODS;

/** 到场人员职级. */
export const RANKS = {
  principal: '主要负责人',
  deputy: '班子成员',
  'section-head': '科室负责人',
  staff: '工作人员',
} as const;
export type Rank = keyof typeof RANKS;

/** 办理结果. */
export const FEEDBACK_RESULTS = {
  resolved: '已解决',
  'partly-resolved': '部分解决',
  'in-plan': '已列入计划',
  unresolved: '未解决并说明',
} as const;
export type FeedbackResult = keyof typeof FEEDBACK_RESULTS;

/** 当事人评价. */
export const SATISFACTIONS = {
  satisfied: '满意',
  'basically-satisfied': '基本满意',
  dissatisfied: '不满意',
  unanswered: '未作评价',
} as const;
export type Satisfaction = keyof typeof SATISFACTIONS;

/** 时限种类: the four clocks of every agency. */
export const DUE_KINDS = { sign: '签收', contact: '联系', arrive: '到场', feedback: '反馈' } as const;
export type DueKind = keyof typeof DUE_KINDS;

/** All clocks of a task: the four of the agency, and the center's own for its ruling on an objection. */
export const CLOCK_KINDS = { ...DUE_KINDS, ruling: '裁定' } as const;
export type ClockKind = keyof typeof CLOCK_KINDS;

/** 考核申诉的事由. */
export const APPEAL_GROUNDS = {
  'clock-wrong': '时限计算有误',
  'not-to-blame': '迟延不可归责于本部门',
  'effect-misjudged': '实效评价与事实不符',
  'party-rating-unrelated': '当事人评价与本部门办理无关',
} as const;
export type AppealGround = keyof typeof APPEAL_GROUNDS;

/** 考核申诉的结论. */
export const APPEAL_OUTCOMES = { granted: '申诉成立', dismissed: '申诉不成立' } as const;
export type AppealOutcome = keyof typeof APPEAL_OUTCOMES;

/** 不计入得分的评分项: what a granted appeal may leave out of a score. */
export const EXCUSABLE_PARTS = {
  sign: '签收是否及时',
  contact: '联系是否及时',
  arrive: '到场是否及时',
  feedback: '反馈是否及时',
  party: '当事人评价',
} as const;
export type ExcusablePart = keyof typeof EXCUSABLE_PARTS;

/** 权责清单上的位置: one who is only notified needs no duty for it. */
export const DUTY_ROLES = { lead: '主办', assist: '协办' } as const;
export type DutyRole = keyof typeof DUTY_ROLES;
