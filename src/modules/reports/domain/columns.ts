import { NATIONAL_BODIES, NATIONAL_SOURCES, NATIONAL_TYPES } from './national';

export const FACT_KINDS = {
  concluded: '调解结束的案件',
  performed: '履行完毕的案件',
  confirmed: '司法确认',
  sued: '达成协议后起诉',
  varied: '被判决变更',
  revoked: '被判决撤销',
  invalid: '被判决确认无效',
  'payment-order': '申请支付令',
  survey: '排查纠纷',
  prevented: '预防纠纷',
  suicide: '防止民间纠纷引起自杀',
  crime: '防止民间纠纷转化为刑事案件',
  petition: '防止群体性上访',
  brawl: '防止群体性械斗',
  committee: '人民调解委员会',
  mediator: '人民调解员',
  'funding-work': '人民调解工作经费',
  'funding-subsidy': '人民调解员补贴经费',
} as const;
export type FactKind = keyof typeof FACT_KINDS;

/** By what one thing counted is told from another; a cell is those that agree with its column in all that it names. */
export interface FactTraits {
  readonly kind: string;
  readonly body: string;
  readonly source: string;
  readonly type: string;
  readonly form: string | null;
  readonly success: boolean;
  readonly difficult: boolean;
}

/** What is added up. `count` is 1 for a single fact. */
export interface FactMeasures {
  readonly count: number;
  readonly people: number;
  readonly amount: number;
  readonly times: number;
  readonly matters: number;
}
export type Measure = keyof FactMeasures;

export interface Column {
  readonly key: string;
  /** Heads from the top down; neighbours with the same head are merged. */
  readonly heads: readonly string[];
  readonly unit: '件' | '人' | '次' | '个' | '项' | '万元';
  readonly measure: Measure;
  readonly where: Partial<FactTraits>;
  /** Added to the definitions beneath the table. */
  readonly meaning?: string;
}

const column = (
  key: string,
  heads: readonly string[],
  where: Partial<FactTraits>,
  extra: Partial<Pick<Column, 'unit' | 'measure' | 'meaning'>> = {},
): Column => ({ key, heads, unit: '件', measure: 'count', where, ...extra });

const concluded = (where: Partial<FactTraits> = {}): Partial<FactTraits> => ({ kind: 'concluded', ...where });
const entries = (labels: Readonly<Record<string, string>>): [string, string][] => Object.entries(labels);

const COURT_BY: Readonly<Record<string, string>> = { varied: '变更', revoked: '撤销', invalid: '确认无效' };

/** 人民调解案件情况统计表 (domain practice of 司发通〔2010〕239号; columns as published). */
export const CASE_COLUMNS: readonly Column[] = [
  column('total', ['调解案件总数'], concluded(), {
    meaning:
      '调解案件总数：期间内调解结束的案件，包括达成协议的和受理后调解不成的，与“调解成功率”的分母相同；申请人撤回的不计；重启后再次结束的另计一件。按结束之日计入。',
  }),
  column('people', ['涉及当事人数'], concluded(), {
    unit: '人',
    measure: 'people',
    meaning: '涉及当事人数：登记的涉及人数；没有登记的为当事人个数。',
  }),
  column('success', ['调解成功'], concluded({ success: true }), {
    meaning: '调解成功：书面协议或者口头协议已经生效、没有作废的。',
  }),
  column('difficult', ['疑难复杂'], concluded({ difficult: true }), {
    meaning: '疑难复杂：研判或者办结时标注为疑难复杂的。',
  }),
  column('amount', ['协议涉及金额'], concluded({ success: true }), {
    unit: '万元',
    measure: 'amount',
    meaning: '协议涉及金额：生效协议约定给付的金额；协议没有约定金额的，为登记的标的额。',
  }),
  ...entries(NATIONAL_BODIES).map(([key, label]) =>
    column(`body.${key}`, ['调解组织', label], concluded({ body: key })),
  ),
  ...entries(NATIONAL_SOURCES).map(([key, label]) =>
    column(
      `source.${key}`,
      key === 'proactive' || key === 'applied' ? ['案件来源', label] : ['案件来源', '接受委托移送调解', label],
      concluded({ source: key }),
    ),
  ),
  ...entries(NATIONAL_TYPES).map(([key, label]) =>
    column(`type.${key}`, ['纠纷类型', label], concluded({ type: key })),
  ),
  column('form.oral', ['协议形式', '口头协议'], concluded({ success: true, form: 'oral' })),
  column('form.written', ['协议形式', '书面协议'], concluded({ success: true, form: 'written' })),
  column(
    'performed',
    ['协议履行和司法情况', '履行'],
    { kind: 'performed' },
    {
      meaning:
        '履行、司法确认、起诉、判决、支付令：按发生之日计入，不论案件何时调解结束，因此不与本期调解成功的件数相加减。',
    },
  ),
  column('confirmed', ['协议履行和司法情况', '司法确认'], { kind: 'confirmed' }),
  column('sued', ['协议履行和司法情况', '达成协议后起诉'], { kind: 'sued' }),
  ...entries(COURT_BY).map(([key, label]) => column(key, ['协议履行和司法情况', '被法院判决', label], { kind: key })),
  column('payment-order', ['协议履行和司法情况', '申请支付令'], { kind: 'payment-order' }),
  column('survey.times', ['排查和预防', '排查纠纷', '次'], { kind: 'survey' }, { unit: '次', measure: 'times' }),
  column('survey.matters', ['排查和预防', '排查纠纷', '件'], { kind: 'survey' }, { measure: 'matters' }),
  column('prevented', ['排查和预防', '预防纠纷'], { kind: 'prevented' }, { measure: 'matters' }),
  ...(['suicide', 'crime', 'petition', 'brawl'] as const).flatMap((kind) => [
    column(`${kind}.matters`, ['排查和预防', FACT_KINDS[kind], '件'], { kind }, { measure: 'matters' }),
    column(`${kind}.persons`, ['排查和预防', FACT_KINDS[kind], '人'], { kind }, { unit: '人', measure: 'people' }),
  ]),
];

