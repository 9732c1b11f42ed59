import { findPersonalNumber } from './personal-numbers';
import { ranksOf, type Score, type ScoredTask, scoreOf, type ScoreWeights, tallyOf } from './score';
import { formatSummonsNumber } from './summons-number';

describe('numbers of persons in what agencies read', () => {
  it.each([
    ['当事人身份证11010519491231002X', 'resident-id'],
    // A wrong check character is a mistyped number, still a person's.
    ['证号 110105 19491231 0021 请核对', 'resident-id'],
    ['身份证１１０１０５１９４９１２３１００２ｘ', 'resident-id'],
    ['联系电话13904710001', 'mobile'],
    ['电话+86 139-0471-0001', 'mobile'],
    ['卡号6222 0200 0000 0000 008', null],
    ['银行卡4111 1111 1111 1111', 'bank-card'],
    ['总机0471-6600001，登记编号新城综治登字〔2026〕12号', null],
    ['2026-09-30 14:30 到场，面积 120.5 平方米，补偿 1234567.89 元', null],
    ['统一社会信用代码91350100M000100Y43', null],
    ['', null],
  ])('%s → %s', (text, kind) => {
    expect(findPersonalNumber(text)).toBe(kind);
  });
});

describe('the score of an agency', () => {
  const task: ScoredTask = {
    state: 'rated',
    role: 'lead',
    inTime: { sign: true, arrive: true, feedback: true },
    effect: 90,
    party: 'satisfied',
  };

  const weights: ScoreWeights = { sign: 20, contact: 0, arrive: 25, feedback: 20, effect: 25, party: 10 };

  it('is a hundred where everything is, and counts the first contact as far as the weights do', () => {
    expect(scoreOf({ ...task, effect: 100 }, weights)?.total).toBe(100);
    const late = { ...task, inTime: { ...task.inTime, contact: false }, effect: 100 };
    expect(scoreOf(late, weights)?.total).toBe(100);
    expect(scoreOf(late, { ...weights, contact: 10, sign: 10 })?.total).toBe(90);
    expect(scoreOf({ ...late, excused: ['contact'] }, { ...weights, contact: 10, sign: 10 })?.total).toBe(100);
  });

  it.each<[string, Partial<ScoredTask>, number]>([
    // (20 + 25 + 20)·100 + 25·90 + 10·100 = 9750 over 100.
    ['all in time', {}, 97.5],
    ['signed late', { inTime: { sign: false, arrive: true, feedback: true } }, 77.5],
    // No attendance: (20 + 20)·100 + 25·90 + 10·100 = 7250 over 75.
    ['no attendance required', { inTime: { sign: true, feedback: true } }, 96.7],
    // The party gave no answer: (65·100 + 25·90) / 90 = 97.2.
    ['no word of the party', { party: 'unanswered' }, 97.2],
    ['not asked yet', { party: null }, 97.2],
    ['a dissatisfied party', { party: 'dissatisfied' }, 87.5],
    ['a basically satisfied one', { party: 'basically-satisfied' }, 93.5],
    // An appeal left the late signing out: (45·100 + 25·90 + 10·100) / 80.
    [
      'a late signing excused',
      { inTime: { sign: false, arrive: true, feedback: true }, excused: ['sign'] as const },
      96.9,
    ],
    ['an unfair word of the party left out', { party: 'dissatisfied', excused: ['party'] as const }, 97.2],
  ])('%s', (_, changes, total) => {
    expect(scoreOf({ ...task, ...changes }, weights)?.total).toBe(total);
  });

  it.each<[string, Partial<ScoredTask>]>([
    ['an upheld objection', { state: 'upheld' }],
    ['a withdrawn task', { state: 'withdrawn' }],
    ['one only notified', { role: 'notify' }],
    ['a task not rated yet', { effect: null }],
  ])('is none for %s', (_, changes) => {
    expect(scoreOf({ ...task, ...changes }, weights)).toBeNull();
  });
});

describe('the agencies of a period', () => {
  const task: ScoredTask = {
    state: 'rated',
    role: 'lead',
    inTime: { sign: true, contact: false },
    effect: 80,
    party: null,
  };
  const rated = (total: number, changes: Partial<ScoredTask> = {}): { task: ScoredTask; score: Score } => ({
    task: { ...task, ...changes },
    score: { total, parts: [] },
  });

  it('have the mean of their tasks, and none over none', () => {
    expect(tallyOf('a', [rated(80), rated(90), rated(90.1)]).mean).toBe(86.7);
    expect(tallyOf('a', [])).toMatchObject({ mean: null, totals: [], onTime: { sign: { of: 0, inTime: 0 } } });
  });

  it('are in time by the clocks that a task has, those excused left out', () => {
    const { onTime } = tallyOf('a', [rated(80), rated(80, { excused: ['contact'] }), rated(80, { inTime: {} })]);
    expect(onTime).toMatchObject({ sign: { of: 2, inTime: 2 }, contact: { of: 1, inTime: 0 }, arrive: { of: 0 } });
  });

  it('have a place from so many tasks on, equal ones the same', () => {
    const tallies = [
      tallyOf('few', [rated(100)]),
      tallyOf('second', [rated(80), rated(80)]),
      tallyOf('first', [rated(90), rated(90)]),
      tallyOf('also second', [rated(70), rated(90)]),
      tallyOf('third', [rated(60), rated(60)]),
    ];
    expect([...ranksOf(tallies, 2)]).toEqual([
      ['second', 2],
      ['first', 1],
      ['also second', 2],
      ['third', 4],
    ]);
  });
});

it('numbers a whistle like other papers of the center', () => {
  expect(formatSummonsNumber('新城', 2026, 3)).toBe('新城综治哨字〔2026〕3号');
});
