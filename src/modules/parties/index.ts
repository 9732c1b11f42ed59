export { AnswerForOneself, type OwnStanding } from './application/answer-for-oneself';
export {
  type PaperParty,
  type PaperRepresentative,
  Parties,
  type PartySnapshot,
  type RepresentativeSnapshot,
} from './application/parties';
export type { PartyKind, RepresentativeKind, Scope, Side } from './domain/dictionaries';
export type { Signatories } from './domain/may-sign';
export { PartiesModule } from './parties.module';
