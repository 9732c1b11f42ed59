import type { ConfirmationMode, Outcome } from './dictionaries';
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

/** What the closer says of the party's own word. */
export interface Confirmation {
  readonly confirmedBy?: ConfirmationMode;
  readonly partyWords?: string;
  readonly unconfirmedReason?: string;
}

/** What the closing keeps of it; `portal` where the party has said so by its own link. */
export interface KeptConfirmation {
  readonly confirmedBy: ConfirmationMode | 'portal' | null;
  readonly partyWords: string | null;
  readonly unconfirmedReason: string | null;
}

/** How many parties have said by their own link that it is solved, and how many that it is not; the last word of each counts. */
export interface PartyWordCounts {
  readonly satisfied: number;
  readonly unsatisfied: number;
}

/** What is wrong with a confirmation, by field. */
export interface ConfirmationFault {
  readonly code: string;
  readonly field: 'confirmedBy' | 'partyWords' | 'unconfirmedReason';
  readonly message: string;
}

/**
 * Outcomes that claim the party has got an answer or a solution. That is for the party to say (接诉即办条例 of several cities: 解决率、满意率
 * by the word of whoever asked): an agreement that all have signed is such a word, a closer's opinion is none. Whoever withdrew has
 * spoken by withdrawing; whoever asked not to be called is not called.
 */
export function needsWord(outcome: Outcome, { mediationState, allowsCallBack }: MatterSnapshot): boolean {
  if (!allowsCallBack || mediationState === 'withdrawn') return false;
  return outcome === 'solved' || outcome === 'answered' || outcome === 'settled';
}

/** The confirmation that is kept with a closing, or why it is not enough. */
export function confirmationOf(
  outcome: Outcome,
  snapshot: MatterSnapshot,
  { satisfied, unsatisfied }: PartyWordCounts,
  { confirmedBy, partyWords, unconfirmedReason }: Confirmation,
): KeptConfirmation | ConfirmationFault {
  if (confirmedBy !== undefined && unconfirmedReason !== undefined)
    return {
      code: 'disputes.confirmed-and-not',
      field: 'unconfirmedReason',
      message: '当事人已经确认的，不填未经确认的理由；两项只填一项。',
    };
  if ((confirmedBy === undefined) !== (partyWords === undefined))
    return confirmedBy === undefined
      ? { code: 'disputes.confirmation-incomplete', field: 'confirmedBy', message: '请选择当事人以什么方式确认。' }
      : { code: 'disputes.confirmation-incomplete', field: 'partyWords', message: '请记下当事人的原话。' };
  if (unconfirmedReason !== undefined) return { confirmedBy: null, partyWords: null, unconfirmedReason };
  if (needsWord(outcome, snapshot) && unsatisfied > 0)
    return {
      code: 'disputes.party-says-unsolved',
      field: 'unconfirmedReason',
      message: '当事人本人答复“没有解决”。请继续办理；确需办结的，写明理由。',
    };
  if (confirmedBy !== undefined) return { confirmedBy, partyWords: partyWords ?? null, unconfirmedReason: null };
  if (satisfied > 0) return { confirmedBy: 'portal', partyWords: null, unconfirmedReason: null };
  if (!needsWord(outcome, snapshot)) return { confirmedBy: null, partyWords: null, unconfirmedReason: null };
  return {
    code: 'disputes.party-not-asked',
    field: 'confirmedBy',
    message: '请先问当事人事情办好没有，记下确认方式和原话；确实问不到的，写明未经确认的理由。',
  };
}
