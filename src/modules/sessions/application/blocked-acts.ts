import type { Grant, Lifecycle } from '../../../kernel';

/**
 * Acts that the state would admit and the actor may do, but that an obstacle holds back: what is missing, so that a page
 * can say why a button is not there.
 */
export function blockedActs<Snapshot extends { readonly state: string }, Act extends string>(
  lifecycle: Lifecycle<Snapshot['state'], Act, Snapshot>,
  snapshot: Snapshot,
  now: Date,
  mayAct: (by: readonly Grant[]) => boolean,
): { readonly act: string; readonly label: string; readonly reason: string }[] {
  const { name, acts } = lifecycle.table;
  return lifecycle.actKeys.flatMap((act) => {
    const { label, from, by, internal } = acts[act];
    if (internal === true || !from.includes(snapshot.state) || !mayAct(by)) return [];
    const refusal = lifecycle.refusal(act, snapshot, now);
    return refusal === null ? [] : [{ act: `${name}.${act}`, label, reason: refusal.message }];
  });
}
