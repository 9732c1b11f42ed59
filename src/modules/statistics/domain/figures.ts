/** What a figure says of itself: served with it, printed beneath it, and held to by its query. */
export interface FigureDefinition {
  readonly label: string;
  /** A count has no denominator. */
  readonly kind: 'count' | 'rate';
  /** What is counted: matters, tasks, items, visits; or the days or the money (in fen) of each case. */
  readonly unit: '件' | '项' | '次' | '日' | '元';
  /** `{days}`: how long a center observes an outcome. */
  readonly numerator: string;
  readonly denominator: string | null;
  /** Which day puts a case into a period, by either basis. */
  readonly dateRule: Readonly<Record<Basis, string>>;
  readonly exclusions: string;
  /** What is neither in the numerator nor missed, and is shown apart. */
  readonly apart: string | null;
  /** The law behind it. */
  readonly basis: string | null;
}

/** Which day puts a case into a period: that of the acceptance of its matter, or that of what is counted. */
export const BASES = { cohort: '按受理时间', period: '按发生时间' } as const;
export type Basis = keyof typeof BASES;

const MERGED = '重复并案的只计主件';
const BY_ACCEPTANCE = '所在事项受理时间在期间内（没有经调委会受理、直接办理的，为开始办理时间）';
const BY_ISSUE = '吹哨任务发出时间在期间内';
const BY_VISIT_DUE = '应当回访的最后一日在期间内';
const TAKEN = '由人民调解委员会受理的和直接办理的事项';
const WHISTLES_APART = '时限未到、异议待裁定的另列';
const WHISTLES_OUT = '异议成立的、撤哨的、任务了结而不再要求的不计；吹哨任务不因事项并案而减少';

