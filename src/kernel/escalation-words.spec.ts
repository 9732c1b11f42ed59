import { type EscalationCategory, findEscalationCues } from './escalation-words';

const categories = (text: string): EscalationCategory[] => findEscalationCues(text).map((cue) => cue.category);

describe('findEscalationCues', () => {
  it.each([
    ['对方说不给钱就从楼上跳楼', 'suicide'],
    ['他说自己不想活了', 'suicide'],
    ['活不下去了，喝农药算了', 'suicide'],
    ['要死给你们看', 'suicide'],
    ['扬言自 杀', 'suicide'],
    ['寻短\n见', 'suicide'],
    ['我要死在中心门口', 'suicide'],
    ['扬言要杀了他', 'violence'],
    ['再不解决我弄死他', 'violence'],
    ['带着汽油来中心', 'violence'],
    ['拿刀威胁邻居', 'violence'],
    ['要打断他的腿', 'violence'],
    ['我跟他拼命', 'violence'],
    ['丈夫经常打我', 'domestic-violence'],
    ['长期遭受家暴', 'domestic-violence'],
    ['他殴打孩子', 'domestic-violence'],
    ['准备集体上访', 'mass-incident'],
    ['业主堵大门拉横幅', 'mass-incident'],
  ] as const)('hears %j: %s', (text, category) => {
    expect(categories(text)).toContain(category);
  });

  it.each([
    '楼上漏水，跳楼价甩卖的地板泡坏了，气死我了。',
    '死者生前欠款三万元，继承人打死也不认账。',
    '物业灭鼠杀虫，孩子按时喝药，菜市场杀价。',
    '老人急死了，忙得要死，双方死活不同意。',
    '拖欠工资12000元，要求尽快支付。',
    '他打孩子电话没人接。',
    '',
  ])('keeps quiet at %j', (text) => {
    expect(findEscalationCues(text)).toEqual([]);
  });

  it('would rather ask once too often: a denied cue is still a cue', () => {
    expect(categories('未发现自杀倾向')).toEqual(['suicide']);
  });

  it('gives both meanings of one threat', () => {
    expect(new Set(categories('大家同归于尽'))).toEqual(new Set(['suicide', 'violence']));
  });

  it('tells the words and their place as written, in order', () => {
    const text = '𠮷某称拿刀，又说不想\n活';
    const cues = findEscalationCues(text);
    expect(cues).toEqual([
      { category: 'violence', position: 4, word: '拿刀' },
      { category: 'suicide', position: 9, word: '不想\n活' },
    ]);
  });
});
