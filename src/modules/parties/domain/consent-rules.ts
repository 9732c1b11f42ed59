import type { Consent, ConsentAnswer } from './dictionaries';

/** Where the party stands after an answer; being out of reach says nothing, and silence is no consent. */
export function consentAfter(before: Consent, answer: ConsentAnswer): Consent {
  switch (answer) {
    case 'applied':
    case 'agreed':
      return 'agreed';
    case 'refused':
      return 'refused';
    case 'unreached':
      return before;
  }
}

/** Whether a refusal ends the mediation: at once, before or after acceptance, while it is live (人民调解法第十七条). */
export function endsByRefusal(mediationState: string | null, partyTakesPart: boolean): boolean {
  return partyTakesPart && mediationState !== null && LIVE.includes(mediationState);
}

const LIVE: readonly string[] = [
  'consent-pending',
  'accepted',
  'assigned',
  'investigating',
  'in-mediation',
  'suspended',
  'drafting',
  'signing',
];
