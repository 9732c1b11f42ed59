import { type ObjectFacts, mayAct, policyOf } from '../../../platform/auth';
import type { Actor } from '../../../platform/database';

/** Whether the policy table gives the actor this act on something that stands so: for what a screen may offer. */
export function mayPerform(actor: Actor, act: string, facts: ObjectFacts): boolean {
  return mayAct(actor, policyOf(act)?.by ?? [], facts);
}
