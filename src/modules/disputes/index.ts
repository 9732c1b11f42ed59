export { type IntakeParty, MatterHooks, type MatterParty, type SamePersonHint } from './application/matter-hooks';
export { type LoadedMatter, type MatterStanding, Matters } from './application/matters';
export { DisputesModule } from './disputes.module';
export type { DisputeType, Nature, OutsideRoute, RiskLevel, Route } from './domain/dictionaries';
export type { MatterFact } from './domain/matter-facts';
export type { MatterState } from './domain/matter-lifecycle';
export type { MediationAct, MediationState } from './domain/mediation-lifecycle';
export { Dispute } from './persistence/dispute.entity';
export { ANY_STANDING } from './policies';
