import type { Outcome } from './dictionaries';
import type { MatterSnapshot } from './matter-lifecycle';

type Fits = (s: MatterSnapshot) => boolean;

const reached =
  (...states: readonly string[]): Fits =>
  (s) =>
    s.mediationState !== null && states.includes(s.mediationState);
const handledWithout: Fits = (s) => s.state === 'in-progress' && s.mediationState === null;
const inState =
  (state: string): Fits =>
  (s) =>
    s.state === state;

/**
 * Which outcome the record bears out: an agreement only where one is in force, a hand-off only where one was made.
 * Figures are made of outcomes; one that is merely claimed would be a false figure.
 */
const BORNE_OUT: Readonly<Record<Outcome, Fits>> = {
  agreement: (s) => reached('effective', 'performing', 'performed')(s) && s.facts.effectiveAgreements > 0,
  'oral-agreement': (s) => reached('oral-agreed', 'performing', 'performed')(s) && s.facts.effectiveAgreements > 0,
  'not-agreed': reached('terminated'),
  refused: reached('refused', 'terminated'),
  unreachable: reached('unreachable', 'terminated'),
  withdrawn: reached('withdrawn'),
  settled: (s) => reached('withdrawn')(s) || handledWithout(s),
  solved: handledWithout,
  answered: inState('answered'),
  referred: inState('referred'),
  'not-accepted': inState('not-accepted'),
  'handed-off': inState('handed-off'),
};

/** Outcomes with which this matter may be closed. */
export function possibleOutcomes(snapshot: MatterSnapshot): Outcome[] {
  return (Object.keys(BORNE_OUT) as Outcome[]).filter((outcome) => BORNE_OUT[outcome](snapshot));
}
