import { legalDate } from '../../../kernel';
import { STEP_RULES, stepsOf } from './steps';
import type { MatterTrace, TaskTrace } from './trace';

const T0 = '2026-09-18T01:00:00.000Z';

const trace = (changes: Partial<MatterTrace> = {}): MatterTrace => ({
  id: 'd',
  centerId: 'c',
  handlingCenterId: null,
  handlingUnitId: null,
  committeeId: 'k',
  state: 'in-progress',
  mediationState: null,
  route: 'mediation',
  allowsCallBack: true,
  registeredAt: T0,
  closedAt: null,
  stateSince: T0,
  firstResponderId: 'a',
  handlerAccountId: null,
  assigned: [],
  actors: [],
  initiators: [],
  copies: [],
  period: null,
  pause: null,
  transfer: null,
  notice: null,
  draftSummons: null,
  hasSummons: false,
  tasks: [],
  session: null,
  unconfirmedSince: null,
  agreement: null,
  items: null,
  parties: { total: 2, consentsMissing: 0, consentsRefused: 0, noticesMissing: 0 },
  challenged: null,
  unhandledCues: 0,
  routesUntold: 0,
  disputedReceiptSince: null,
  upstreamWaitsSince: null,
  meeting: null,
  meetingTask: null,
  meetingAnsweredSince: null,
  review: null,
  ...changes,
});

const task = (changes: Partial<TaskTrace> = {}): TaskTrace => ({
  id: 't',
  agencyId: 'g',
  agencyName: '新城区住建局',
  state: 'issued',
  since: T0,
  attendanceRequired: true,
  clock: { kind: 'sign', startsAt: T0, dueAt: '2026-09-18T02:00:00.000Z', unit: 'working-hour' },
  ...changes,
});

const keys = (changes: Partial<MatterTrace>): string[] => stepsOf(trace(changes)).map((s) => s.key);

describe('for what a matter waits', () => {
  it.each([
    ['registered', {}, ['triage']],
    ['registered', { unhandledCues: 1 }, ['report-escalation']],
    ['reopened', {}, ['triage']],
    ['triaged', { route: 'mediation' }, ['accept']],
    ['triaged', { route: 'agency' }, ['propose-summons']],
    ['triaged', { route: 'grid' }, ['send-down']],
    ['triaged', { route: 'answer' }, ['answer']],
    ['triaged', { route: 'litigation' }, ['refer']],
    ['sent-down', {}, ['undertake']],
    ['handed-off', {}, []],
    ['answered', {}, ['close']],
    ['referred', {}, ['close']],
    ['not-accepted', {}, ['close']],
    ['closed', {}, ['follow-up']],
    ['closed', { allowsCallBack: false }, ['archive']],
    ['followed-up', {}, ['archive']],
    ['in-progress', { meeting: { state: 'called', since: T0, meetAt: T0 } }, ['answer', 'hold-meeting']],
    ['in-progress', { meeting: { state: 'sitting', since: T0, meetAt: T0 } }, ['answer', 'confirm-minutes']],
    [
      'in-progress',
      { meetingTask: { since: T0, dueOn: legalDate('2026-10-01') }, meetingAnsweredSince: T0 },
      ['answer', 'accept-meeting-task', 'urge-meeting-task'],
    ],
    ['closed', { upstreamWaitsSince: T0 }, ['follow-up', 'reply-upstream']],
    ['answered', { upstreamWaitsSince: T0 }, ['close', 'reply-upstream']],
    ['archived', { review: { since: T0, dueOn: legalDate('2026-10-01') } }, ['answer-review']],
    ['archived', {}, []],
    ['merged', {}, []],
    ['in-progress', {}, ['answer']],
  ] as const)('%s %j: %j', (state, changes, expected) => {
    expect(keys({ state, ...changes })).toEqual(expected);
  });

  it.each([
    [
      'consent-pending',
      { parties: { total: 1, consentsMissing: 1, consentsRefused: 0, noticesMissing: 1 } },
      ['add-parties'],
    ],
    [
      'consent-pending',
      { parties: { total: 2, consentsMissing: 1, consentsRefused: 0, noticesMissing: 2 } },
      ['record-consent'],
    ],
    [
      'consent-pending',
      { parties: { total: 2, consentsMissing: 0, consentsRefused: 0, noticesMissing: 1 } },
      ['sign-rights-notice'],
    ],
    ['accepted', {}, ['assign-mediator']],
    ['suspended', {}, ['resume-mediation']],
    ['assigned', {}, ['plan-session']],
    ['investigating', { challenged: T0 }, ['replace-mediator', 'plan-session']],
    ['in-mediation', { session: { state: 'planned', plannedAt: T0, startsAt: T0 } }, ['start-session']],
    ['in-mediation', { session: { state: 'held', plannedAt: T0, startsAt: T0 } }, ['record-session']],
    ['drafting', { unconfirmedSince: T0 }, ['confirm-session', 'draft-agreement']],
    ['drafting', { agreement: { state: 'drafting', kind: 'written', since: T0, openSlots: 0 } }, ['freeze-agreement']],
    ['drafting', { agreement: { state: 'drafting', kind: 'oral', since: T0, openSlots: 0 } }, ['conclude-orally']],
    ['signing', { agreement: { state: 'signing', kind: 'written', since: T0, openSlots: 2 } }, ['collect-signatures']],
    ['signing', { agreement: { state: 'signing', kind: 'written', since: T0, openSlots: 0 } }, ['seal-agreement']],
    ['signing', { agreement: { state: 'refused', kind: 'written', since: T0, openSlots: 1 } }, ['resume-signing']],
    [
      'performing',
      { items: { open: 1, breached: 0, nextDueOn: legalDate('2026-10-01'), since: T0 } },
      ['record-performance'],
    ],
    [
      'in-breach',
      { items: { open: 1, breached: 1, nextDueOn: legalDate('2026-10-01'), since: T0 } },
      ['urge-performance'],
    ],
    [
      'performing',
      {
        disputedReceiptSince: T0,
        items: { open: 1, breached: 0, nextDueOn: legalDate('2026-10-01'), since: T0 },
      },
      ['settle-receipt'],
    ],
    ['effective', {}, ['close']],
    ['performed', {}, ['close']],
    ['terminated', { routesUntold: 1 }, ['tell-routes']],
    ['refused', {}, ['close']],
  ] as const)('mediation %s %j: %j', (mediationState, changes, expected) => {
    expect(keys({ mediationState, ...changes })).toEqual(expected);
  });

  it.each([
    ['issued', {}, 'sign-task'],
    ['signed', { clock: { kind: 'contact', startsAt: T0, dueAt: T0, unit: 'real-hour' } }, 'contact-party'],
    ['signed', { clock: { kind: 'arrive', startsAt: T0, dueAt: T0, unit: 'working-day' } }, 'arrive-at-center'],
    ['overruled', { attendanceRequired: false, clock: null }, 'begin-handling'],
    ['arrived', { clock: null }, 'begin-handling'],
    ['handling', {}, 'feed-back'],
    ['returned', {}, 'feed-back'],
    ['objected', {}, 'rule-objection'],
    ['feedback', {}, 'review-feedback'],
    ['confirmed', {}, 'rate-task'],
    ['rated', {}, 'close-task'],
  ] as const)('task %s %j: %s', (state, changes, expected) => {
    expect(keys({ tasks: [task({ state, ...changes })] })).toEqual([expected]);
  });

  it('waits for several side by side: each agency, the notice and the course itself', () => {
    expect(
      keys({
        mediationState: 'assigned',
        tasks: [task(), task({ id: 'u', agencyId: 'h' }), task({ id: 'v', state: 'closed' })],
        notice: { dueOn: legalDate('2026-09-20'), givenAt: T0 },
        draftSummons: { count: 1, since: T0 },
      }),
    ).toEqual(['plan-session', 'settle-notice', 'sign-task', 'sign-task', 'issue-summons']);
  });
});

