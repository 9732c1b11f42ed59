import type { DescribedLifecycle, Grant, Lifecycle } from '../../kernel';

/** One row of the policy table: an act, what the desk calls it, and who may do it standing how. */
export interface ActPolicy {
  readonly label: string;
  readonly by: readonly Grant[];
  /** Performed by timers or other modules only; no route may carry it. */
  readonly internal?: true;
  /** A POST that says a purpose, yet only reads. */
  readonly isReading?: true;
}

const table = new Map<string, ActPolicy>();
const lifecycles: DescribedLifecycle[] = [];

/** Enters acts into the policy table. Whatever is not entered is forbidden. */
export function definePolicies<Keys extends string>(
  policies: Readonly<Record<Keys, ActPolicy>>,
): Readonly<Record<Keys, ActPolicy>> {
  for (const [act, policy] of Object.entries<ActPolicy>(policies)) {
    const known = table.get(act);
    if (known && known !== policy) throw new Error(`Act ${act} is defined twice`);
    table.set(act, policy);
  }
  return policies;
}

/** Enters the acts of a lifecycle table, keyed `<lifecycle>.<act>`. */
export function definePoliciesOf<State extends string, Act extends string, Snapshot extends { readonly state: State }>(
  lifecycle: Lifecycle<State, Act, Snapshot>,
): void {
  lifecycles.push(lifecycle.table);
  for (const act of lifecycle.actKeys) {
    const { label, by, internal } = lifecycle.table.acts[act];
    definePolicies({ [`${lifecycle.table.name}.${act}`]: { label, by, ...(internal ? { internal } : {}) } });
  }
}

export function policyOf(act: string): ActPolicy | undefined {
  return table.get(act);
}

/** The whole policy table, for the boot check, the documents and the generated tests. */
export function policyTable(): ReadonlyMap<string, ActPolicy> {
  return table;
}

/** Every lifecycle table that has entered its acts, for the documents and the generated tests. */
export function definedLifecycles(): readonly DescribedLifecycle[] {
  return lifecycles;
}
