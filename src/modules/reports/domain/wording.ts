import type { Form } from './forms';

/** A part of a written report: words in which figures stand as 〔name〕, and what is shown below them. */
export interface Section {
  readonly key: string;
  /** Empty for an opening without one. */
  readonly heading: string;
  /** As proposed; empty where only the director can say it. */
  readonly words: string;
  readonly shows: readonly Exhibit[];
}
export type Exhibit = 'trend' | 'types' | 'units' | 'rates' | 'agencies';

const OVERVIEW: Section = {
  key: 'overview',
  heading: '总体情况',
  words:
    '〔期间〕，共登记矛盾纠纷〔登记数〕件（〔登记环比〕，〔登记同比〕），受理〔受理数〕件，办结〔办结数〕件。调解结束〔调解案件总数〕件，调解成功〔调解成功〕件，调解成功率〔调解成功率〕；化解率〔化解率〕。涉及当事人〔涉及当事人数〕人，协议涉及金额〔协议涉及金额〕万元。',
  shows: ['trend'],
};
const TYPES: Section = {
  key: 'types',
  heading: '纠纷类型',
  words: '案件较多的类型：〔居前类型〕。疑难复杂案件〔疑难复杂〕件。',
  shows: ['types'],
};
const UNITS: Section = { key: 'units', heading: '各单位情况', words: '各单位调解案件情况见下表。', shows: ['units'] };
const RATES: Section = {
  key: 'rates',
  heading: '办理质效',
  words:
    '按期调结率〔按期调结率〕，协议履行率〔协议履行率〕，满意率〔满意率〕。各项指标的分子、分母和与上期、上年同期的对比见下表。',
  shows: ['rates'],
};
const AGENCIES: Section = {
  key: 'agencies',
  heading: '部门联动',
  words: '部门签收及时率〔部门签收及时率〕，到场及时率〔部门到场及时率〕，反馈及时率〔部门反馈及时率〕。',
  shows: ['agencies'],
};
const PREVENTION: Section = {
  key: 'prevention',
  heading: '排查预防',
  words: '开展排查〔排查次数〕次，排查出纠纷〔排查件数〕件；预防纠纷〔预防件数〕件。',
  shows: [],
};
const own = (key: string, heading: string): Section => ({ key, heading, words: '', shows: [] });

const SECTIONS: Partial<Record<Form, readonly Section[]>> = {
  weekly: [
    OVERVIEW,
    { ...TYPES, shows: ['types'] },
    PREVENTION,
    own('attention', '需要关注的问题'),
    own('next', '下周工作'),
  ],
  monthly: [
    OVERVIEW,
    TYPES,
    UNITS,
    RATES,
    AGENCIES,
    PREVENTION,
    own('attention', '需要关注的问题'),
    own('next', '下月工作'),
  ],
  bulletin: [
    {
      key: 'opening',
      heading: '',
      words: '现将〔期间〕矛盾纠纷调处工作情况通报如下。',
      shows: [],
    },
    { ...OVERVIEW, shows: [] },
    UNITS,
    AGENCIES,
    own('problems', '存在问题'),
    own('demands', '工作要求'),
  ],
};

export const sectionsOf = (form: Form): readonly Section[] => SECTIONS[form] ?? [];

/** Figures that may stand in the words. */
export const FIGURE_NAMES = [
  '期间',
  '登记数',
  '登记环比',
  '登记同比',
  '受理数',
  '办结数',
  '调解案件总数',
  '调解成功',
  '调解成功率',
  '化解率',
  '按期调结率',
  '按期办结率',
  '协议履行率',
  '司法确认率',
  '满意率',
  '部门签收及时率',
  '部门到场及时率',
  '部门反馈及时率',
  '涉及当事人数',
  '协议涉及金额',
  '疑难复杂',
  '口头协议',
  '书面协议',
  '居前类型',
  '排查次数',
  '排查件数',
  '预防件数',
] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];

const NAMED = /〔([^〔〕]*)〕/g;

/** Names in words for which there is no figure. */
export function unknownNames(words: string): string[] {
  const known: readonly string[] = FIGURE_NAMES;
  return [...words.matchAll(NAMED)].flatMap(([, name = '']) => (known.includes(name) ? [] : [name]));
}

/** The words with their figures in place. */
export function filledIn(words: string, figures: Readonly<Record<FigureName, string>>): string {
  return words.replace(NAMED, (whole, name: string) =>
    Object.hasOwn(figures, name) ? figures[name as FigureName] : whole,
  );
}

/** 一、二、… 十一、 */
export function numbered(index: number): string {
  const digits = '一二三四五六七八九十';
  const text = index < 10 ? digits.charAt(index) : `十${digits.charAt(index - 10)}`;
  return `${text}、`;
}

/** `比上期增加3件（12.5%）`. */
export function changeCn(now: number, before: number, against: string): string {
  if (now === before) return `与${against}持平`;
  const share = before === 0 ? '' : `（${((Math.abs(now - before) / before) * 100).toFixed(1)}%）`;
  return `比${against}${now > before ? '增加' : '减少'}${Math.abs(now - before)}件${share}`;
}
