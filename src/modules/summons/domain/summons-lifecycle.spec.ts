import {
  MATTER_OVER,
  type SummonsAct,
  type SummonsSnapshot,
  type SummonsState,
  SUMMONS_STATES,
  summonsLifecycle,
} from './summons-lifecycle';

const now = new Date('2026-09-30T17:25:00+08:00');
const free: SummonsSnapshot = {
  state: 'draft',
  kind: 'progress',
  riskLevel: 'blue',
  matterState: 'in-progress',
  meetAt: null,
  isDirector: false,
  isIssuer: true,
  confirmedTasks: 0,
};
const states = Object.keys(SUMMONS_STATES) as SummonsState[];
const EXPECTED: Readonly<Record<SummonsAct, Partial<Record<SummonsState, SummonsState>>>> = {
  propose: {},
  issue: { draft: 'issued' },
  'add-agency': { issued: 'issued' },
  'show-sign-in-code': { issued: 'issued' },
  withdraw: { draft: 'withdrawn', issued: 'withdrawn' },
  finish: { issued: 'closed' },
};

describe.each(summonsLifecycle.actKeys)('summons.%s', (act) => {
  it.each(states)('in state %s', (state) => {
    const to = EXPECTED[act][state];
    const refusal = summonsLifecycle.refusal(act, { ...free, state }, now);
    if (to === undefined) expect(refusal).toMatchObject({ code: 'summons.wrong-state' });
    else expect(summonsLifecycle.next(act, { ...free, state }, now)).toBe(to);
  });
});

describe('obstacles of a whistle', () => {
  it.each<[SummonsAct, Partial<SummonsSnapshot>, string | null]>([
    ['issue', { riskLevel: 'red' }, 'summons.director-only'],
    ['issue', { riskLevel: 'red', isDirector: true }, null],
    ['issue', { riskLevel: 'yellow' }, null],
    ['issue', { riskLevel: null }, null],
    ['issue', { kind: 'assault' }, 'summons.director-only'],
    ['issue', { kind: 'assault', isDirector: true }, null],
    ['issue', { kind: 'emergency' }, null],
    ['issue', { meetAt: now }, 'summons.meeting-past'],
    ['issue', { meetAt: new Date(now.getTime() + 1) }, null],
    ['withdraw', { state: 'issued', isIssuer: false }, 'summons.issuer-only'],
    ['withdraw', { state: 'draft', isIssuer: false }, null],
    ['withdraw', { state: 'issued', confirmedTasks: 1 }, 'summons.already-confirmed'],
  ])('%s with %j', (act, changes, code) => {
    expect(summonsLifecycle.refusal(act, { ...free, ...changes }, now)?.code ?? null).toBe(code);
  });

  it.each(MATTER_OVER.map((matterState) => [matterState] as const))(
    'nothing is blown over a matter that is %s',
    (matterState) => {
      expect(summonsLifecycle.refusal('issue', { ...free, matterState }, now)?.code).toBe('summons.matter-over');
      expect(summonsLifecycle.refusal('add-agency', { ...free, state: 'issued', matterState }, now)?.code).toBe(
        'summons.matter-over',
      );
    },
  );
});
