/** What a figure says of itself: served with it, printed beneath it, and held to by its query. */
export interface FigureDefinition {
  readonly label: string;
  /** A count has no denominator. */
  readonly kind: 'count' | 'rate';
  /** What is counted: matters, tasks, items, visits; or the days of each case. */
  readonly unit: '件' | '项' | '次' | '日';
  readonly numerator: string;
  readonly denominator: string | null;
  /** Which day puts a case into a period. */
  readonly dateRule: string;
  readonly exclusions: string;
  /** What is neither in the numerator nor missed, and is shown apart. */
  readonly apart: string | null;
  readonly basis: string | null;
}

/** A matter counts as relapsed when it is taken up again within so many days of its agreement. */
export const RELAPSE_DAYS = 30;

export const FIGURES = {
  registered: {
    label: '登记数',
    kind: 'count',
    unit: '件',
    numerator: '期间内登记的事项',
    denominator: null,
    dateRule: '登记时间在期间内',
    exclusions: '重复并案的只计主件',
    apart: '从旧台账导入的另列，不计入',
    basis: null,
  },
  accepted: {
    label: '受理数',
    kind: 'count',
    unit: '件',
    numerator: '期间内由人民调解委员会受理、取得案号的事项',
    denominator: null,
    dateRule: '受理时间在期间内',
    exclusions: '重复并案的只计主件；不予受理、引导、答复的不计；从旧台账导入、没有在本系统受理的不计',
    apart: null,
    basis: null,
  },
  closed: {
    label: '办结数',
    kind: 'count',
    unit: '件',
    numerator: '期间内办结，且至今没有重启的事项',
    denominator: null,
    dateRule: '最后一次办结时间在期间内',
    exclusions: '重复并案的只计主件；重启后未再办结的不计',
    apart: '从旧台账导入的另列，不计入；导入后重启、在本系统办结的照计',
    basis: null,
  },
  agreed: {
    label: '调解成功率',
    kind: 'rate',
    unit: '件',
    numerator: '达成书面或口头协议并已生效的事项（协议率，不看履行）',
    denominator: '期间内调解有结果的事项：协议生效的，和受理后调解不成、拒绝、无法联系的',
    dateRule: '协议最早生效时间，或调解终止时间在期间内',
    exclusions: '受理前拒绝调解的不计；协议作废的按调解结果计',
    apart: '申请人撤回的另列',
    basis: '《人民调解法》第二十六条、第二十九条、第三十条',
  },
  settled: {
    label: '化解率',
    kind: 'rate',
    unit: '件',
    numerator: `协议已生效，到期义务都已履行、没有未到期的义务，生效后 ${RELAPSE_DAYS} 日内没有重启；或自行和解后 ${RELAPSE_DAYS} 日内没有重启的事项`,
    denominator: '期间内受理、已经见分晓的事项：化解的，和调解不成、违约、逾期未履行、重启、撤回的',
    dateRule: '受理时间在期间内',
    exclusions: '重复并案的只计主件；移送法院不算化解',
    apart: `仍在办理、协议义务未到期、生效未满 ${RELAPSE_DAYS} 日的另列，不计入分母`,
    basis: '《人民调解法》第三十一条',
  },
  'on-time': {
    label: '按期办结率',
    kind: 'rate',
    unit: '件',
    numerator: '在调解期限届满当日或之前调解有结果的事项',
    denominator: '调解期限在期间内届满，已有结果或已经超期的事项；同一事项重启的，各期分别计',
    dateRule: '现行调解期限（含各方同意的延长，扣除中止）届满日在期间内',
    exclusions: '重复并案的不计',
    apart: '中止中的、期限未到且没有结果的另列',
    basis: '《人民调解工作若干规定》第三十三条等',
  },
  paused: {
    label: '暂停天数占比',
    kind: 'rate',
    unit: '日',
    numerator: '调解中止、期限暂停计算的天数（每次中止列为一行）',
    denominator: '调解期限自起算日至调解有结果的全部天数，没有结果的算到今天；等于暂停的天数加期限照常计算的天数',
    dateRule: '调解期限起算日在期间内',
    exclusions: '重复并案的不计；不满一日的中止不计；吹哨任务因部门异议暂停的不计',
    apart: null,
    basis: '《人民法院在线调解规则》第二十六条',
  },
  'signed-in-time': {
    label: '部门签收及时率',
    kind: 'rate',
    unit: '件',
    numerator: '在时限内签收的吹哨任务',
    denominator: '期间内发出、应当签收的吹哨任务：已签收的和超时未签收的',
    dateRule: '吹哨任务发出时间在期间内',
    exclusions: '异议成立的、撤哨的不计',
    apart: '时限未到、异议待裁定的另列',
    basis: null,
  },
  'arrived-in-time': {
    label: '部门到场及时率',
    kind: 'rate',
    unit: '件',
    numerator: '在时限内到场签到的吹哨任务',
    denominator: '期间内发出、要求到场的吹哨任务：已到场的和超时未到场的',
    dateRule: '吹哨任务发出时间在期间内',
    exclusions: '不要求到场的、异议成立的、撤哨的不计',
    apart: '时限未到、异议待裁定的另列',
    basis: null,
  },
  'answered-in-time': {
    label: '部门反馈及时率',
    kind: 'rate',
    unit: '次',
    numerator: '在时限内书面反馈的',
    denominator: '应当反馈的，退回补办的另计一次：已反馈的和超时未反馈的',
    dateRule: '反馈时限起算时间在期间内',
    exclusions: '异议成立的、撤哨的不计',
    apart: '时限未到、异议待裁定的另列',
    basis: null,
  },
  performed: {
    label: '协议履行率',
    kind: 'rate',
    unit: '项',
    numerator:
      '已全部履行的履行事项（分期的按期计）：收的一方已确认或者调解员已认定的，和等候确认的天数届满、有凭证而没有人提出异议的',
    denominator: '到期日在期间内的履行事项：已履行的、违约的、到期未履行的，和登记了履行而期满仍没有确认也没有凭证的',
    dateRule: '履行事项到期日在期间内',
    exclusions: '协议作废或被替代后不再履行的不计',
    apart: '未到期且未履行的、等候收款方确认的另列',
    basis: '《人民调解法》第三十一条',
  },
  'court-confirmed': {
    label: '司法确认率',
    kind: 'rate',
    unit: '项',
    numerator: '人民法院裁定确认有效的书面协议',
    denominator: '期间内生效、已见分晓的书面协议：裁定有效的、不予受理或者裁定驳回的，和共同申请的期限届满没有申请的',
    dateRule: '协议生效时间在期间内',
    exclusions: '口头协议、补充和更正协议不计；撤回申请的按没有申请计',
    apart: '期限未届满没有申请的、已申请没有裁定的另列',
    basis: '《人民调解法》第三十三条，《民事诉讼法》第二百零五条、第二百零六条',
  },
  satisfied: {
    label: '满意率',
    kind: 'rate',
    unit: '次',
    numerator: '回访中表示满意、基本满意的，和当事人网上评价四星、五星的',
    denominator: '回访中明确表态的，和当事人网上评价的',
    dateRule: '回访或评价时间在期间内',
    exclusions: '没有回访、没有评价的不计',
    apart: '未接通、未表态的另列',
    basis: null,
  },
} as const satisfies Readonly<Record<string, FigureDefinition>>;
export type Figure = keyof typeof FIGURES;
export const FIGURE_KEYS = Object.keys(FIGURES) as readonly Figure[];
export const FIGURE_LABELS = Object.fromEntries(FIGURE_KEYS.map((f) => [f, FIGURES[f].label])) as Readonly<
  Record<Figure, string>
