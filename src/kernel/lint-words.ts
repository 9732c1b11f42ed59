import { type PhraseMatch, SearchableText } from './phrase-search';

export type WordLintCode =
  | 'words.deposit'
  | 'words.support'
  | 'words.compensation'
  | 'words.waiver-of-remedy'
  | 'words.criminal-liability'
  | 'words.private-fine'
  | 'words.late-fee'
  | 'words.usury'
  | 'words.interest'
  | 'words.liquidated-damages'
  | 'words.kinship'
  | 'words.vague';

/** `stop`: the clause would be void or is not the parties' to agree. `confirm`: right in some agreements, a person decides. */
export type WordLintSeverity = 'stop' | 'confirm';

export interface WordLint extends PhraseMatch {
  readonly code: WordLintCode;
  readonly severity: WordLintSeverity;
  /** Chinese: what is wrong and what to write instead. */
  readonly advice: string;
  /** What may stand in the word's place, the likeliest first; empty where only a person can say. */
  readonly fixes: readonly string[];
}

interface WordRule {
  readonly code: WordLintCode;
  readonly severity: WordLintSeverity;
  readonly pattern: RegExp;
  readonly advice: string;
  readonly fix?: (word: string) => readonly string[];
}

const children = '(?:未成年|婚生|非婚生)?(?:子女|孩子|儿子|女儿|小孩)';
const elders = '(?:年迈|年老|高龄)?的?(?:父母|父亲|母亲|老人|双亲|公婆|岳父|岳母)(?!双亡|离异|离婚|去世)';

/** Between “不得” and the remedy; words that give the right back (可、有权、应) end the phrase. */
const gap = '[^，。；：、,.;可有应]{0,10}?';
const remedies =
  '(?:提起诉讼(?!请求|费)|起诉|诉讼(?!请求|费)|诉权|申请仲裁|仲裁|申请司法确认|司法确认|申请强制执行|申请执行|信访|上访|控告|举报|投诉|报警|报案)(?!为由|期间)';

