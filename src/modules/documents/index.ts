export { DifferenceResponse } from './api/difference.response';
export { present } from './application/paper-data';
export { type PaperSource, PaperSources, type PaperSubject } from './application/paper-sources';
export type {
  DraftedPaper,
  FiledPaper,
  PaperSnapshot,
  PaperToKeep,
  RenderOptions,
  SealRequest,
  SealedPaper,
} from './application/paper-types';
export { type PaperInForce, Papers } from './application/papers';
export { Seals } from './application/seals';
export { type Difference, type Passage, differenceOf, differences } from './domain/differences';
export { DocumentsModule } from './documents.module';
export type { PaperState } from './domain/paper-lifecycle';