>;

/** Why a case is apart, or was missed. */
export const NOTES = {
  imported: '旧台账导入',
  withdrawn: '申请人撤回',
  'in-hand': '仍在办理',
  'not-due': '期限未到',
  observation: `生效未满 ${RELAPSE_DAYS} 日`,
  suspended: '中止中',
  objected: '异议待裁定',
  unreached: '未接通',
  'no-answer': '未表态',
  overdue: '超期',
  breach: '违约或到期未履行',
  relapse: '重启',
  'not-agreed': '调解不成',
  late: '办理时已超期',
  unconfirmed: '待收款方确认',
  unproved: '没有确认也没有凭证',
  'at-court': '法院还没有裁定',
  dismissed: '法院没有确认',
  'not-applied': '没有申请',
  dissatisfied: '不满意',
  running: '期限照常计算',
} as const;
export type Note = keyof typeof NOTES;

export const BREAKDOWNS = {
  none: '不分组',
  center: '综治中心',
  'type-1': '纠纷类型（一级）',
  'type-2': '纠纷类型（二级）',
  'type-3': '纠纷类型（三级）',
  'local-type': '本地小类',
  month: '月份',
  quarter: '季度',
  year: '年度',
  mediator: '承办人',
  agency: '联动单位',
} as const;
export type Breakdown = keyof typeof BREAKDOWNS;

export const PARTS = { numerator: '分子', denominator: '分母', missed: '未达到', apart: '另列' } as const;
export type Part = keyof typeof PARTS;

/** Share of 1 with four decimals; null where there is nothing to divide by, which is printed as “—”. */
export function ratioOf(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : Math.round((numerator / denominator) * 10_000) / 10_000;
}
