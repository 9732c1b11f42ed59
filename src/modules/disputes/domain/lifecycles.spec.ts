import { type Lifecycle, lifecycleFaults } from '../../../kernel';
import { MATTER_FACTS, type MatterFacts, NO_OWN_FACTS } from './matter-facts';
import { MATTER_STATES, type MatterSnapshot, matterLifecycle } from './matter-lifecycle';
import { MEDIATION_STATES, type MediationSnapshot, mediationLifecycle } from './mediation-lifecycle';
import { TRANSFER_STATES, type TransferSnapshot, transferLifecycle } from './transfer-lifecycle';

const NOW = new Date('2026-09-18T01:00:00Z');
const NO_FACTS = Object.fromEntries(Object.keys(MATTER_FACTS).map((fact) => [fact, 0])) as MatterFacts;

const clearMatter: Omit<MatterSnapshot, 'state'> = {
  mediationState: null,
  nature: 'civil',
  isSealed: false,
  committeeId: 'committee',
  handlerAccountId: null,
  allowsCallBack: true,
  hasUpstreamNumber: true,
  actorIsHandler: false,
  actorIsReceiver: true,
  own: NO_OWN_FACTS,
  facts: { ...NO_FACTS, effectiveAgreements: 1 },
};
const clearMediation: Omit<MediationSnapshot, 'state'> = {
  matterState: 'in-progress',
  isPartial: false,
  own: { ...NO_OWN_FACTS, routesUntold: 1, runningPeriods: 1, pauseRequests: 1 },
  facts: { ...NO_FACTS, parties: 2, activeMediators: 1, effectiveAgreements: 1, unreachableAttempts: 3 },
};
const clearTransfer: Omit<TransferSnapshot, 'state'> = { kind: 'send-down', isDesignated: false, hasObjected: false };

/**
 * The law of the house written a second time, apart from the tables: from which states each act may start. Whatever is
 * not named here must be refused.
 */
const MATTER_STARTS: Readonly<Record<string, string>> = {
  register: '',
  import: '',
  amend: 'registered triaged accepted in-progress sent-down sent-up reopened',
  'report-escalation':
    'registered triaged accepted in-progress sent-down sent-up handed-off answered referred not-accepted reopened',
  'give-notice': 'registered triaged accepted in-progress sent-down reopened',
  triage: 'registered triaged reopened',
  'assess-risk': 'triaged accepted in-progress sent-down sent-up handed-off answered referred not-accepted',
  'not-accept': 'triaged',
  accept: 'triaged',
  undertake: 'triaged sent-down sent-up',
  begin: 'accepted',
  answer: 'triaged in-progress',
  refer: 'triaged in-progress',
  'send-down': 'triaged in-progress',
  'send-up': 'triaged in-progress sent-down',
  'hand-off': 'triaged in-progress closed',
  'come-back': 'sent-down sent-up handed-off',
  merge: 'registered triaged accepted in-progress reopened',
  unmerge: 'merged',
  seal: 'registered triaged accepted in-progress sent-down sent-up handed-off answered referred not-accepted reopened closed followed-up archived',
  'change-seal':
    'registered triaged accepted in-progress sent-down sent-up handed-off answered referred not-accepted reopened closed followed-up archived',
  unseal:
    'registered triaged accepted in-progress sent-down sent-up handed-off answered referred not-accepted reopened closed followed-up archived',
  'step-up':
    'registered triaged accepted in-progress sent-down sent-up handed-off answered referred not-accepted reopened merged closed followed-up archived',
  close: 'accepted in-progress answered referred not-accepted handed-off',
  reopen: 'closed followed-up archived',
  'follow-up': 'in-progress closed followed-up',
  'call-back': 'closed followed-up archived',
  repeat: 'registered triaged',
  'take-up-again': 'closed followed-up archived',
  'reply-upstream': 'answered referred not-accepted handed-off closed followed-up archived',
  archive: 'closed followed-up',
};
const LIVE = 'consent-pending accepted assigned investigating in-mediation suspended drafting signing';
const MEDIATION_STARTS: Readonly<Record<string, string>> = {
  open: 'refused unreachable terminated withdrawn performed',
  accept: 'consent-pending',
  'give-up-contact': 'consent-pending',
  assign: 'accepted assigned investigating in-mediation suspended drafting',
  investigate: 'assigned investigating in-mediation',
  mediate: 'assigned investigating in-mediation drafting',
  'agree-in-session': 'in-mediation',
  draft: 'assigned investigating in-mediation drafting effective oral-agreed performing in-breach',
  freeze: 'drafting',
  unfreeze: 'signing',
  'keep-agreement': 'drafting signing',
  'take-effect': 'signing',
  'agree-orally': 'in-mediation drafting',
  'start-performing': 'effective oral-agreed in-breach performed',
  'complete-performance': 'effective oral-agreed performing in-breach',
  breach: 'effective oral-agreed performing',
  extend: 'accepted assigned investigating in-mediation drafting signing',
  suspend: 'accepted assigned investigating in-mediation drafting',
  resume: 'suspended',
  'ask-longer-pause': 'suspended',
  'approve-longer-pause': 'suspended',
  'refuse-longer-pause': 'suspended',
  terminate: `${LIVE} in-breach`,
  'terminate-on-refusal': LIVE,
  'tell-routes': 'refused unreachable terminated withdrawn',
  withdraw: LIVE,
};
const TRANSFER_STARTS: Readonly<Record<string, string>> = {
  send: '',
  sign: 'sent',
  object: 'sent',
  rule: 'objected',
  return: 'signed',
  withdraw: 'sent objected',
  complete: 'signed',
  'enter-receipt': 'sent',
  'enter-result': 'signed',
  'enter-return': 'sent signed',
};

