import { DomainError, type Grant, type Relation, type Role } from '../../kernel';
import type { Actor } from '../database';
import { policyOf, policyTable } from './acts';

/** How the actor may stand to the object; a missing part grants nothing. */
export interface ObjectFacts {
  readonly centerId?: string | null;
  readonly handlingCenterId?: string | null;
  readonly handlingUnitId?: string | null;
  readonly committeeId?: string | null;
  /** Roles under which this very actor is named on the matter. */
  readonly assignedRoles?: readonly string[];
  /** Agencies that were summoned to the object. */
  readonly agencyIds?: readonly string[];
  readonly ownerAccountId?: string | null;
}

/** Switched off only by the test flag that shows row security alone. */
let guardIsOff = false;
export function switchAccessGuardOff(off: boolean): void {
  guardIsOff = off;
}
export function accessGuardIsOff(): boolean {
  return guardIsOff;
}

/** What an account may do whose password was set by others or has run out. */
const BEFORE_PASSWORD_CHANGE = new Set(['identity.read-self', 'identity.change-password', 'identity.log-out']);

/** Refuses with 403 unless a grant of the act's policy fits the actor and the facts. */
export function authorize(actor: Actor, act: string, facts: ObjectFacts = {}): void {
  if (guardIsOff) return;
  if (actor.mustChangePassword && !BEFORE_PASSWORD_CHANGE.has(act)) {
    throw new DomainError(
      'forbidden',
      'identity.change-password-first',
      '请先修改初始密码或已到期的密码，再办理其他事项。',
    );
  }
  const policy = policyOf(act);
  if (policy && mayAct(actor, policy.by, facts)) return;
  throw new DomainError(
    'forbidden',
    'forbidden',
    `您的岗位不能${policy?.label ?? '办理该事项'}。如确需办理，请联系本中心调度员或安全管理员。`,
  );
}

/** True when one of the grants fits. The same evaluator serves refusals and `allowedActs`. */
export function mayAct(actor: Actor, by: readonly Grant[], facts: ObjectFacts): boolean {
  return by.some((grant) => fits(actor, grant, facts));
}

/** The acts that the actor's grants allow somewhere, whatever the object: what a menu may offer. */
export function actsSomewhere(actor: Actor): string[] {
  const roles = new Set<string>(actor.grants.map((g) => g.role));
  const mayBeNamed = isInOfficeOfMediation(actor);
  return [...policyTable()]
    .filter(([, policy]) =>
      policy.by.some((grant) => {
        const [role = '', relation] = grant.split('@');
        return grant === 'everyone@self' || (relation === 'assigned' ? mayBeNamed : roles.has(role));
      }),
    )
    .map(([act]) => act);
}

function fits(actor: Actor, grant: Grant, facts: ObjectFacts): boolean {
  if (grant === 'public') return true;
  if (grant === 'link-holder') return actor.principal.kind === 'link';
  if (grant === 'everyone@self')
    return actor.accountId !== null && (facts.ownerAccountId ?? actor.accountId) === actor.accountId;
  const [role, relation] = grant.split('@') as [Role, Relation];
  if (relation === 'assigned') return isAssigned(actor, role, facts);
  const scopes = actor.grants.filter((g) => g.role === role);
  if (scopes.length === 0) return false;
  const within = (ids: readonly (string | null | undefined)[]): boolean =>
    scopes.some((g) => g.scopeId !== null && ids.includes(g.scopeId));
  switch (relation) {
    case 'any':
      return true;
    case 'center':
      return within([facts.centerId, facts.handlingCenterId]);
    case 'subtree':
      return scopes.some((g) =>
        [facts.centerId, facts.handlingCenterId].some(
          (id) => typeof id === 'string' && g.subtreeCenterIds.includes(id),
        ),
      );
    case 'committee':
      return within([facts.committeeId]);
    case 'agency':
      return within(facts.agencyIds ?? []);
    case 'unit':
      return within([facts.handlingUnitId]);
    case 'self':
      return facts.ownerAccountId !== undefined && facts.ownerAccountId === actor.accountId;
  }
}

/**
 * Named on the matter under the role, and still in an office of mediation: in small committees a mediator keeps the record
 * of another's matter without holding the recorder's role as well.
 */
function isAssigned(actor: Actor, role: Role, facts: ObjectFacts): boolean {
  return isInOfficeOfMediation(actor) && (facts.assignedRoles?.includes(role) ?? false);
}

function isInOfficeOfMediation(actor: Actor): boolean {
  return actor.grants.some((g) => g.role === 'mediator' || g.role === 'recorder');
}
