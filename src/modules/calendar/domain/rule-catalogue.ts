import { type DeadlineUnit, termCn } from '../../../kernel';

export const RULE_GROUPS = {
  mediation: '调解',
  desk: '内部办理',
  summons: '吹哨报到',
  after: '协议和回访',
  reference: '供查阅',
} as const;
export type RuleGroup = keyof typeof RULE_GROUPS;

/** What a center may do with a term. */
export const RULE_STANDINGS = {
  law: '法定，可以缩短，不能延长',
  right: '法定，不能调整',
  own: '本中心可以调整',
  reference: '供查阅，系统不据此计时',
} as const;
export type RuleStanding = keyof typeof RULE_STANDINGS;

type Bounds = Readonly<Partial<Record<DeadlineUnit, readonly [min: number, max: number]>>>;

export interface RuleFacts {
  readonly name: string;
  readonly group: RuleGroup;
  readonly standing: RuleStanding;
  /** Between what a center's own term lies, for each unit that it may be counted in. */
  readonly bounds: Bounds;
}

const rule = (group: RuleGroup, standing: RuleStanding, name: string, bounds: Bounds = {}): RuleFacts => ({
  name,
  group,
  standing,
  bounds,
});
const law = (name: string): RuleFacts => rule('mediation', 'law', name);
/** Lists look for these in the database, where only natural days can be told. */
const desk = (name: string, min: number, max: number): RuleFacts =>
  rule('desk', 'own', name, { 'natural-day': [min, max] });
const followUp = (name: string): RuleFacts => rule('after', 'own', name, { 'natural-day': [1, 30] });
const reference = (name: string): RuleFacts => rule('reference', 'reference', name);
const whistle = (name: string, bounds: Bounds): RuleFacts => rule('summons', 'own', name, bounds);

const SOON: Bounds = { 'working-minute': [10, 480], 'working-hour': [1, 8] };
/** 疑难事项 are fed back within ten working days at most. */
const WITHIN_DAYS: Bounds = { 'working-hour': [1, 48], 'working-day': [1, 10] };
const AT_ONCE: Bounds = { 'real-minute': [5, 120] };
const ROUND_THE_CLOCK: Bounds = { 'real-hour': [1, 72] };
const ANSWER: Bounds = { 'working-day': [1, 15] };

const KINDS = { progress: '工作推进哨', assault: '攻坚克难哨', emergency: '应急哨' } as const;
const LEVELS = { regular: '常规', key: '重点', hard: '疑难' } as const;

function whistles(): [string, RuleFacts][] {
  return Object.entries(KINDS).flatMap(([kind, name]): [string, RuleFacts][] => {
    const isEmergency = kind === 'emergency';
    const days = isEmergency ? ROUND_THE_CLOCK : WITHIN_DAYS;
    return [
      [`summons.${kind}.sign`, whistle(`${name}·签收`, isEmergency ? AT_ONCE : SOON)],
      [`summons.${kind}.contact`, whistle(`${name}·联系`, isEmergency ? AT_ONCE : WITHIN_DAYS)],
      [`summons.${kind}.arrive`, whistle(`${name}·到场`, isEmergency ? AT_ONCE : WITHIN_DAYS)],
      ...Object.entries(LEVELS).map(([level, word]): [string, RuleFacts] => [
        `summons.${kind}.feedback.${level}`,
        whistle(`${name}·反馈（${word}）`, days),
      ]),
      [`summons.${kind}.ruling`, whistle(`${name}·异议裁定`, days)],
    ];
  });
}

