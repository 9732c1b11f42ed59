import type { Tx } from '../../../platform/database';

interface Row {
  readonly disputeId: string;
  readonly name: string;
  readonly kind: 'person' | 'organization';
  readonly total: number;
}

/**
 * Who is in a matter, short enough for a line and without whole names of people: 李某、王某等6方. Matters whose parties the
 * reader may not see are missing. One statement for a page.
 */
export async function partiesInShort(tx: Tx, disputeIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (disputeIds.length === 0) return new Map();
  const rows = await tx.query<Row>(
    `select p.dispute_id as "disputeId", p.name, p.kind, p.total from unnest($1::uuid[]) m(id) cross join lateral (
       select p.dispute_id, p.name, p.kind, (count(*) over ())::integer as total from party p
        where p.dispute_id = m.id and p.state = 'active' order by p.ordinal limit 2) p`,
    [disputeIds],
  );
  const byMatter = new Map<string, Row[]>();
  for (const row of rows) byMatter.set(row.disputeId, [...(byMatter.get(row.disputeId) ?? []), row]);
  return new Map(
    [...byMatter].map(([id, shown]) => {
      const names = shown.map(shortName).join('、');
      const total = shown[0]?.total ?? 0;
      return [id, total > shown.length ? `${names}等${total}方` : names];
    }),
  );
}

/** A person by the first character of the name; an organisation stands in a public register. */
export function shortName({ name, kind }: Pick<Row, 'name' | 'kind'>): string {
  return kind === 'organization' ? name : `${Array.from(name)[0] ?? ''}某`;
}
