import type { Actor } from '../database';
import { definedLifecycles, policyTable } from './acts';
import { type ObjectFacts, mayAct } from './authorize';

/**
 * Acts outside every lifecycle (readings, notes, reveals) that the actor's grants allow on an object. No state refuses
 * them, so that a page may offer what is listed here. Acts of a lifecycle are answered by `allowedActs` of their thing.
 */
export function grantedActs(actor: Actor, facts: ObjectFacts): string[] {
  const ofLifecycles = new Set(
    definedLifecycles().flatMap(({ name, acts }) => Object.keys(acts).map((a) => `${name}.${a}`)),
  );
  return [...policyTable()]
    .filter(([act, { by, internal }]) => !ofLifecycles.has(act) && internal !== true && mayAct(actor, bound(by), facts))
    .map(([act]) => act);
}

/** Without grants that ask nothing of the object: what holds everywhere says nothing of this one. */
function bound(by: Parameters<typeof mayAct>[1]): Parameters<typeof mayAct>[1] {
  return by.filter((grant) => !/^(?:public|link-holder|everyone@self|.*@any)$/.test(grant));
}