export const FIGURES = {
  registered: {
    label: '登记数',
    kind: 'count',
    unit: '件',
    numerator: '期间内登记的事项',
    denominator: null,
    dateRule: { period: '登记时间在期间内', cohort: '登记时间在期间内' },
    exclusions: MERGED,
    apart: '从旧台账导入的另列，不计入',
    basis: null,
  },
  acceptance: {
    label: '受理率',
    kind: 'rate',
    unit: '件',
    numerator: TAKEN,
    denominator: '属于受理范围、已经作出决定的事项：受理的、直接办理的，和属于受理范围而不予受理的',
    dateRule: {
      period: '受理、开始办理或者决定不予受理的时间在期间内，尚未决定的为登记时间',
      cohort: '登记时间在期间内',
    },
    exclusions: `${MERGED}；法律规定由专门机关管辖、禁止民间调解、有关机关已经受理和不属于服务区域的不予受理，引导至法定途径的，移送的，都不属于受理范围`,
    apart: '不属于受理范围的、当场答复的、尚未作出决定的另列；从旧台账导入的另列',
    basis: '《人民调解法》第十七条，《人民调解工作若干规定》第二十二条',
  },
  accepted: {
    label: '受理数',
    kind: 'count',
    unit: '件',
    numerator: '期间内由人民调解委员会受理、取得案号的事项',
    denominator: null,
    dateRule: { period: '受理时间在期间内', cohort: '受理时间在期间内' },
    exclusions: `${MERGED}；不予受理、引导、答复的和直接办理的不计；从旧台账导入、没有在本系统受理的不计`,
    apart: null,
    basis: null,
  },
  closed: {
    label: '办结数',
    kind: 'count',
    unit: '件',
    numerator: '期间内办结，且至今没有重启的事项，不论结果',
    denominator: null,
    dateRule: { period: '最后一次办结时间在期间内', cohort: BY_ACCEPTANCE },
    exclusions: `${MERGED}；重启后未再办结的不计`,
    apart: '从旧台账导入的另列，不计入；导入后重启、在本系统办结的照计',
    basis: null,
  },
  'closed-rate': {
    label: '办结率',
    kind: 'rate',
    unit: '件',
    numerator: '已经办结，且至今没有重启的事项，不论结果',
    denominator: `${TAKEN}，包括还在办理的`,
    dateRule: { period: '办结时间在期间内；没有办结的，受理或者开始办理的时间在期间内', cohort: BY_ACCEPTANCE },
    exclusions: `${MERGED}；不予受理、引导、答复而没有办理的不计`,
    apart: null,
    basis: null,
  },
  'closed-on-time': {
    label: '按期办结率',
    kind: 'rate',
    unit: '件',
    numerator: '在办结期限届满当日或之前办结的事项',
    denominator: '已经办结的，和办结期限届满没有办结的事项；同一事项重启的，各期分别计',
    dateRule: {
      period:
        '办结期限届满日在期间内：现行调解期限（含各方同意的延长，扣除中止）届满日；协议约定的履行期限更晚的，为最后一个履行期限届满日',
      cohort: BY_ACCEPTANCE,
    },
    exclusions: '重复并案的不计；直接办理、没有调解期限的不计',
    apart: '没有办结而中止中的、期限未到的另列',
    basis: '《人民调解工作若干规定》第三十三条等',
  },
  'on-time': {
    label: '按期调结率',
    kind: 'rate',
    unit: '件',
    numerator: '在调解期限届满当日或之前调解有结果的事项',
    denominator: '已有结果的，和调解期限届满没有结果的事项；同一事项重启的，各期分别计',
    dateRule: {
      period: '现行调解期限（含各方同意的延长，扣除中止）届满日在期间内',
      cohort: BY_ACCEPTANCE,
    },
    exclusions: '重复并案的不计',
    apart: '中止中的、期限未到且没有结果的另列',
    basis: '《人民调解工作若干规定》第三十三条等',
  },
  paused: {
    label: '暂停天数占比',
    kind: 'rate',
    unit: '日',
    numerator: '调解中止、期限暂停计算的天数（每次中止列为一行）',
    denominator: '调解期限自起算日至调解有结果的全部天数，没有结果的算到统计时；等于暂停的天数加期限照常计算的天数',
    dateRule: { period: '调解期限起算日在期间内', cohort: BY_ACCEPTANCE },
    exclusions: '重复并案的不计；不满一日的中止不计；吹哨任务因部门异议暂停的不计',
    apart: null,
    basis: '《人民法院在线调解规则》第二十六条',
  },
  agreed: {
    label: '调解成功率',
    kind: 'rate',
    unit: '件',
    numerator: '达成书面或口头协议并已生效的（协议率，不看履行）；重启后又达成的，各轮分别计，一轮计一次',
    denominator: '调解有结果的：协议生效的，和受理后调解不成、拒绝、无法联系的；一轮计一次',
    dateRule: { period: '该轮协议最早生效时间，或调解终止时间在期间内', cohort: BY_ACCEPTANCE },
    exclusions: '重复并案的不计；受理前拒绝调解的不计；更正协议不另计；协议作废的按该轮调解结果计',
    apart: '申请人撤回的另列',
    basis: '《人民调解法》第二十六条、第二十九条、第三十条',
  },
  'agreed-of-accepted': {
    label: '调解成功率（按受理数）',
    kind: 'rate',
    unit: '件',
    numerator: '达成书面或口头协议并已生效的事项，一件计一次（各地公布数字的通行算法）',
    denominator: '由人民调解委员会受理的全部事项，包括还在调解的',
    dateRule: { period: '协议最早生效时间在期间内；没有协议的，受理时间在期间内', cohort: '受理时间在期间内' },
    exclusions: `${MERGED}；直接办理的不计；更正协议不另计，作废的协议不计`,
    apart: null,
    basis: null,
  },
  settled: {
    label: '化解率',
    kind: 'rate',
    unit: '件',
    numerator:
      '协议已生效，到期义务截至统计时都已履行、没有未到期的义务，生效后 {days} 日内没有重启；或者自行和解，或者由部门等办理解决并经当事人确认，此后 {days} 日内没有重启的事项；结果以后又移送人民法院的不算',
    denominator:
      '受理或者直接办理、已经见分晓的事项：化解的，和调解不成、违约、逾期未履行、撤回、移送人民法院、没有解决、当事人没有确认解决的',
    dateRule: {
      period: '协议生效、和解、确认解决或者调解终止、办结的时间在期间内；仍在办理的，受理时间在期间内',
      cohort: BY_ACCEPTANCE,
    },
    exclusions: `${MERGED}；不予受理的不计；移送法院不算化解；一件计一次，重启的以最后一轮为准，重启本身见反悔复发率；晚于期限履行的，截至统计时已履行即算履行`,
    apart: '仍在办理（含重启后）、协议义务未到期或者待收款方确认、观察未满 {days} 日的另列，不计入分母',
    basis: '《人民调解法》第三十一条',
  },
  'settled-raw': {
    label: '化解率（不看履行）',
    kind: 'rate',
    unit: '件',
    numerator: '达成协议并已生效，或者自行和解，或者以自行和解、问题解决办结的事项；不看履行、不看重启、不问当事人',
    denominator: `${TAKEN}，包括还在办理的`,
    dateRule: {
      period: '协议生效、和解、调解终止或者办结的时间在期间内；仍在办理的，受理时间在期间内',
      cohort: BY_ACCEPTANCE,
    },
    exclusions: `${MERGED}；不予受理的不计；一件计一次，重启的以最后一轮为准。列在化解率旁供对照，不作为化解率使用`,
    apart: null,
    basis: null,
  },
  level: {
    label: '化解数',
    kind: 'count',
    unit: '件',
    numerator: '化解的事项，与化解率的分子相同；按化解层级分组，看各层级占比',
    denominator: null,
    dateRule: { period: '协议生效、和解或者确认解决的时间在期间内', cohort: BY_ACCEPTANCE },
    exclusions:
      '与化解率相同。层级：经调解的，按调解委员会所在的村（社区）、乡镇（街道）或者行业、专业、企业事业单位；直接办理的，按承办单位所在层级',
    apart: '没有化解的另列',
    basis: null,
  },
  relapsed: {
    label: '反悔复发率',
    kind: 'rate',
    unit: '件',
    numerator: '协议生效后 90 日内重启的，和生效后移送人民法院的；重启后又达成协议的，各轮分别计',
    denominator: '生效的协议（每轮最早的一份）：反悔复发的，和生效满 90 日没有反悔复发的',
    dateRule: { period: '协议生效时间在期间内', cohort: BY_ACCEPTANCE },
    exclusions: '重复并案的不计；更正协议不另计；协议作废的不计；在系统外起诉而没有登记的无从知道',
    apart: '生效未满 90 日、没有反悔复发的另列',
    basis: '《人民调解法》第三十一条、第三十二条',
  },
  performed: {
    label: '协议履行率',
    kind: 'rate',
    unit: '项',
    numerator:
      '截至统计时已全部履行的履行事项（分期的按期计，晚于期限履行的也计）：收的一方已确认或者调解员已认定的，和等候确认的天数届满、有凭证而没有人提出异议的',
    denominator: '已履行的、违约的、到期未履行的，和登记了履行而期满仍没有确认也没有凭证的',
    dateRule: { period: '履行事项到期日在期间内', cohort: BY_ACCEPTANCE },
    exclusions: '协议作废或被替代后不再履行的不计',
    apart: '未到期且未履行的、等候收款方确认的另列',
    basis: '《人民调解法》第三十一条',
  },
  'performed-amount': {
    label: '协议履行率（按金额）',
    kind: 'rate',
    unit: '元',
    numerator:
      '截至统计时已经给付的金额（部分给付的按给付的部分计，每笔登记列为一行），确认和凭证的要求与协议履行率相同',
    denominator: '已经给付的金额，和违约、到期没有给付的金额',
    dateRule: { period: '履行事项到期日在期间内', cohort: BY_ACCEPTANCE },
    exclusions: '没有金额的履行事项不计；协议作废或被替代后不再履行的不计；收款方有异议、调解员没有认定的给付不计',
    apart: '未到期且未给付的金额、等候收款方确认的金额另列',
    basis: '《人民调解法》第三十一条',
  },
  'on-spot': {
    label: '当场履行率',
    kind: 'rate',
    unit: '件',
    numerator: '约定的事项在协议生效当日全部履行的协议',
    denominator: '约定了履行事项的生效协议（每轮最早的一份）',
    dateRule: { period: '协议生效时间在期间内', cohort: BY_ACCEPTANCE },
    exclusions: '重复并案的不计；更正协议不另计；协议作废的不计',
    apart: '没有约定履行事项的、等候收款方确认的另列',
    basis: null,
  },
  'court-confirmed': {
    label: '司法确认率',
    kind: 'rate',
    unit: '项',
    numerator: '人民法院裁定确认有效的书面协议',
    denominator: '已见分晓的书面协议：裁定有效的、不予受理或者裁定驳回的，和共同申请的期限届满没有申请的',
    dateRule: { period: '协议生效时间在期间内', cohort: BY_ACCEPTANCE },
    exclusions: '重复并案的不计；口头协议、补充和更正协议不计；撤回申请的按没有申请计',
    apart: '期限未届满没有申请的、已申请没有裁定的另列',
    basis: '《人民调解法》第三十三条，《民事诉讼法》第二百零五条、第二百零六条',
  },
  'confirmed-of-applied': {
    label: '司法确认率（按申请数）',
    kind: 'rate',
    unit: '项',
    numerator: '人民法院裁定确认有效的申请',
    denominator: '人民法院已有结论的共同申请：裁定有效的，和不予受理或者裁定驳回的',
    dateRule: { period: '共同申请的日期在期间内', cohort: BY_ACCEPTANCE },
    exclusions: '重复并案的不计',
    apart: '法院还没有裁定的、撤回申请的另列',
    basis: '《民事诉讼法》第二百零五条、第二百零六条',
  },
  response: {
    label: '部门响应率',
    kind: 'rate',
    unit: '件',
    numerator: '在时限内联系当事人的吹哨任务；到场、反馈视为已经联系',
    denominator: '应当联系当事人的吹哨任务：已联系的和超时未联系的',
    dateRule: { period: '联系时限起算时间在期间内', cohort: BY_ISSUE },
    exclusions: WHISTLES_OUT,
    apart: WHISTLES_APART,
    basis: null,
  },
  'signed-in-time': {
    label: '部门签收及时率',
    kind: 'rate',
    unit: '件',
    numerator: '在时限内签收的吹哨任务',
    denominator: '应当签收的吹哨任务：已签收的和超时未签收的',
    dateRule: { period: '签收时限起算时间在期间内', cohort: BY_ISSUE },
    exclusions: WHISTLES_OUT,
    apart: WHISTLES_APART,
    basis: null,
  },
  arrived: {
    label: '部门到场率',
    kind: 'rate',
    unit: '件',
    numerator: '到场签到的吹哨任务，不论早晚',
    denominator: '要求到场的吹哨任务：已到场的和超时未到场的',
    dateRule: { period: '到场时限起算时间在期间内', cohort: BY_ISSUE },
    exclusions: `不要求到场的不计；${WHISTLES_OUT}`,
    apart: WHISTLES_APART,
    basis: null,
  },
  'arrived-in-time': {
    label: '部门到场及时率',
    kind: 'rate',
    unit: '件',
    numerator: '在时限内到场签到的吹哨任务',
    denominator: '要求到场的吹哨任务：已到场的和超时未到场的',
    dateRule: { period: '到场时限起算时间在期间内', cohort: BY_ISSUE },
    exclusions: `不要求到场的不计；${WHISTLES_OUT}`,
    apart: WHISTLES_APART,
    basis: null,
  },
  'answered-in-time': {
    label: '部门反馈及时率',
    kind: 'rate',
    unit: '次',
    numerator: '在时限内书面反馈的',
    denominator: '应当反馈的，退回补办的另计一次：已反馈的和超时未反馈的',
    dateRule: { period: '反馈时限起算时间在期间内', cohort: BY_ISSUE },
    exclusions: WHISTLES_OUT,
    apart: WHISTLES_APART,
    basis: null,
  },
  visited: {
    label: '回访率',
    kind: 'rate',
    unit: '次',
    numerator: '应当回访、此后已经回访到的，或者当事人本人已经答复的；晚于期限的也计',
    denominator:
      '应当回访的：办结后七日内、协议生效后七日内、每个履行期限届满的次日、上次回访约定的日期；已回访的和过期未回访的',
    dateRule: { period: BY_VISIT_DUE, cohort: BY_ACCEPTANCE },
    exclusions:
      '反映人要求不回访的、重复并案的不计；办结后七日内重启的，不计该次办结的回访；协议作废或被替代的不计；归档后没有回访的履行期限不计',
    apart: '期限未到的另列',
    basis: '《人民调解法》第三十一条第二款',
  },
  'called-back': {
    label: '抽查回访率',
    kind: 'rate',
    unit: '次',
    numerator: '办结时被抽中、此后已经由他人抽查回访到的；晚于期限的也计',
    denominator: '办结时被抽中、应当在十四日内抽查回访的：已回访的和过期未回访的',
    dateRule: { period: BY_VISIT_DUE, cohort: BY_ACCEPTANCE },
    exclusions: '反映人要求不回访的、重复并案的不计；办结后十四日内重启的不计',
    apart: '期限未到的另列',
    basis: null,
  },
  solved: {
    label: '解决率',
    kind: 'rate',
    unit: '次',
    numerator: '回访中当事人表示已经解决的，和当事人本人网上答复已经解决的（每人每卷以最后一次为准）',
    denominator: '回访中当事人表示解决或者没有解决的，和当事人本人网上答复的',
    dateRule: { period: '回访或答复时间在期间内', cohort: BY_ACCEPTANCE },
    exclusions: '没有回访、没有答复的不计',
    apart: '未接通、未表态的另列',
    basis: null,
  },
  satisfied: {
    label: '满意率',
    kind: 'rate',
    unit: '次',
    numerator: '回访中表示满意、基本满意的，和当事人网上评价四星、五星的',
    denominator: '回访中明确表态的，和当事人网上评价的',
    dateRule: { period: '回访或评价时间在期间内', cohort: BY_ACCEPTANCE },
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

/**
 * The definition as it is printed: for centers that observe an outcome for so many days, and by one basis or, where none is
 * chosen, by both.
 */
export function definitionOf(
  figure: Figure,
  relapseDays: readonly number[],
  basis?: Basis,
): Omit<FigureDefinition, 'dateRule'> & { readonly dateRule: string } {
  const { dateRule, ...definition }: FigureDefinition = FIGURES[figure];
  const [least, most] = [Math.min(...relapseDays), Math.max(...relapseDays)];
  const days = least === most ? `${least}` : `${least} 至 ${most}（各中心自定）`;
  const filled = <T extends string | null>(words: T): T =>
    (words?.replaceAll('{days}', days).replaceAll('） 日', '）日') ?? null) as T;
  return {
    ...definition,
    numerator: filled(definition.numerator),
    denominator: filled(definition.denominator),
    exclusions: filled(definition.exclusions),
    apart: filled(definition.apart),
    dateRule:
      basis === undefined
        ? `${BASES.period}：${dateRule.period}。${BASES.cohort}：${dateRule.cohort}`
        : `${BASES[basis]}：${dateRule[basis]}`,
  };
}

/** By which a fact names its figure in the database (`app.figure_facts_at`). */
export const FIGURE_CODES = {
  registered: 1,
  accepted: 2,
  closed: 3,
  agreed: 4,
  settled: 5,
  'on-time': 6,
  paused: 7,
  'signed-in-time': 8,
  'arrived-in-time': 9,
  'answered-in-time': 10,
  performed: 11,
  'court-confirmed': 12,
  satisfied: 13,
  acceptance: 14,
  'closed-rate': 15,
  'closed-on-time': 16,
  'agreed-of-accepted': 17,
  'settled-raw': 18,
  level: 19,
  relapsed: 20,
  'on-spot': 21,
  'performed-amount': 22,
  'confirmed-of-applied': 23,
  response: 24,
  arrived: 25,
  visited: 26,
  'called-back': 27,
  solved: 28,
} as const satisfies Readonly<Record<Figure, number>>;

/** By which a fact names its verdict. */
export const VERDICTS = { hit: 1, miss: 2, apart: 3 } as const;
export type Verdict = keyof typeof VERDICTS;

/** Where a matter was resolved (化解层级). */
export const LEVELS = {
  1: '村（社区）',
  2: '乡镇（街道）',
  3: '县（市、区）',
  4: '市',
  5: '省（自治区、直辖市）',
  6: '行业、专业和企业事业单位',
} as const;

/** Why a case is apart, or was missed. */
export const NOTES = {
  imported: '旧台账导入',
  withdrawn: '申请人撤回',
  'in-hand': '仍在办理',
  'not-due': '期限未到',
  observation: '观察期未满',
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
  'not-confirmed': '当事人没有确认解决',
  unsolved: '没有解决',
  refused: '不予受理',
  outside: '不属于受理范围',
  answered: '当场答复',
  undecided: '尚未决定是否受理',
  sued: '移送人民法院',
  'nothing-due': '没有约定履行事项',
  'not-on-spot': '没有当场履行',
} as const;
export type Note = keyof typeof NOTES;

/** By which a fact names its note. */
export const NOTE_CODES = {
  imported: 1,
  withdrawn: 2,
  'in-hand': 3,
  'not-due': 4,
  observation: 5,
  suspended: 6,
  objected: 7,
  unreached: 8,
  'no-answer': 9,
  overdue: 10,
  breach: 11,
  'not-agreed': 12,
  late: 13,
  unconfirmed: 14,
  unproved: 15,
  'at-court': 16,
  dismissed: 17,
  'not-applied': 18,
  dissatisfied: 19,
  running: 20,
  'not-confirmed': 21,
  unsolved: 22,
  relapse: 23,
  refused: 24,
  outside: 25,
  answered: 26,
  undecided: 27,
  sued: 28,
  'nothing-due': 29,
  'not-on-spot': 30,
} as const satisfies Readonly<Record<Note, number>>;

export const PARTS = { numerator: '分子', denominator: '分母', missed: '未达到', apart: '另列' } as const;
export type Part = keyof typeof PARTS;

/** Whether a case counts by its days or its money; in all other figures each counts as one. */
export const isWeighed = (figure: Figure): boolean => ['日', '元'].includes(FIGURES[figure].unit);

/** What cases add up to, in the unit of the figure: money is counted in fen and shown in yuan. */
export function inUnit(figure: Figure, weight: number): number {
  return FIGURES[figure].unit === '元' ? weight / 100 : weight;
}

/** Share of 1 with four decimals; null where there is nothing to divide by, which is printed as “—”. */
export function ratioOf(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : Math.round((numerator / denominator) * 10_000) / 10_000;
}
