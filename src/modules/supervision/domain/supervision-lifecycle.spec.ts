import {
  type SupervisionAct,
  type SupervisionKind,
  type SupervisionSnapshot,
  type SupervisionState,
  SUPERVISION_KINDS,
  SUPERVISION_STATES,
  supervisionLifecycle,
} from './supervision-lifecycle';

const NOW = new Date('2026-09-18T01:00:00Z');
const STATES = Object.keys(SUPERVISION_STATES) as SupervisionState[];
const KINDS = Object.keys(SUPERVISION_KINDS) as SupervisionKind[];

/** What the field expects, written apart from the table. */
const ADMITTED: Readonly<Record<string, readonly SupervisionState[]>> = {
  answer: ['open'],
  'record-interview': ['open'],
  'record-report': ['open'],
  return: ['answered'],
  close: ['open', 'answered'],
  withdraw: ['open', 'answered'],
};
/** The issuer may always end; a director may end what others issued; a clerk neither. */
const ASKERS = [
  { mayEnd: true, isIssuer: true },
  { mayEnd: true, isIssuer: false },
  { mayEnd: false, isIssuer: false },
];
const cells = supervisionLifecycle.actKeys.flatMap((act) =>
  STATES.flatMap((state) => KINDS.flatMap((kind) => ASKERS.map((asker) => ({ act, state, kind, ...asker })))),
);

describe('supervision: every act × state × kind × who asks', () => {
  it.each(cells)('$act of a $kind that is $state (may end: $mayEnd, own: $isIssuer)', ({ act, ...snapshot }) => {
    expect(supervisionLifecycle.refusal(act, snapshot, NOW)?.code ?? null).toBe(expected(act, snapshot));
  });

  function expected(act: SupervisionAct, { state, kind, mayEnd, isIssuer }: SupervisionSnapshot): string | null {
    if (ADMITTED[act]?.includes(state) !== true) return 'supervisions.wrong-state';
    const isLeadersTask = kind === 'interview' || kind === 'report';
    if (act === 'answer') {
      if (isIssuer && kind !== 'charge') return 'supervisions.own-question';
      return isLeadersTask ? 'supervisions.leaders-task' : null;
    }
    if (act === 'record-interview') return kind === 'interview' ? null : 'supervisions.no-interview';
    if (act === 'record-report') return kind === 'report' ? null : 'supervisions.no-report';
    if (!mayEnd) return 'supervisions.not-issuer';
    const needsAnswer = kind === 'oversight' || kind === 'instruction' || isLeadersTask;
    return act === 'close' && needsAnswer && state === 'open' ? 'supervisions.unanswered' : null;
  }

  it('lets nobody of an agency begin, send back or end one', () => {
    for (const act of supervisionLifecycle.actKeys.filter((a) => a !== 'answer'))
      expect(supervisionLifecycle.table.acts[act].by.filter((grant) => grant.endsWith('@agency'))).toEqual([]);
  });
});
