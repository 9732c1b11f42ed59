import type { LegalDate } from '../../../kernel';
import {
  AGREEMENT_STATES,
  type AgreementAct,
  type AgreementFacts,
  type AgreementState,
  agreementLifecycle,
} from './agreement-lifecycle';
import {
  PERFORMANCE_STATES,
  type PerformanceAct,
  type PerformanceFacts,
  type PerformanceState,
  isOverdue,
  performanceLifecycle,
  stateAfterPayment,
  lightOfItem,
  standingByRecords,
  stateName,
} from './performance-lifecycle';
import type { Receipt } from './dictionaries';

const NOW = new Date('2026-09-18T09:00:00+08:00');

describe('the lifecycle of an agreement, each act in each state', () => {
  /** Where each act may start; the table is tested against this, not against itself. */
  const STARTS: Readonly<Record<AgreementAct, readonly AgreementState[]>> = {
    draft: [],
    revise: ['drafting'],
    'agree-electronic': ['drafting', 'signing'],
    freeze: ['drafting'],
    unfreeze: ['signing', 'refused'],
    'sign-on-tablet': ['signing'],
    'record-ink': ['signing'],
    'issue-link': ['signing'],
    'sign-by-link': ['signing'],
    refuse: ['signing'],
    'refuse-by-link': ['signing'],
    'resume-signing': ['refused'],
    seal: ['signing'],
    'conclude-orally': ['drafting'],
    discard: ['drafting', 'signing', 'refused'],
    void: ['effective'],
    supersede: ['effective'],
    'fall-with-base': ['effective'],
  };
  const facts = (act: AgreementAct, state: AgreementState, changes: Partial<AgreementFacts> = {}): AgreementFacts => ({
    state,
    kind: act === 'conclude-orally' ? 'oral' : 'written',
    mediationState: state === 'drafting' ? 'drafting' : 'signing',
    hasPending: false,
    openSlots: 0,
    isElectronicAgreed: true,
    isInkOnly: false,
    ...changes,
  });
  const acts = Object.keys(STARTS) as AgreementAct[];
  const states = Object.keys(AGREEMENT_STATES) as AgreementState[];
  const code = (act: AgreementAct, snapshot: AgreementFacts): string | null =>
    agreementLifecycle.refusal(act, snapshot, NOW)?.code ?? null;

  it('names every act', () => {
    expect(agreementLifecycle.actKeys).toEqual(acts);
  });

  it.each(acts.flatMap((act) => states.map((state) => [act, state] as const)))('%s in %s', (act, state) => {
    expect(code(act, facts(act, state))).toBe(STARTS[act].includes(state) ? null : 'agreements.wrong-state');
  });

  it.each([
    ['freeze', 'drafting', { kind: 'oral' }, 'oral-is-not-signed'],
    ['agree-electronic', 'drafting', { kind: 'oral' }, 'oral-is-not-signed'],
    ['agree-electronic', 'drafting', { isInkOnly: true }, 'electronic-not-allowed'],
    ['conclude-orally', 'drafting', { kind: 'written' }, 'written-is-signed'],
    ['conclude-orally', 'drafting', { mediationState: 'suspended' }, 'mediation-elsewhere'],
    ['freeze', 'drafting', { mediationState: 'suspended' }, 'mediation-elsewhere'],
    ['seal', 'signing', { openSlots: 1 }, 'slots-open'],
    ...(['sign-on-tablet', 'issue-link', 'sign-by-link'] as const).flatMap(
      (act) =>
        [
          [act, 'signing', { isElectronicAgreed: false }, 'electronic-not-agreed'],
          [act, 'signing', { isInkOnly: true }, 'electronic-not-allowed'],
        ] as const,
    ),
    ...(
      [
        'unfreeze',
        'sign-on-tablet',
        'record-ink',
        'issue-link',
        'sign-by-link',
        'refuse',
        'refuse-by-link',
        'seal',
      ] as const
    ).map((act) => [act, 'signing', { mediationState: 'terminated' }, 'mediation-elsewhere'] as const),
    ['resume-signing', 'refused', { mediationState: 'terminated' }, 'mediation-elsewhere'],
    ['void', 'effective', { hasPending: true }, 'later-pending'],
  ] as const)('%s in %s is stopped by %j', (act, state, changes, refusal) => {
    expect(code(act, facts(act, state, changes))).toBe(`agreements.${refusal}`);
  });
});

