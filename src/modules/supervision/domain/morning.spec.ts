import { MORNING_TOPICS, type MorningTally, NOTHING, sentenceOf } from './morning';

const topic = (clock: string) => {
  const found = MORNING_TOPICS.find((t) => t.clock === clock);
  if (!found) throw new Error(`No topic ${clock}`);
  return found;
};
const late: MorningTally = {
  red: 3,
  yellow: 1,
  worst: { holder: '人社局', center: null, count: 2 },
  longest: '已超期 3 个工作日',
};

describe('the ten sentences of a morning', () => {
  it('are ten, each of its own clock', () => {
    expect(new Set(MORNING_TOPICS.map((t) => t.clock)).size).toBe(10);
  });

  it.each<[string, string, MorningTally, string]>([
    [
      'several',
      'summons-sign',
      late,
      '部门超时未签收吹哨 3 件，其中人社局 2 件，最长的已超期 3 个工作日，1 件签收时限将到。',
    ],
    [
      'one',
      'mediation',
      { ...late, red: 1, yellow: 0, worst: { holder: '刘调解', center: null, count: 1 } },
      '调解超过期限 1 件（刘调解），已超期 3 个工作日。',
    ],
    [
      'one of several centers',
      'mediation',
      { ...late, worst: { holder: '刘调解', center: '新城区综治中心', count: 2 } },
      '调解超过期限 3 件，其中新城区综治中心的刘调解 2 件，最长的已超期 3 个工作日，1 件调解期限将届满。',
    ],
    [
      'a center that lets run itself',
      'consent',
      { ...late, red: 1, yellow: 0, worst: { holder: '新城区综治中心', center: '新城区综治中心', count: 1 } },
      '受理后迟迟没有征询完意愿 1 件（新城区综治中心），已超期 3 个工作日。',
    ],
    [
      'nobody more than another',
      'transfer',
      { ...late, red: 2, yellow: 0, worst: { holder: '甲', center: null, count: 1 } },
      '流转单超时未签收 2 件，最长的已超期 3 个工作日。',
    ],
    ['only near', 'mediation', { ...NOTHING, yellow: 2 }, '2 件调解期限将届满。'],
    ['nothing', 'idle', NOTHING, '没有长时间搁置的事项。'],
  ])('say of %s what is so', (_, clock, tally, sentence) => {
    expect(sentenceOf(topic(clock), tally)).toBe(sentence);
  });
});
