/** The files of one mediator that a round may draw from. */
export interface Stratum {
  readonly mediatorId: string;
  readonly mediatorName: string;
  readonly disputeIds: readonly string[];
}

export interface DrawRule {
  /** Per cent of the files of each mediator, rounded up. */
  readonly share: number;
  readonly atLeast: number;
}

/**
 * Draws from each mediator's files: those whose lot is smallest. A lot follows from the seed and the file alone, so that
 * whoever has seed and pool draws the same, in whatever order the pool is written down.
 */
export function draw(
  strata: readonly Stratum[],
  { share, atLeast }: DrawRule,
  lotOf: (disputeId: string) => string,
): readonly { readonly disputeId: string; readonly mediatorId: string; readonly mediatorName: string }[] {
  return strata.flatMap(({ mediatorId, mediatorName, disputeIds }) => {
    const count = Math.min(disputeIds.length, Math.max(atLeast, Math.ceil((disputeIds.length * share) / 100)));
    return [...disputeIds]
      .map((disputeId) => ({ disputeId, lot: lotOf(disputeId) }))
      .sort((a, z) => (a.lot < z.lot ? -1 : 1))
      .slice(0, count)
      .map(({ disputeId }) => ({ disputeId, mediatorId, mediatorName }));
  });
}

/**
 * Deals the drawn files among the reviewers as evenly as it goes: to the one with the fewest so far who had no part in the
 * matter; null where everybody had.
 */
export function deal<Reviewer extends { readonly id: string }>(
  files: readonly { readonly participants: readonly string[] }[],
  reviewers: readonly Reviewer[],
): readonly (Reviewer | null)[] {
  const load = new Map(reviewers.map((r) => [r.id, 0]));
  return files.map(({ participants }) => {
    const free = reviewers.filter((r) => !participants.includes(r.id));
    const [first, ...others] = free;
    if (first === undefined) return null;
    const chosen = others.reduce((best, r) => ((load.get(r.id) ?? 0) < (load.get(best.id) ?? 0) ? r : best), first);
    load.set(chosen.id, (load.get(chosen.id) ?? 0) + 1);
    return chosen;
  });
}
