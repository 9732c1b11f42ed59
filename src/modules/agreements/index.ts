export { type AgreementInEffect, Agreements, type IdentityChecked } from './application/agreements';
export { AgreementsModule } from './agreements.module';
export {
  type AwaitedSignature,
  type OwnAgreement,
  OwnAgreements,
  type OwnObligation,
} from './application/own-agreements';
