export type { Actor, RoleGrant, ScopeKind } from './actor';
export { AnswerSweeper } from './answer-sweeper';
export { DatabaseModule } from './database.module';
export { withFileInClaim } from './idempotency';
export { nextNumber } from './numbers';
export { type OutboxHandler, OutboxDispatcher } from './outbox-dispatcher';
export {
  type IdempotencyClaim,
  type Principal,
  type RequestContext,
  currentContext,
  withContext,
} from './request-context';
export {
  type AuditEntry,
  type CurrentVersion,
  type OutboxMessage,
  type RecentChange,
  StaleVersion,
  Tx,
} from './transaction';
export { UnitOfWork } from './unit-of-work';
export { uuidv7 } from './uuid';
