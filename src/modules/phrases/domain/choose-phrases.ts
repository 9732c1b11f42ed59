/** A list of phrases of one place: of whoever writes, of a center or common to all. */
export interface OfferedList {
  readonly isMine: boolean;
  readonly centerId: string | null;
  readonly place: string;
  readonly texts: readonly string[];
}

/** `disputes.triage.opinion` is asked for first, then what is said in any opinion. */
export function placesFor(place: string): string[] {
  const field = place.slice(place.lastIndexOf('.') + 1);
  return field === place ? [place] : [place, field];
}

/** The phrases of a place: one's own first, then what the house offers. */
export function choosePhrases(place: string, lists: readonly OfferedList[]): string[] {
  const mine = placesFor(place).flatMap((candidate) =>
    lists.filter((l) => l.isMine && l.place === candidate).flatMap((l) => l.texts),
  );
  return [...new Set([...mine, ...phrasesOfHouse(place, lists)])];
}

/**
 * The nearest place that has a list decides, and there the centers' own lists (all of them, for somebody who serves at
 * several) replace the common one. An empty list of a center is a choice: none are offered.
 */
export function phrasesOfHouse(place: string, lists: readonly OfferedList[]): string[] {
  for (const candidate of placesFor(place)) {
    const here = lists.filter((l) => !l.isMine && l.place === candidate);
    const own = here.filter((l) => l.centerId !== null);
    const chosen = own.length > 0 ? own : here;
    if (chosen.length > 0) return [...new Set(chosen.flatMap((l) => l.texts))];
  }
  return [];
}
