export { type IntakeParty, MatterHooks } from './application/matter-hooks';
export { type LoadedMatter, Matters } from './application/matters';
export { DisputesModule } from './disputes.module';
export type { MatterFact } from './domain/matter-facts';
export type { MatterState } from './domain/matter-lifecycle';
export type { MediationAct, MediationState } from './domain/mediation-lifecycle';
export { Dispute } from './persistence/dispute.entity';
export { ANY_STANDING } from './policies';