/** 人民调解组织队伍情况统计表, as of the last day of the period; funding is typed in. */
export const ORGANISATION_COLUMNS: readonly Column[] = [
  column('committees', ['人民调解委员会', '合计'], { kind: 'committee' }, { unit: '个' }),
  ...entries(NATIONAL_BODIES).map(([key, label]) =>
    column(`committees.${key}`, ['人民调解委员会', label], { kind: 'committee', body: key }, { unit: '个' }),
  ),
  column(
    'mediators',
    ['人民调解员', '合计'],
    { kind: 'mediator' },
    {
      unit: '人',
      meaning: '人民调解员：期末在任的委员和聘任人员；同一人在两个调委会任职的计两次。',
    },
  ),
  column('mediators.full-time', ['人民调解员', '专职'], { kind: 'mediator', form: 'full-time' }, { unit: '人' }),
  column('mediators.part-time', ['人民调解员', '兼职'], { kind: 'mediator', form: 'part-time' }, { unit: '人' }),
  column(
    'funding.work',
    ['经费', '工作经费'],
    { kind: 'funding-work' },
    {
      unit: '万元',
      measure: 'amount',
      meaning: '经费：由填报人填写，系统没有记录。',
    },
  ),
  column('funding.subsidy', ['经费', '补贴经费'], { kind: 'funding-subsidy' }, { unit: '万元', measure: 'amount' }),
];

/** Parts that must add up to a whole, in every row and in the sum. */
export interface Footing {
  readonly whole: string;
  readonly parts: readonly string[];
  readonly label: string;
}

const starting = (columns: readonly Column[], prefix: string): string[] =>
  columns.flatMap(({ key }) => (key.startsWith(prefix) ? [key] : []));

export const CASE_FOOTINGS: readonly Footing[] = [
  { whole: 'total', parts: starting(CASE_COLUMNS, 'body.'), label: '各类调解组织之和应等于调解案件总数' },
  { whole: 'total', parts: starting(CASE_COLUMNS, 'source.'), label: '各来源之和应等于调解案件总数' },
  { whole: 'total', parts: starting(CASE_COLUMNS, 'type.'), label: '各类纠纷之和应等于调解案件总数' },
  { whole: 'success', parts: ['form.oral', 'form.written'], label: '口头协议和书面协议之和应等于调解成功数' },
];

export const ORGANISATION_FOOTINGS: readonly Footing[] = [
  {
    whole: 'committees',
    parts: starting(ORGANISATION_COLUMNS, 'committees.'),
    label: '各类调委会之和应等于合计',
  },
  {
    whole: 'mediators',
    parts: starting(ORGANISATION_COLUMNS, 'mediators.'),
    label: '专职和兼职之和应等于人民调解员合计',
  },
];
