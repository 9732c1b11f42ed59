export { AgreementsModule } from './agreements.module';
export { type OwnAgreement, OwnAgreements, type OwnObligation } from './application/own-agreements';
