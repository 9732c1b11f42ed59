import { type Mark, faultOf, frequencyOf, gradeOf, POINT_KEYS, POINTS, totalOf, unanswered } from './points';

const full = (): Mark[] => POINT_KEYS.map((point) => ({ point, score: POINTS[point].most, finding: null }));
const but = (index: number, change: Partial<Mark>): Mark[] =>
  full().map((mark, i) => (i === index ? { ...mark, ...change } : mark));

describe('seven points', () => {
  it('make a hundred', () => {
    expect(totalOf(full())).toBe(100);
  });

  it('are marked each once, within their bound, and what was deducted is told', () => {
    expect(faultOf(full())).toBeNull();
    expect(faultOf(full().slice(1))).toEqual({ kind: 'points' });
    expect(faultOf(but(1, { point: 'lawful', score: 10 }))).toEqual({ kind: 'points' });
    expect(faultOf(but(0, { score: 11 }))).toEqual({ kind: 'too-many', index: 0, point: 'lawful' });
    expect(faultOf(but(2, { score: 12 }))).toEqual({ kind: 'no-finding', index: 2, point: 'standard' });
    expect(faultOf(but(2, { score: 12, finding: '第二页没有签名。' }))).toBeNull();
  });

  it('grade by the bounds of the round, each bound itself included', () => {
    const bounds = { excellentFrom: 90, passingFrom: 60 };
    expect([90, 89, 60, 59].map((total) => gradeOf(total, bounds))).toEqual([
      'excellent',
      'passing',
      'passing',
      'failing',
    ]);
  });

  it('ask an answer to each finding and to nothing else', () => {
    const marks = but(1, { score: 15, finding: '缺身份证明。' });
    expect(unanswered(marks, [])).toEqual(['complete']);
    expect(unanswered(marks, [{ point: 'complete', kind: 'mended', text: '已补。' }])).toEqual([]);
    expect(unanswered(marks, [{ point: 'law', kind: 'explained', text: '没有问题。' }])).toEqual(['complete', 'law']);
  });

  it('count how often each had a finding, over the files that were reviewed', () => {
    const [first, ...rest] = frequencyOf([
      but(1, { score: 10, finding: '缺一页。' }),
      but(1, { score: 15, finding: '缺收条。' }),
      but(6, { score: 5, finding: '页码错。' }),
    ]);
    expect(first).toEqual({ point: 'complete', findings: 2, mean: 15 });
    expect(rest[0]).toEqual({ point: 'bound', findings: 1, mean: 8.3 });
    expect(frequencyOf([]).every(({ findings, mean }) => findings === 0 && mean === null)).toBe(true);
  });
});