describe('what runs out with it', () => {
  const due = (changes: Partial<MatterTrace>) => stepsOf(trace(changes))[0]?.due;

  it('is the clock of the center while it has to rule on an objection', () => {
    const clock = { kind: 'ruling', startsAt: T0, dueAt: '2026-09-21T09:30:00.000Z', unit: 'working-day' } as const;
    const waiting = task({ state: 'objected', clock });
    expect(due({ tasks: [waiting] })).toMatchObject({ kind: 'summons-ruling', dueAt: new Date(clock.dueAt) });
    expect(due({ tasks: [{ ...waiting, state: 'feedback', clock: { ...clock, kind: 'arrive' } }] })).toBeNull();
  });

  const period = { startOn: legalDate('2026-09-18'), dueOn: legalDate('2026-10-18') };

  it('is the mediation period to the end of its last day, counted from the day after it began', () => {
    expect(due({ mediationState: 'accepted', period })).toEqual({
      kind: 'mediation-period',
      startsAt: new Date('2026-09-19T00:00:00+08:00'),
      dueAt: new Date('2026-10-19T00:00:00+08:00'),
      dueOn: '2026-10-18',
      isRealTime: false,
    });
  });

  it('is the hour of the session where that comes first, and the period where it does not', () => {
    const planned = (startsAt: string) => ({ state: 'planned' as const, plannedAt: T0, startsAt });
    expect(due({ mediationState: 'assigned', period, session: planned('2026-09-25T01:00:00Z') })?.kind).toBe('session');
    expect(due({ mediationState: 'assigned', period, session: planned('2026-11-25T01:00:00Z') })?.kind).toBe(
      'mediation-period',
    );
  });

  it('stands still while the mediation is suspended or the clock of a task is', () => {
    expect(stepsOf(trace({ mediationState: 'suspended', period }))[0]).toMatchObject({ due: null, isPaused: true });
    const clock = { kind: 'sign' as const, startsAt: T0, dueAt: null, unit: 'working-hour' };
    expect(stepsOf(trace({ tasks: [task({ clock })] }))[0]).toMatchObject({ due: null, isPaused: true });
  });

  it('is no clock of the agency once the answer is with the center', () => {
    expect(stepsOf(trace({ tasks: [task({ state: 'feedback' })] }))[0]).toMatchObject({ due: null, isPaused: false });
  });

  it('runs through the night where the term is one of real hours', () => {
    const clock = { kind: 'sign' as const, startsAt: T0, dueAt: T0, unit: 'real-minute' };
    expect(stepsOf(trace({ tasks: [task({ clock })] }))[0]?.due?.isRealTime).toBe(true);
  });
});

it('says of every step in words what to do', () => {
  for (const [key, rule] of Object.entries(STEP_RULES)) expect([key, rule.words.length >= 5]).toEqual([key, true]);
});