describe('the lifecycle of performance, each act in each state', () => {
  const STARTS: Readonly<Record<PerformanceAct, readonly PerformanceState[]>> = {
    schedule: [],
    record: ['open', 'breached'],
    urge: ['open', 'breached'],
    breach: ['open'],
    retract: ['open', 'breached', 'performed'],
    'hear-obligee': ['open', 'breached', 'performed'],
    'settle-receipt': ['open', 'breached'],
    cancel: ['open', 'breached'],
    revive: ['cancelled'],
  };
  const facts = (state: PerformanceState, changes: Partial<PerformanceFacts> = {}): PerformanceFacts => ({
    state,
    agreementState: 'effective',
    dueOn: '2026-09-10' as LegalDate,
    today: '2026-09-18' as LegalDate,
    ...changes,
  });
  const acts = Object.keys(STARTS) as PerformanceAct[];
  const states = Object.keys(PERFORMANCE_STATES) as PerformanceState[];

  it('names every act', () => {
    expect(performanceLifecycle.actKeys).toEqual(acts);
  });

  it.each(acts.flatMap((act) => states.map((state) => [act, state] as const)))('%s in %s', (act, state) => {
    const refusal = performanceLifecycle.refusal(act, facts(state), NOW);
    expect(refusal?.code ?? null).toBe(STARTS[act].includes(state) ? null : 'performance.wrong-state');
  });

  it.each(['record', 'urge', 'breach', 'retract'] as const)('%s ends with the agreement', (act) => {
    const refusal = performanceLifecycle.refusal(act, facts('open', { agreementState: 'superseded' }), NOW);
    expect(refusal?.code).toBe('performance.agreement-over');
  });

  it('is no breach on the last day, and is one on the next', () => {
    const on = (today: string) =>
      performanceLifecycle.refusal('breach', facts('open', { today: today as LegalDate }), NOW)?.code ?? null;
    expect(on('2026-09-10')).toBe('performance.not-due-yet');
    expect(on('2026-09-11')).toBeNull();
    const item = { state: 'open', dueOn: '2026-09-10' } as const;
    expect(isOverdue(item, '2026-09-10' as LegalDate)).toBe(false);
    expect(isOverdue(item, '2026-09-11' as LegalDate)).toBe(true);
    expect(isOverdue({ ...item, state: 'performed' }, '2026-09-11' as LegalDate)).toBe(false);
  });

  it('a part of the money leaves the item as it was, the last part settles it', () => {
    const item = { amountFen: 100, performedFen: 40, state: 'breached' } as const;
    expect(stateAfterPayment(item, 59)).toBe('breached');
    expect(stateAfterPayment({ ...item, state: 'open' }, 59)).toBe('open');
    expect(stateAfterPayment(item, 60)).toBe('performed');
    expect(stateAfterPayment({ amountFen: null, performedFen: 0, state: 'open' }, null)).toBe('performed');
  });
});

describe('where an item stands by what is on record', () => {
  const record = (amountFen: number | null, receipt: Receipt) => ({ amountFen, receipt, performedOn: '2026-09-18' });
  const item = { amountFen: 60_000, wasBreached: false };

  it('counts what is awaited, confirmed and accepted, and nothing that is disputed or held not to be paid', () => {
    const all = (['awaited', 'confirmed', 'accepted', 'disputed', 'not-paid'] as const).map((r) => record(15_000, r));
    expect(standingByRecords(item, all)).toEqual({
      state: 'open',
      performedFen: 45_000,
      performedOn: '2026-09-18',
      tooMuch: false,
    });
    expect(standingByRecords({ ...item, wasBreached: true }, [record(60_000, 'disputed')])).toMatchObject({
      state: 'breached',
      performedFen: 0,
      performedOn: null,
    });
    expect(standingByRecords(item, [record(60_000, 'accepted')]).state).toBe('performed');
    expect(standingByRecords(item, [record(60_000, 'accepted'), record(60_000, 'awaited')]).tooMuch).toBe(true);
    expect(standingByRecords({ amountFen: null, wasBreached: false }, [record(null, 'disputed')]).state).toBe('open');
    expect(standingByRecords({ amountFen: null, wasBreached: false }, [record(null, 'awaited')]).state).toBe(
      'performed',
    );
  });

  it('is called performed only when its obligee has confirmed it', () => {
    expect(stateName('performed', ['awaited'])).toBe('已登记履行，待收款方确认');
    expect(stateName('performed', ['confirmed', null])).toBe('已履行');
    expect(stateName('open', ['disputed'])).toBe('待履行，收款有争议');
    expect(stateName('open', ['awaited'])).toBe('待履行');
  });
});

describe('the light of what is to be performed', () => {
  const light = (state: PerformanceState, dueOn: string) => lightOfItem({ state, dueOn }, '2026-09-18' as LegalDate);

  it.each([
    ['open', '2026-09-26', 'green'],
    ['open', '2026-09-25', 'yellow'],
    ['open', '2026-09-18', 'yellow'],
    ['open', '2026-09-17', 'red'],
    ['breached', '2026-12-01', 'red'],
    ['performed', '2026-09-01', null],
    ['cancelled', '2026-09-01', null],
  ] as const)('%s, due on %s: %s', (state, dueOn, expected) => {
    expect(light(state, dueOn)).toBe(expected);
  });
});