/** Found in mediation agreements, with the law that makes them a fault. */
const rules: readonly WordRule[] = [
  {
    code: 'words.deposit',
    severity: 'confirm',
    pattern: /订金/g,
    fix: () => ['定金', '预付款'],
    advice: '“订金”没有定金的担保效力；约定担保的请写“定金”（民法典第五百八十六条），只是预先付款的请写“预付款”。',
  },
  {
    code: 'words.deposit',
    severity: 'confirm',
    pattern: /定金/g,
    fix: () => ['预付款'],
    advice:
      '“定金”适用定金罚则，且不得超过主合同标的额的百分之二十（民法典第五百八十六条、第五百八十七条）；只是预先付款的请写“预付款”。',
  },
  {
    code: 'words.support',
    severity: 'confirm',
    pattern: new RegExp(`赡养${children}`, 'g'),
    fix: (word) => [word.replace('赡养', '抚养')],
    advice: '父母对子女用“抚养”，“赡养”用于成年子女对父母（民法典第一千零六十七条），请核对。',
  },
  {
    code: 'words.support',
    severity: 'confirm',
    pattern: new RegExp(`抚养${elders}`, 'g'),
    fix: (word) => [word.replace('抚养', '赡养')],
    advice: '成年子女对父母用“赡养”，“抚养”用于父母对子女（民法典第一千零六十七条），请核对。',
  },
  {
    code: 'words.support',
    severity: 'confirm',
    pattern: new RegExp(`扶养(?:${children}|${elders})`, 'g'),
    fix: (word) => [word.replace('扶养', new RegExp(`^扶养${children}`).test(word) ? '抚养' : '赡养')],
    advice:
      '“扶养”用于夫妻和兄弟姐妹之间（民法典第一千零五十九条、第一千零七十五条）；对子女用“抚养”，对父母用“赡养”，请核对。',
  },
  {
    code: 'words.support',
    severity: 'confirm',
    pattern: /(?:抚养|赡养)(?:配偶|妻子|丈夫)/g,
    fix: (word) => [word.replace(/抚养|赡养/, '扶养')],
    advice: '夫妻之间用“扶养”（民法典第一千零五十九条），请核对。',
  },
  {
    code: 'words.waiver-of-remedy',
    severity: 'stop',
    pattern: new RegExp(
      `(?:不得|不准|不许|不能|禁止|无权|不再|不会|永不|绝不|永远不|保证不|承诺不|自愿不|同意不)${gap}${remedies}`,
      'g',
    ),
    advice:
      '不得约定禁止当事人起诉、仲裁、信访、举报等（人民调解法第三条），请删除；可写明“双方就本纠纷再无其他争议”。',
  },
  {
    code: 'words.waiver-of-remedy',
    severity: 'stop',
    pattern: new RegExp(`(?:放弃|丧失|不享有|不具有)${gap}${remedies}`, 'g'),
    advice: '不得约定放弃起诉、仲裁、申请执行等权利（人民调解法第三条），请删除；可写明“双方就本纠纷再无其他争议”。',
  },
  {
    code: 'words.criminal-liability',
    severity: 'confirm',
    pattern: /(?:不|不再|不予|免予|免于|放弃)追究[^，。；,.;]{0,12}?刑事责任|撤销刑事案件/g,
    advice: '是否追究刑事责任由司法机关决定，当事人只能表示谅解，请改写为“某某对某某表示谅解”。',
  },
  {
    code: 'words.private-fine',
    severity: 'confirm',
    pattern: /罚款|罚金|罚没|没收(?!定金)/g,
    fix: (word) => (/^罚[款金]$/.test(word) ? ['违约金'] : []),
    advice: '当事人之间不能约定罚款或没收（行政处罚由行政机关作出）；约定违约责任的请写“违约金”并写明数额或算法。',
  },
  {
    code: 'words.late-fee',
    severity: 'confirm',
    pattern: /滞纳金/g,
    fix: () => ['逾期利息', '违约金'],
    advice: '“滞纳金”是行政用语；逾期付款请写“违约金”或“逾期利息”，并写明算法。',
  },
  {
    code: 'words.usury',
    severity: 'stop',
    pattern: /利滚利|驴打滚|复利|砍头息|高利贷|利息(?:预先|提前)扣除|(?:预先|提前)扣除利息/g,
    advice: '禁止高利放贷，利息不得预先在本金中扣除（民法典第六百七十条、第六百八十条），请按实际本金和合法利率改写。',
  },
  {
    code: 'words.interest',
    severity: 'confirm',
    pattern: /月息|日息|月利率|日利率|[一二两三四五六七八九十\d]分利|[一二两三四五六七八九十\d]分息/g,
    advice: '请折算为年利率；不得超过合同成立时一年期贷款市场报价利率的四倍（民间借贷司法解释第二十五条）。',
  },
  {
    code: 'words.liquidated-damages',
    severity: 'confirm',
    pattern: /违约金/g,
    advice: '请写明违约金的数额或算法；过分高于损失的可被请求减少（民法典第五百八十五条）。',
  },
  {
    code: 'words.kinship',
    severity: 'stop',
    pattern: /(?:断绝|脱离|解除)(?:父子|父女|母子|母女|亲子|血缘|亲属|家庭)关系/g,
    advice: '自然血亲关系不能以协议解除，赡养、抚养义务不因此免除（民法典第一千零六十七条），请删除。',
  },
  {
    code: 'words.vague',
    severity: 'confirm',
    pattern: /尽快|尽早|近期|适时|有钱时|有能力时|条件允许|酌情|适当(?:补偿|赔偿|给付)|若干/g,
    advice:
      '内容不明确的协议不予司法确认（民事诉讼法司法解释关于司法确认的规定），请写明谁、何时、以何种方式、给付多少。',
  },
];

const mixedCompensation =
  '同一协议既写“补偿”又写“赔偿”：有过错、侵权或违约的写“赔偿”，无过错而给予的写“补偿”，请逐处核对后保留正确的一种。';

/** Faults of wording in an agreement, in the order of the text. */
export function lintWords(text: string): WordLint[] {
  const searchable = new SearchableText(text);
  const found = rules.flatMap(({ pattern, fix, ...rule }): WordLint[] =>
    searchable.find(pattern).map((match) => ({ ...rule, ...match, fixes: fix?.(condensed(match.word)) ?? [] })),
  );
  const [indemnity] = searchable.find(/赔偿/g);
  const [solatium] = searchable.find(/补偿/g);
  if (indemnity && solatium) {
    for (const match of [indemnity, solatium]) {
      const fixes = [match.word === '赔偿' ? '补偿' : '赔偿'];
      found.push({ code: 'words.compensation', severity: 'confirm', advice: mixedCompensation, fixes, ...match });
    }
  }
  return found.sort((a, b) => a.position - b.position);
}

/** A word that a line break has split is written whole again. */
const condensed = (word: string): string => word.replace(/\s/g, '');