/** The rules that the program asks for by name, and those that are only there to be looked up. Terms are data. */
export const DEADLINE_RULES: Readonly<Record<string, RuleFacts>> = {
  'mediation.people': law('人民调解'),
  'mediation.court-entrusted': law('法院委派调解'),
  'mediation.court-ordinary': law('法院委托调解·普通程序'),
  'mediation.court-summary': law('法院委托调解·简易程序'),
  'mediation.labor': law('劳动争议调解'),
  'mediation.pause': rule('mediation', 'own', '中止不经批准的最长时间', { 'natural-day': [1, 60] }),
  'consent.ask': desk('征询各方意愿', 1, 30),
  'transfer.sign': desk('流转单签收', 1, 15),
  'matter.idle': desk('没有办理进展', 3, 60),
  ...Object.fromEntries(whistles()),
  'summons.resubmission': whistle('退回补办', WITHIN_DAYS),
  'summons.objection': whistle('提出异议', { 'working-minute': [60, 480], 'working-hour': [1, 16] }),
  'summons.objection-hard-stop': rule('summons', 'right', '未签收时提出异议'),
  'summons.appeal': whistle('考核申诉', ANSWER),
  'summons.appeal-ruling': whistle('答复考核申诉', ANSWER),
  'judicial-confirmation': rule('after', 'right', '共同申请司法确认'),
  enforcement: rule('after', 'right', '申请强制执行'),
  'follow-up.after-effect': followUp('协议生效后回访'),
  'follow-up.after-closing': followUp('办结后回访'),
  'follow-up.random': followUp('抽查回访'),
  'court.confirm': reference('法院委派、委托调解的接受或退回'),
  'court.ask-other': reference('法院委派调解征询对方当事人'),
  'petition.reply': reference('信访事项受理告知'),
  'petition.finish': reference('信访事项办结'),
  'petition.finish-longer': reference('信访事项延长办理'),
  'legal-aid.decide': reference('法律援助审查决定'),
  'matter.simple': reference('简单事项办结'),
  'matter.general': reference('一般事项办结'),
  'matter.complex': reference('复杂事项办结'),
};

/** Names of the rules for which a center may set a term of its own. */
export const ADJUSTABLE_RULES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(DEADLINE_RULES)
    .filter(([, { standing }]) => standing === 'law' || standing === 'own')
    .map(([id, { group, name }]) => [id, `${RULE_GROUPS[group]}·${name}`]),
);

export const UNIT_NAMES = {
  'natural-day': '自然日',
  'working-day': '工作日',
  'calendar-month': '个月',
  year: '年',
  'working-hour': '小时（办公时间）',
  'working-minute': '分钟（办公时间）',
  'real-hour': '小时（昼夜连续）',
  'real-minute': '分钟（昼夜连续）',
} as const satisfies Readonly<Record<DeadlineUnit, string>>;

interface Term {
  readonly term: number;
  readonly unit: DeadlineUnit;
}

export interface SettingProblem {
  readonly code: string;
  readonly message: string;
  readonly pointer: '/ruleId' | '/term' | '/unit';
}

/** Between what a center may set it. A term of the law may be shorter in any February, never longer in any. */
export function boundsOf({ standing, bounds }: RuleFacts, preset: Term): Bounds {
  if (standing === 'own') return bounds;
  if (standing !== 'law') return {};
  const own: Bounds = { [preset.unit]: [1, preset.term] };
  return preset.unit === 'calendar-month' ? { ...own, 'natural-day': [1, preset.term * 28] } : own;
}

/** Why a center may not set this term; null where it may. */
export function settingProblem(facts: RuleFacts, preset: Term, asked: Term): SettingProblem | null {
  const { name, standing } = facts;
  if (standing === 'right' || standing === 'reference') {
    const message = `“${name}”${RULE_STANDINGS[standing]}。`;
    return { code: 'deadline-rules.fixed', message, pointer: '/ruleId' };
  }
  const bounds = boundsOf(facts, preset);
  const range = bounds[asked.unit];
  if (range === undefined) {
    const message = `“${name}”只能按${unitsCn(bounds)}设置，请重新选择单位。`;
    return { code: 'deadline-rules.unit', message, pointer: '/unit' };
  }
  if (standing === 'law' && asked.term > range[1]) {
    const message = `“${name}”是法定期限（${termCn(preset.term, preset.unit)}），可以缩短，不能延长${
      asked.unit === preset.unit ? '' : `，按${UNIT_NAMES[asked.unit]}最多${range[1]}`
    }。`;
    return { code: 'deadline-rules.beyond-law', message, pointer: '/term' };
  }
  if (asked.term >= range[0] && asked.term <= range[1]) return null;
  const message = `“${name}”应在${range[0]}至${termCn(range[1], asked.unit)}之间。`;
  return { code: 'deadline-rules.out-of-bounds', message, pointer: '/term' };
}

/** The range in words: 1个月以内, 或28日以内. */
export function boundsCn(facts: RuleFacts, preset: Term): string {
  const ranges = Object.entries(boundsOf(facts, preset)) as [DeadlineUnit, readonly [number, number]][];
  if (ranges.length === 0) return RULE_STANDINGS[facts.standing];
  const words = ranges.map(([unit, [min, max]]) =>
    facts.standing === 'law' ? `${termCn(max, unit)}以内` : `${min}至${termCn(max, unit)}`,
  );
  return words.join('，或');
}

function unitsCn(bounds: Bounds): string {
  return (Object.keys(bounds) as DeadlineUnit[]).map((unit) => UNIT_NAMES[unit]).join('、');
}
