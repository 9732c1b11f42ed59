import { type InvestigationSnapshot, investigationLifecycle } from './investigation-lifecycle';
import { participantLifecycle } from './participant-lifecycle';
import { withoutAnswer } from './consent';
import { RINGS, type Ring } from './dictionaries';
import { isNarrower } from './rings';
import { type SessionSnapshot, sessionLifecycle } from './session-lifecycle';

const NOW = new Date('2026-09-18T04:00:00Z');

/** A session to which no obstacle applies, in any state. */
const session = (changes: Partial<SessionSnapshot> = {}): SessionSnapshot => ({
  state: 'held',
  endedAt: NOW,
  mediatorsPresent: 1,
  attendanceOpen: 0,
  openEntries: 1,
  ...changes,
});

const record = (changes: Partial<InvestigationSnapshot> = {}): InvestigationSnapshot => ({
  state: 'draft',
  endedAt: NOW,
  entries: 2,
  isBeingAmended: false,
  ...changes,
});

describe('the lifecycle of a mediation session, every act in every state', () => {
  /** Stated by hand: the act, where it is allowed, and where it leads. */
  const allowed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    plan: {},
    reschedule: { planned: 'planned' },
    cancel: { planned: 'cancelled' },
    invite: { planned: 'planned', held: 'held' },
    uninvite: { planned: 'planned' },
    'choose-publicity': { planned: 'planned' },
    start: { planned: 'held' },
    'note-attendance': { held: 'held' },
    end: { held: 'held' },
    write: { held: 'held', recorded: 'recorded' },
    'revise-entry': { held: 'held', recorded: 'recorded' },
    'state-facts': { held: 'held', recorded: 'recorded' },
    'retract-fact': { held: 'held', recorded: 'recorded' },
    'note-concession': { held: 'held', recorded: 'recorded' },
    record: { held: 'recorded' },
    confirm: { recorded: 'confirmed' },
  };
  const states = ['planned', 'held', 'recorded', 'confirmed', 'cancelled'] as const;
  // An end is noted once, so that the act needs a session that still goes on.
  const unhindered = (act: string, state: SessionSnapshot['state']): SessionSnapshot =>
    session({ state, endedAt: act === 'end' ? null : NOW });

  it('names every act of the table', () => {
    expect(Object.keys(allowed).sort()).toEqual([...sessionLifecycle.actKeys].sort());
  });

  it.each(sessionLifecycle.actKeys.flatMap((act) => states.map((state) => [act, state] as const)))(
    '%s in %s',
    (act, state) => {
      const target = allowed[act]?.[state];
      if (target === undefined) {
        expect(sessionLifecycle.refusal(act, unhindered(act, state), NOW)?.code).toBe('sessions.wrong-state');
      } else {
        expect(sessionLifecycle.next(act, unhindered(act, state), NOW)).toBe(target);
      }
    },
  );

  it.each([
    ['record', { endedAt: null }, 'sessions.not-ended'],
    ['record', { attendanceOpen: 1 }, 'sessions.attendance-open'],
    ['record', { mediatorsPresent: 0 }, 'sessions.no-mediator-present'],
    ['record', { openEntries: 0 }, 'sessions.nothing-written'],
    ['end', { endedAt: NOW }, 'sessions.ended-already'],
  ] as const)('%s meets %j with %s', (act, changes, code) => {
    expect(sessionLifecycle.refusal(act, session(changes), NOW)?.code).toBe(code);
  });

  it('offers a mediator what the table admits and a header reader nothing', () => {
    const planned = session({ state: 'planned' });
    expect(sessionLifecycle.allowedActs(planned, NOW, (by) => by.includes('mediator@assigned'))).toEqual([
      'reschedule',
      'cancel',
      'invite',
      'uninvite',
      'choose-publicity',
      'start',
    ]);
    expect(sessionLifecycle.allowedActs(planned, NOW, (by) => by.includes('superior@subtree'))).toEqual([]);
  });
});

describe('the lifecycle of an investigation record, every act in every state', () => {
  const allowed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    open: {},
    write: { draft: 'draft' },
    confirm: { draft: 'confirmed' },
    amend: { confirmed: 'confirmed' },
    supersede: { confirmed: 'superseded' },
    narrow: { draft: 'narrowed', confirmed: 'narrowed' },
    discard: { draft: 'discarded' },
  };
  const states = ['draft', 'confirmed', 'superseded', 'narrowed', 'discarded'] as const;

  it('names every act of the table', () => {
    expect(Object.keys(allowed).sort()).toEqual([...investigationLifecycle.actKeys].sort());
  });

  it.each(investigationLifecycle.actKeys.flatMap((act) => states.map((state) => [act, state] as const)))(
    '%s in %s',
    (act, state) => {
      const target = allowed[act]?.[state];
      if (target === undefined) {
        expect(investigationLifecycle.refusal(act, record({ state }), NOW)?.code).toBe('investigations.wrong-state');
      } else {
        expect(investigationLifecycle.next(act, record({ state }), NOW)).toBe(target);
      }
    },
  );

  it.each([
    ['confirm', { endedAt: null }, 'investigations.not-ended'],
    ['confirm', { entries: 0 }, 'investigations.empty'],
    ['amend', { state: 'confirmed', isBeingAmended: true }, 'investigations.being-amended'],
    ['narrow', { state: 'confirmed', isBeingAmended: true }, 'investigations.being-amended'],
  ] as const)('%s meets %j with %s', (act, changes, code) => {
    expect(investigationLifecycle.refusal(act, record(changes), NOW)?.code).toBe(code);
  });
});

describe('the lifecycle of an invited participant', () => {
  it.each([
    ['invite', 'invited', null],
    ['invite', 'withdrawn', null],
    ['record-consent', 'invited', 'invited'],
    ['record-consent', 'withdrawn', null],
    ['withdraw', 'invited', 'withdrawn'],
    ['withdraw', 'withdrawn', null],
  ] as const)('%s in %s leads to %s', (act, state, target) => {
    if (target === null) {
      expect(participantLifecycle.refusal(act, { state }, NOW)?.code).toBe('participants.wrong-state');
    } else {
      expect(participantLifecycle.next(act, { state }, NOW)).toBe(target);
    }
  });
});

describe('rings of visibility', () => {
  it('only narrow: each pair of rings', () => {
    const rings = Object.keys(RINGS) as Ring[];
    const narrower = rings.flatMap((from) => rings.filter((to) => isNarrower(to, from)).map((to) => `${from} → ${to}`));
    expect(narrower).toEqual(['parties → center', 'parties → mediator', 'center → mediator']);
  });
});

describe('the consent of each party', () => {
  const parties = [
    { id: 'a', name: '甲' },
    { id: 'b', name: '乙' },
    { id: 'c', name: '丙' },
  ];

  it('counts one who was never asked as one who did not agree', () => {
    const latest = [
      { partyId: 'a', answer: 'agreed' },
      { partyId: 'b', answer: 'objected' },
    ];
    expect(withoutAnswer(parties, latest, 'agreed').map((p) => p.id)).toEqual(['b', 'c']);
  });

  it('is whole when all said yes, whatever strangers say', () => {
    const latest = [
      ...parties.map(({ id }) => ({ partyId: id, answer: 'agreed' })),
      { partyId: 'x', answer: 'objected' },
    ];
    expect(withoutAnswer(parties, latest, 'agreed')).toEqual([]);
  });
});
