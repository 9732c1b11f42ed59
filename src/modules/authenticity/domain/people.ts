/** Someone in a matter, as far as it takes to tell people apart. */
export interface PersonRow {
  readonly id: string;
  readonly disputeId: string;
  readonly kind: 'person' | 'organization';
  readonly side: string | null;
  readonly nameKey: string;
  readonly documentIndex: string | null;
  readonly address: string | null;
  /** The party for whom this one speaks, or whose place it has taken. */
  readonly standsFor: string | null;
}

/** Joins what belongs together; answers the groups. */
export function groupsOf<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): T[][] {
  const groups: { readonly keys: Set<string>; readonly items: T[] }[] = [];
  for (const item of items) {
    const keys = keysOf(item);
    const met = groups.filter((group) => keys.some((key) => group.keys.has(key)));
    const [first = { keys: new Set<string>(), items: [] }, ...others] = met;
    if (met.length === 0) groups.push(first);
    for (const other of others) {
      other.keys.forEach((key) => first.keys.add(key));
      first.items.push(...other.items);
      groups.splice(groups.indexOf(other), 1);
    }
    keys.forEach((key) => first.keys.add(key));
    first.items.push(item);
  }
  return groups.map((group) => group.items);
}

const NOTHING_TOLD = /[\s\p{P}]/gu;

/** Households: the same person, people of one address, who speaks for another, who took the place of another. */
export function householdsOf(rows: readonly PersonRow[]): PersonRow[][] {
  return groupsOf(
    rows.filter((row) => row.kind === 'person'),
    ({ id, nameKey, documentIndex, address, standsFor }) => {
      const home = address?.normalize('NFKC').replace(NOTHING_TOLD, '') ?? '';
      return [
        `row:${id}`,
        `name:${nameKey}`,
        ...(documentIndex === null ? [] : [`document:${documentIndex}`]),
        ...(home === '' ? [] : [`home:${home}`]),
        ...(standsFor === null ? [] : [`row:${standsFor}`]),
      ];
    },
  );
}
