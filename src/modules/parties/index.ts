export { AnswerForOneself, type OwnStanding } from './application/answer-for-oneself';
export { contactOf, partyBlockOf, REPRESENTS_AS, representativesOf } from './application/paper-blocks';
export {
  type PaperParty,
  type PaperRepresentative,
  Parties,
  type PartySnapshot,
  type RepresentativeSnapshot,
} from './application/parties';
export { faultsOfIntakeParty } from './application/intake-registrar';
export { FillPhoneEnds } from './application/fill-phone-ends';
export { type PartyMatch, PartyFinder } from './application/party-finder';
export type { PartyKind, RepresentativeKind, Scope, Side } from './domain/dictionaries';
export { PARTY_DICTIONARIES } from './domain/dictionary-list';
export { maskAddress, maskMinorName } from './domain/masking';
export type { Signatories } from './domain/may-sign';
export { PartiesModule } from './parties.module';