/** A snapshot on which each obstacle stands in the way; `only` where it does so in some states alone. */
interface Trip<Snapshot> {
  readonly with: Partial<Snapshot>;
  readonly only?: readonly string[];
}
const facts = (more: Partial<MatterFacts>): MatterFacts => ({ ...NO_FACTS, ...more });
const MATTER_TRIPS: Readonly<Record<string, Trip<MatterSnapshot>>> = {
  'open-summons': { with: { facts: facts({ openSummons: 1 }) } },
  'open-meeting': { with: { facts: facts({ openMeetings: 1 }) } },
  'open-meeting-task': { with: { facts: facts({ openMeetingTasks: 1 }) } },
  'open-sessions': { with: { facts: facts({ openSessions: 1 }) } },
  'pending-agreement': { with: { facts: facts({ pendingAgreements: 1 }) } },
  'mediation-open': { with: { mediationState: 'in-mediation' } },
  unperformed: { with: { facts: facts({ openPerformanceItems: 1 }) } },
  'no-committee': { with: { committeeId: null } },
  'not-civil': { with: { nature: 'administrative' } },
  'open-transfer': { with: { own: { ...NO_OWN_FACTS, openTransfers: 1 } } },
  'not-receiver': { with: { actorIsReceiver: false }, only: ['sent-down', 'sent-up'] },
  'escalation-unreported': { with: { own: { ...NO_OWN_FACTS, unhandledCues: 1 } } },
  'routes-untold': { with: { own: { ...NO_OWN_FACTS, routesUntold: 1 } } },
  'reviewer-is-handler': { with: { actorIsHandler: true } },
  'visitor-is-handler': { with: { actorIsHandler: true } },
  'no-call-back': { with: { allowsCallBack: false } },
  'nothing-in-force': { with: { facts: facts({ effectiveAgreements: 0 }) }, only: ['in-progress'] },
  'no-upstream-number': { with: { hasUpstreamNumber: false } },
  'merged-here': { with: { own: { ...NO_OWN_FACTS, mergedHere: 1 } } },
  'already-sealed': { with: { isSealed: true } },
  'not-sealed': { with: { isSealed: false } },
};
const without = (more: Partial<MatterFacts>): Pick<MediationSnapshot, 'facts'> => ({
  facts: { ...clearMediation.facts, ...more },
});
const MEDIATION_TRIPS: Readonly<Record<string, Trip<MediationSnapshot>>> = {
  'matter-not-in-hand': { with: { matterState: 'closed' } },
  'matter-merged': { with: { matterState: 'merged' } },
  'consent-missing': { with: without({ consentsMissing: 1 }) },
  'consent-refused': { with: without({ consentsRefused: 1 }) },
  'rights-notice-missing': { with: without({ rightsNoticesMissing: 1 }) },
  'too-few-parties': { with: without({ parties: 1 }) },
  'no-mediator': { with: without({ activeMediators: 0 }) },
  'open-sessions': { with: without({ openSessions: 1 }) },
  'too-few-attempts': { with: without({ unreachableAttempts: 2 }) },
  'no-effective-agreement': { with: without({ effectiveAgreements: 0 }) },
  'items-open': { with: without({ openPerformanceItems: 1 }) },
  'routes-told': { with: { own: { ...clearMediation.own, routesUntold: 0 } } },
  'pause-not-asked': { with: { own: { ...clearMediation.own, pauseRequests: 0 } } },
  'no-period': { with: { own: { ...clearMediation.own, runningPeriods: 0 } } },
};
const TRANSFER_TRIPS: Readonly<Record<string, Trip<TransferSnapshot>>> = {
  'outside-organ': { with: { kind: 'hand-off' } },
  'inside-receiver': { with: { kind: 'send-down' } },
  'sent-up': { with: { kind: 'send-up' } },
  'objected-once': { with: { hasObjected: true } },
  designated: { with: { isDesignated: true } },
};

/** The snapshot on which nothing stands in the way of this act. */
const matterClearFor = (act: string): Omit<MatterSnapshot, 'state'> =>
  act === 'unseal' || act === 'change-seal' ? { ...clearMatter, isSealed: true } : clearMatter;
const transferClearFor = (act: string): Omit<TransferSnapshot, 'state'> =>
  act.startsWith('enter-') ? { ...clearTransfer, kind: 'hand-off' } : clearTransfer;

