import { assignmentLifecycle, type AssignmentState } from './assignment-lifecycle';
import { compareCandidates, conflictsOf } from './conflicts';

const NOW = new Date('2026-09-18T01:00:00Z');

describe('assignment lifecycle, every act in every state', () => {
  const allowed: Readonly<Record<string, readonly AssignmentState[]>> = {
    assign: [],
    disclose: ['active', 'challenged'],
    challenge: ['active'],
    'withdraw-challenge': ['challenged'],
    replace: ['active', 'challenged'],
    end: ['active', 'challenged'],
  };
  const states = Object.keys(assignmentLifecycle.table.states) as AssignmentState[];
  const cells = assignmentLifecycle.actKeys.flatMap((act) => states.map((state) => [act, state] as const));
  it.each(cells)('%s in %s', (act, state) => {
    const refusal = assignmentLifecycle.refusal(act, { state, capacity: 'recorder' }, NOW);
    expect(refusal === null).toBe(allowed[act]?.includes(state));
  });

  it('a host is never ended without a successor', () => {
    expect(assignmentLifecycle.refusal('end', { state: 'active', capacity: 'host' }, NOW)?.code).toBe(
      'assignments.host-needs-successor',
    );
  });
});

describe('signs of a conflict', () => {
  const question = {
    mediatorName: '刘调解',
    homeOrganization: '某某公司',
    partyNames: ['甲', '乙'],
    representativeNames: ['丙'],
    wasChallengedOnThisMatter: false,
  };

  it('sees none where there is none', () => {
    expect(conflictsOf(question)).toEqual([]);
  });
  it('asks for a disclosure when the name is that of a party or representative', () => {
    expect(conflictsOf({ ...question, representativeNames: ['刘调解'] })).toMatchObject([
      { code: 'same-name', isBlocking: false },
    ]);
  });
  it('asks for a disclosure when the home unit is a party', () => {
    expect(conflictsOf({ ...question, partyNames: ['某某公司'] })).toMatchObject([
      { code: 'same-employer', isBlocking: false },
    ]);
  });
  it('refuses whoever was challenged on this matter', () => {
    expect(conflictsOf({ ...question, wasChallengedOnThisMatter: true })).toMatchObject([
      { code: 'challenged-before', isBlocking: true },
    ]);
  });
});

describe('order of candidates', () => {
  const c = { isSpecialist: false, isNear: false, speaksNeededLanguage: false, openAssignments: 0 };
  it('speciality before language before nearness before load', () => {
    const sorted = [
      { ...c, id: 'idle' },
      { ...c, id: 'near', isNear: true, openAssignments: 9 },
      { ...c, id: 'language', speaksNeededLanguage: true, openAssignments: 9 },
      { ...c, id: 'specialist', isSpecialist: true, openAssignments: 9 },
      { ...c, id: 'busy', openAssignments: 5 },
    ].sort(compareCandidates);
    expect(sorted.map((x) => x.id)).toEqual(['specialist', 'language', 'near', 'idle', 'busy']);
  });
});
