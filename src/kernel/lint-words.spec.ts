import { lintWords, type WordLint } from './lint-words';

const found = (text: string): string[] => lintWords(text).map((lint) => `${lint.code}:${lint.word}`);

describe('lintWords', () => {
  it.each([
    ['乙方已付订金2000元', ['words.deposit:订金']],
    ['甲方双倍返还定金', ['words.deposit:定金']],
    ['甲方每月付赡养子女费用', ['words.support:赡养子女']],
    ['三兄弟轮流抚养老人', ['words.support:抚养老人']],
    ['乙方扶养婚生子女', ['words.support:扶养婚生子女']],
    ['丈夫应抚养妻子', ['words.support:抚养妻子']],
    ['乙方不得起诉', ['words.waiver-of-remedy:不得起诉']],
    ['双方今后不得再向人民法院提起诉讼', ['words.waiver-of-remedy:不得再向人民法院提起诉讼']],
    ['乙方自愿放弃起诉', ['words.waiver-of-remedy:放弃起诉']],
    ['甲方承诺不再信访、上访', ['words.waiver-of-remedy:承诺不再信访']],
    ['乙方放弃一切诉权', ['words.waiver-of-remedy:放弃一切诉权']],
    ['甲方不再追究乙方的刑事责任', ['words.criminal-liability:不再追究乙方的刑事责任']],
    ['逾期一日罚款100元', ['words.private-fine:罚款']],
    ['逾期按日支付滞纳金', ['words.late-fee:滞纳金']],
    ['借款按复利计息', ['words.usury:复利']],
    ['月息三分', ['words.interest:月息']],
    ['约定3分利', ['words.interest:3分利']],
    ['支付违约金500元', ['words.liquidated-damages:违约金']],
    ['双方断绝父子关系', ['words.kinship:断绝父子关系']],
    ['乙方尽快付清', ['words.vague:尽快']],
    ['甲方赔偿3000元，另补偿500元', ['words.compensation:赔偿', 'words.compensation:补偿']],
  ])('finds in %j', (text, lints) => {
    expect(found(text)).toEqual(lints);
  });

  it.each([
    ['已付订金', ['定金', '预付款']],
    ['返还定金', ['预付款']],
    ['付赡养子女费用', ['抚养子女']],
    ['轮流抚养老人', ['赡养老人']],
    ['扶养婚生子女', ['抚养婚生子女']],
    ['轮流扶养父母', ['赡养父母']],
    ['应抚养妻子', ['扶养妻子']],
    ['每日罚款', ['违约金']],
    ['按日付滞\n纳金', ['逾期利息', '违约金']],
    ['不得起诉', []],
  ])('offers for %j what may stand in its place', (text, fixes) => {
    expect(lintWords(text)[0]?.fixes).toEqual(fixes);
  });

  it.each([
    '成年子女赡养父母，父母抚养未成年子女，夫妻互相扶养。',
    '赡养费由三名子女平均承担。',
    '抚养父母双亡的侄子。',
    '乙方不履行本协议的，甲方可以向人民法院起诉。',
    '协商不能解决的可向人民法院起诉。',
    '不能按期履行的，甲方有权申请执行。',
    '本协议不影响任何一方起诉的权利。',
    '甲方放弃其他诉讼请求。',
    '乙方不得以起诉为由拖延付款。',
    '乙方撤回起诉，双方就本纠纷再无其他争议。',
    '双方于生效之日起三十日内共同申请司法确认。',
    '乙方于2026年11月20日前一次性赔偿甲方3000元。',
    '乙方于2026年11月20日前一次性补偿甲方3000元。',
    '',
  ])('leaves %j alone', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('stops what is not the parties’ to agree and asks about the rest', () => {
    const severity = (text: string): string | undefined => lintWords(text)[0]?.severity;
    expect(severity('不得起诉')).toBe('stop');
    expect(severity('利滚利')).toBe('stop');
    expect(severity('订金')).toBe('confirm');
  });

  it('tells the place in the text as written, across line breaks and astral characters', () => {
    const text = '𠮷某\n不得\n 起诉，付订金';
    const lints = lintWords(text);
    expect(lints.map((lint) => [lint.position, lint.word])).toEqual([
      [4, '不得\n 起诉'],
      [12, '订金'],
    ]);
    for (const { position, word } of lints) expect(text.slice(position, position + word.length)).toBe(word);
  });

  it('advises in Chinese what to write instead', () => {
    const [lint] = lintWords('订金') as [WordLint];
    expect(lint.advice).toContain('预付款');
  });

  it('stays quick on long hostile text', () => {
    const started = process.hrtime.bigint();
    lintWords('不得放弃不再'.repeat(20_000));
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(2_000);
  });
});
