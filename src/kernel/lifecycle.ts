import { DomainError } from './domain-error';
import type { Grant } from './roles';

/**
 * A reason why an act is refused although the state allows it. `blocks` is pure.
 * `code` ends the problem's code (`<lifecycle>.<code>`); `message` is Chinese and says what to do first.
 */
export interface Obstacle<Snapshot> {
  readonly code: string;
  readonly message: string;
  readonly blocks: (snapshot: Snapshot, now: Date) => boolean;
}

/** One row of a lifecycle table. */
export interface ActRule<State extends string, Snapshot> {
  /** The act in the words of the desk, e.g. 受理. */
  readonly label: string;
  /** States in which the act may start. An act that creates the thing has an empty list. */
  readonly from: readonly State[];
  /** Where it may lead; `'same'` leaves the state alone. With several the decision names one. */
  readonly to: State | readonly State[] | 'same';
  readonly by: readonly Grant[];
  readonly obstacles?: readonly Obstacle<Snapshot>[];
  /** Statute and article, where the rule is one of law. */
  readonly source?: string;
  /** Set for acts that only other modules or timers perform: they have no route of their own. */
  readonly internal?: true;
}

export interface LifecycleTable<State extends string, Act extends string, Snapshot extends { readonly state: State }> {
  /** Prefix shared by act keys, audit types and error codes, e.g. `disputes`. */
  readonly name: string;
  readonly label: string;
  readonly states: Readonly<Record<State, string>>;
  readonly initial: State;
  readonly final: readonly State[];
  readonly acts: Readonly<Record<Act, ActRule<State, Snapshot>>>;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** A checked lifecycle: the table plus the two evaluators that share it. */
export class Lifecycle<State extends string, Act extends string, Snapshot extends { readonly state: State }> {
  constructor(readonly table: LifecycleTable<State, Act, Snapshot>) {
    const faults = lifecycleFaults(table);
    if (faults.length > 0) throw new Error(`Lifecycle ${table.name}: ${faults.join('; ')}`);
  }

  get actKeys(): readonly Act[] {
    return Object.keys(this.table.acts) as Act[];
  }

  /** Why the act cannot be done now, or null. Says nothing of who asks: that is the policy's half. */
  refusal(act: Act, snapshot: Snapshot, now: Date): Refusal | null {
    const rule = this.table.acts[act];
    if (!rule.from.includes(snapshot.state)) {
      return {
        code: `${this.table.name}.wrong-state`,
        message: `当前状态为“${this.table.states[snapshot.state]}”，不能${rule.label}。请刷新后查看可办的事项。`,
      };
    }
    const obstacle = rule.obstacles?.find((o) => o.blocks(snapshot, now));
    return obstacle ? { code: `${this.table.name}.${obstacle.code}`, message: obstacle.message } : null;
  }

  /**
   * The state after the act. Refuses (409) when the table does; `to` names the target where the row allows several.
   */
  next(act: Act, snapshot: Snapshot, now: Date, to?: State): State {
    const refusal = this.refusal(act, snapshot, now);
    if (refusal) throw new DomainError('conflict', refusal.code, refusal.message);
    const rule = this.table.acts[act];
    if (rule.to === 'same') return snapshot.state;
    if (typeof rule.to === 'string') return rule.to;
    if (to === undefined || !rule.to.includes(to)) {
      throw new Error(`Lifecycle ${this.table.name}: ${act} must name one of ${rule.to.join(', ')}`);
    }
    return to;
  }

  /** Acts that state and obstacles admit now and for which `mayAct` finds a grant: what a screen may offer. */
  allowedActs(snapshot: Snapshot, now: Date, mayAct: (by: readonly Grant[]) => boolean): readonly Act[] {
    return this.actKeys.filter((act) => {
      const rule = this.table.acts[act];
      return rule.internal !== true && this.refusal(act, snapshot, now) === null && mayAct(rule.by);
    });
  }
}

/** Structural faults of a table: unreachable states, dead ends, unknown names. Empty when sound. */
export function lifecycleFaults<State extends string, Act extends string, Snapshot extends { readonly state: State }>(
  table: LifecycleTable<State, Act, Snapshot>,
): string[] {
  const faults: string[] = [];
  const states = Object.keys(table.states) as State[];
  const rules = Object.entries<ActRule<State, Snapshot>>(table.acts);
  const targets = (rule: ActRule<State, Snapshot>): readonly State[] =>
    rule.to === 'same' ? [] : typeof rule.to === 'string' ? [rule.to] : rule.to;
  const reached = new Set<State>([table.initial]);
  for (let grown = true; grown;) {
    grown = false;
    for (const [, rule] of rules) {
      const starts = rule.from.length === 0 || rule.from.some((s) => reached.has(s));
      for (const target of starts ? targets(rule) : []) {
        if (!reached.has(target)) {
          reached.add(target);
          grown = true;
        }
      }
    }
  }
  for (const state of states) {
    if (!reached.has(state)) faults.push(`state ${state} is never reached`);
    const exits = rules.some(([, rule]) => rule.from.includes(state) && targets(rule).some((t) => t !== state));
    if (!table.final.includes(state) && !exits) faults.push(`state ${state} has no exit`);
  }
  for (const [act, rule] of rules) {
    for (const name of [...rule.from, ...targets(rule)]) {
      if (!(name in table.states)) faults.push(`act ${act} names unknown state ${name}`);
    }
    if (rule.by.length === 0 && rule.internal !== true) faults.push(`act ${act} is granted to nobody`);
  }
  return faults;
}

/** Makes a lifecycle of a snapshot type; states come from the snapshot, acts from the table's keys. */
export const defineLifecycle =
  <Snapshot extends { readonly state: string }>() =>
  <Act extends string>(
    table: LifecycleTable<Snapshot['state'], Act, Snapshot>,
  ): Lifecycle<Snapshot['state'], Act, Snapshot> =>
    new Lifecycle(table);
