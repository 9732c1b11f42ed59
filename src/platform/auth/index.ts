export { Act, IfMatchRequired, WithoutEffect } from './act.decorator';
export { type ActPolicy, definePolicies, definePoliciesOf, definedLifecycles, policyOf, policyTable } from './acts';
export { AuthModule } from './auth.module';
export {
  type ObjectFacts,
  accessGuardIsOff,
  actsSomewhere,
  authorize,
  mayAct,
  switchAccessGuardOff,
} from './authorize';
export { grantedActs } from './granted-acts';
export { centersOf } from './centers-of';
export { TOKEN_ALGORITHM, TOKEN_TYPE } from './jwt.strategy';
export { PolicyCheck, type RouteAct, policyFaults } from './policy-check';