function suite<S extends string, A extends string, Snapshot extends { readonly state: S }>(
  lifecycle: Lifecycle<S, A, Snapshot>,
  states: readonly S[],
  starts: Readonly<Record<string, string>>,
  trips: Readonly<Record<string, Trip<Snapshot>>>,
  clearFor: (act: string) => Omit<Snapshot, 'state'>,
): void {
  const { name, acts } = lifecycle.table;
  const at = (act: string, state: S, more: Partial<Snapshot> = {}): Snapshot =>
    ({ ...clearFor(act), ...more, state }) as unknown as Snapshot;
  const from = (act: string): S[] => (starts[act] ?? '').split(' ').filter((s) => s !== '') as S[];

  describe(`the lifecycle ${name}`, () => {
    it('is sound and has every act that is written here, and no other', () => {
      expect(lifecycleFaults(lifecycle.table)).toEqual([]);
      expect(Object.keys(acts).sort()).toEqual(Object.keys(starts).sort());
    });

    it.each(lifecycle.actKeys.flatMap((act) => states.map((state) => [act, state] as const)))(
      '%s from %s',
      (act, state) => {
        const refusal = lifecycle.refusal(act, at(act, state), NOW);
        expect(refusal?.code ?? 'allowed').toBe(from(act).includes(state) ? 'allowed' : `${name}.wrong-state`);
      },
    );

    const obstructed = lifecycle.actKeys.flatMap((act) =>
      (acts[act].obstacles ?? []).flatMap((o) =>
        from(act)
          .filter((state) => trips[o.code]?.only?.includes(state) ?? true)
          .map((state) => [act, state, o.code] as const),
      ),
    );
    if (obstructed.length > 0) {
      it.each(obstructed)('%s from %s is stopped by %s', (act, state, code) => {
        const trip = trips[code];
        if (!trip) throw new Error(`No snapshot trips ${code}`);
        expect(lifecycle.refusal(act, at(act, state, trip.with), NOW)).toEqual({
          code: `${name}.${code}`,
          message: expect.stringMatching(/。$/) as string,
        });
        // What is refused is not offered either.
        expect(lifecycle.allowedActs(at(act, state, trip.with), NOW, () => true)).not.toContain(act);
      });
    }

    it('offers no act that other modules perform, and none to whoever has no grant', () => {
      for (const state of states) {
        const offered = lifecycle.allowedActs(at('', state), NOW, () => true);
        expect(offered.filter((act) => acts[act].internal === true)).toEqual([]);
        expect(lifecycle.allowedActs(at('', state), NOW, () => false)).toEqual([]);
      }
    });
  });
}

suite(
  matterLifecycle,
  Object.keys(MATTER_STATES) as (keyof typeof MATTER_STATES)[],
  MATTER_STARTS,
  MATTER_TRIPS,
  matterClearFor,
);
suite(
  mediationLifecycle,
  Object.keys(MEDIATION_STATES) as (keyof typeof MEDIATION_STATES)[],
  MEDIATION_STARTS,
  MEDIATION_TRIPS,
  () => clearMediation,
);
suite(
  transferLifecycle,
  Object.keys(TRANSFER_STATES) as (keyof typeof TRANSFER_STATES)[],
  TRANSFER_STARTS,
  TRANSFER_TRIPS,
  transferClearFor,
);

describe('what the tables say beyond single acts', () => {
  it('lets the rest go on without a refuser only where a partial agreement was chosen', () => {
    const snapshot = { ...clearMediation, state: 'in-mediation' as const, ...without({ consentsRefused: 1 }) };
    expect(mediationLifecycle.refusal('mediate', snapshot, NOW)?.code).toBe('mediation.consent-refused');
    expect(mediationLifecycle.refusal('mediate', { ...snapshot, isPartial: true }, NOW)).toBeNull();
  });

  it.each([
    'terminated',
    'withdrawn',
    'performed',
    'performing',
    'effective',
    'oral-agreed',
    'refused',
    'unreachable',
  ] as const)('closes over a mediation that is %s', (mediationState) => {
    expect(matterLifecycle.refusal('close', { ...clearMatter, state: 'in-progress', mediationState }, NOW)).toBeNull();
  });

  it.each([
    'consent-pending',
    'accepted',
    'assigned',
    'investigating',
    'in-mediation',
    'suspended',
    'drafting',
    'signing',
    'in-breach',
  ] as const)('does not close over a mediation that is %s', (mediationState) => {
    expect(matterLifecycle.refusal('close', { ...clearMatter, state: 'in-progress', mediationState }, NOW)?.code).toBe(
      'disputes.mediation-open',
    );
  });

  it('lets performance go on after closing, but not after a merge', () => {
    const performing = { ...clearMediation, state: 'performing' as const };
    expect(
      mediationLifecycle.refusal('complete-performance', { ...performing, matterState: 'closed' }, NOW),
    ).toBeNull();
    expect(mediationLifecycle.refusal('breach', { ...performing, matterState: 'merged' }, NOW)?.code).toBe(
      'mediation.matter-merged',
    );
  });
});
