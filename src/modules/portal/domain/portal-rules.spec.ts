import { ADDRESS_LIMITS, KEY_LIMITS, NUMBER_LIMITS, formatCode, numberKey } from './access-rules';
import { type Course, hasOutcome, progressOf } from './progress';

const MATTER = [
  'registered',
  'triaged',
  'answered',
  'referred',
  'not-accepted',
  'merged',
  'accepted',
  'sent-down',
  'sent-up',
  'handed-off',
  'in-progress',
  'closed',
  'followed-up',
  'archived',
  'reopened',
];
const MEDIATION = [
  null,
  'consent-pending',
  'refused',
  'unreachable',
  'accepted',
  'assigned',
  'investigating',
  'in-mediation',
  'suspended',
  'drafting',
  'signing',
  'effective',
  'oral-agreed',
  'performing',
  'performed',
  'in-breach',
  'terminated',
  'withdrawn',
];
const course = (fields: Partial<Course>): Course => ({
  state: 'registered',
  mediationState: null,
  route: null,
  outcomeName: null,
  nextSessionAt: null,
  ...fields,
});

describe('progress in plain words', () => {
  it('says something about every state, with one step under way and none open before one that is done', () => {
    for (const state of MATTER)
      for (const mediationState of MEDIATION)
        for (const route of [null, 'mediation', 'grid']) {
          const { steps, nextStep } = progressOf(course({ state, mediationState, route }));
          expect([state, mediationState, route, nextStep.length > 5]).toEqual([state, mediationState, route, true]);
          expect(steps[0]).toMatchObject({ title: '登记', state: 'done' });
          const states = steps.map((s) => s.state);
          expect(states.filter((s) => s === 'now').length).toBeLessThanOrEqual(1);
          expect(states.lastIndexOf('done') < states.indexOf('next') || !states.includes('next')).toBe(true);
          // No word of who said what: both sides read the same.
          expect(nextStep).not.toMatch(/对方|拒绝|申请方/);
        }
  });

  it('puts the invitation before everything else while the mediation goes on, and the result at its end', () => {
    const at = new Date('2026-09-20T09:00:00+08:00');
    expect(
      progressOf(course({ state: 'in-progress', mediationState: 'in-mediation', nextSessionAt: at })).nextStep,
    ).toContain('按时到场');
    const closed = progressOf(
      course({ state: 'closed', mediationState: 'performed', outcomeName: '达成调解协议', nextSessionAt: at }),
    );
    expect(closed.nextStep).toContain('已经办结：达成调解协议');
    expect(closed.steps.every((s) => s.state === 'done')).toBe(true);
    const failed = progressOf(course({ state: 'closed', mediationState: 'terminated', outcomeName: '调解不成' }));
    expect(failed.steps.map((s) => s.state)).toEqual([
      'done',
      'done',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
      'done',
    ]);
  });

  it('asks for an opinion only when there is a result', () => {
    const asked = MATTER.flatMap((state) =>
      MEDIATION.filter((mediationState) => hasOutcome({ state, mediationState })).map((m) => `${state}/${String(m)}`),
    );
    expect(asked).toContain('closed/null');
    expect(asked).toContain('in-progress/effective');
    expect(asked).toContain('in-progress/terminated');
    for (const early of ['registered/null', 'accepted/consent-pending', 'in-progress/signing', 'merged/null'])
      expect(asked).not.toContain(early);
  });
});

describe('the way in', () => {
  it('reads a number however it is typed', () => {
    const key = numberKey('新城综治登字〔2026〕12号');
    for (const typed of ['新城综治登字[2026]12', '新城综治登字（２０２６）１２号', ' 新城 综治登字 2026 第12号'])
      expect(numberKey(typed)).toBe(key);
    expect(numberKey('新城综治登字〔2026〕13号')).not.toBe(key);
  });

  it('makes a code of six digits hopeless to guess: under one in a hundred years of trying at one number', () => {
    const perDay = Math.min(...KEY_LIMITS.map((l) => l.failures * (86_400_000 / l.within)));
    expect(perDay).toBe(15);
    expect((perDay * 365 * 100) / 1_000_000).toBeLessThan(1);
    const overall = Math.min(...NUMBER_LIMITS.map((l) => l.failures * (86_400_000 / l.within)));
    expect(overall / 1_000_000).toBeLessThan(0.01);
    expect(ADDRESS_LIMITS[0]?.failures).toBeGreaterThan(KEY_LIMITS[0]?.failures ?? 99);
    expect(formatCode('048213')).toBe('048 213');
  });
});
