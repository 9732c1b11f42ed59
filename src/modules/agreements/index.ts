export { type AgreementInEffect, Agreements, type IdentityChecked } from './application/agreements';
export { KeepPerformance } from './application/keep-performance';
export { RECEIPT_ANSWERS, type ReceiptAnswer } from './domain/dictionaries';
export { AgreementsModule } from './agreements.module';
export {
  type AwaitedSignature,
  type OwnAgreement,
  OwnAgreements,
  type OwnObligation,
} from './application/own-agreements';
