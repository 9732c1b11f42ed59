import { type PhraseMatch, SearchableText } from './phrase-search';

/**
 * - `suicide`: may harm themselves
 * - `violence`: may harm others, means of violence included
 * - `domestic-violence`: also to be reported under 反家庭暴力法 art. 14
 * - `mass-incident`: may become a public-order case
 */
export type EscalationCategory = 'suicide' | 'violence' | 'domestic-violence' | 'mass-incident';

export interface EscalationCue extends PhraseMatch {
  readonly category: EscalationCategory;
}

const person = '(?:你们|他们|她们|人家|全家|你|他|她|人)';

/**
 * Words heard at the counter. Deliberately without a look at negation: “没有自杀倾向” costs one click,
 * an overlooked “不想活了” a life. Everyday words that merely contain them are left out.
 */
const cues: Readonly<Record<EscalationCategory, RegExp>> = {
  suicide: new RegExp(
    [
      '自[杀殺]',
      '自尽|自残|自焚|轻生|寻短见|寻死|求死',
      '不想活|不活了|活不下去|活不成|活够了|没法活|活着没意思|没有?活路|生不如死',
      '死了算了|一死了之|死给.{1,4}看|死在.{0,6}(?:中心|门口|法院|政府|面前)|以死(?:相逼|明志|抗争)|(?:想|要)去死',
      '跳(?:楼(?!价|甩|机|促)|河|江|桥|井)|上吊|割腕|服毒|烧炭|卧轨',
      '喝(?:农药|百草枯|敌敌畏|毒药)|吞(?:安眠药|金|刀片)',
      '(?:了结|结束)(?:了|自己)?(?:的)?(?:自己|生命|性命|此生)',
      '写(?:好|了|下)?遗书|同归于尽',
    ].join('|'),
    'g',
  ),
  violence: new RegExp(
    [
      `(?:杀|宰)(?:了|死|掉|光)?${person}(?!为乐)|砍(?:了|死)?${person}|捅(?:了|死)?${person}`,
      '(?:弄|整|砍|捅|勒|毒|撞|烧|炸)死(?!在|于|的)|打死(?!也|都|不)',
      `要(?:了)?${person}的?(?:狗)?命|[跟和与]${person}拼(?:命|了)|拼个你死我活|鱼死网破|同归于尽`,
      '灭门|血洗|血债|见血|报复|不得好死|雇凶|买凶',
      '打断.{0,3}[腿手]|卸.{0,3}(?:腿|胳膊)|剁.{0,3}手',
      '(?:拿|持|带|动|掏|提)(?:着|了)?刀|砍刀|匕首|管制刀具|雷管|炸药|爆炸物|炸弹',
      '(?:泼|浇|倒|带|拎|提)(?:着|了)?(?:汽油|硫酸)|纵火|放火|点(?:了|着)?煤气|引爆|开车撞(?:人|他|她|你)',
      '绑架|非法拘禁|械斗',
    ].join('|'),
    'g',
  ),
  'domestic-violence': new RegExp(
    [
      '家暴|家庭暴力',
      '(?:打|殴打|虐待|毒打)(?:了|我)?(?:老婆|妻子|媳妇|孩子|小孩|儿子|女儿|老人|父母|母亲|父亲)(?!电话|算盘|官司|工)',
      '(?:老公|丈夫|男人|老婆|妻子|对象|前夫|前妻)(?:又|总|经常|一直|老是|喝酒就|喝了酒就|天天)?(?:打我|殴打|动手)',
      '告诫书|人身安全保护令',
    ].join('|'),
    'g',
  ),
  'mass-incident':
    /聚众|群体性|(?:围|封)堵|堵(?:门|路|大门|马路|厂门)|拉横幅|打横幅|集体上访|越级上访|进京上访|停尸|抬尸|砸(?:店|车|门|场子)/g,
};

/** Cues of escalation anywhere in free text, in the order of the text (人民调解法 art. 25: report in time). */
export function findEscalationCues(text: string): EscalationCue[] {
  const searchable = new SearchableText(text);
  return (Object.keys(cues) as EscalationCategory[])
    .flatMap((category) => searchable.find(cues[category]).map((match) => ({ category, ...match })))
    .sort((a, b) => a.position - b.position);
}
