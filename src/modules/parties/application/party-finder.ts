import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { maskPhoneText } from '../domain/masking';
import { endsWithDigits, phoneEnd } from '../domain/phone-end';
import { SealedFields } from './sealed-fields';

/** Someone of a matter who fits what was looked for, masked. */
export interface PartyMatch {
  readonly disputeId: string;
  /** `李某`; an organisation in full. */
  readonly name: string;
  /** The name is exactly what was looked for. */
  readonly isWhole: boolean;
  readonly phoneMasked: string | null;
}

interface Named {
  readonly disputeId: string;
  readonly name: string;
  readonly kind: 'person' | 'organization';
}

/** Finds people across matters, among those whom row security lets the reader see, and shows them masked. */
@Injectable()
export class PartyFinder {
  constructor(private readonly sealed: SealedFields) {}

  /** Who is in each matter, short enough for a line: 李某、王某等6方. Matters whose parties the reader may not see are missing. */
  async inShort(tx: Tx, disputeIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (disputeIds.length === 0) return new Map();
    const rows = await tx.query<Named & { readonly total: number }>(
      `select p.dispute_id as "disputeId", p.name, p.kind, p.total from unnest($1::uuid[]) m(id) cross join lateral (
         select p.dispute_id, p.name, p.kind, (count(*) over ())::integer as total from party p
          where p.dispute_id = m.id and p.state = 'active' order by p.ordinal limit 2) p`,
      [disputeIds],
    );
    const byMatter = new Map<string, typeof rows>();
    for (const row of rows) byMatter.set(row.disputeId, [...(byMatter.get(row.disputeId) ?? []), row]);
    return new Map(
      [...byMatter].map(([id, shown]) => {
        const names = shown.map(shortName).join('、');
        const total = shown[0]?.total ?? 0;
        return [id, total > shown.length ? `${names}等${total}方` : names];
      }),
    );
  }

  /** Parties of these matters whose name holds the text (both in the form of app.search_form). */
  async named(tx: Tx, disputeIds: readonly string[], form: string): Promise<PartyMatch[]> {
    const rows = await tx.query<Named & { readonly isWhole: boolean }>(
      `select p.dispute_id as "disputeId", p.name, p.kind, app.search_form(p.name) = $2 as "isWhole" from party p
        where p.dispute_id = any ($1) and position($2 in app.search_form(p.name)) > 0 order by p.ordinal`,
      [disputeIds, form],
    );
    return rows.map((row) => ({
      disputeId: row.disputeId,
      name: shortName(row),
      isWhole: row.isWhole,
      phoneMasked: null,
    }));
  }

  /** Parties and representatives whose number ends with these digits, at least four; the latest matters first, at most 50. */
  async byPhoneEnd(tx: Tx, digits: string): Promise<PartyMatch[]> {
    const index = this.sealed.phoneEndIndex(phoneEnd(digits));
    const rows = await tx.query<
      Named & { readonly id: string; readonly owner: 'party' | 'representative'; readonly cipher: string }
    >(
      `select * from (
         select p.id, 'party' as owner, p.dispute_id as "disputeId", p.name, p.kind, p.phone_cipher as cipher
           from party p where p.phone_end_index = $1
         union all
         select r.id, 'representative', r.dispute_id, r.name, 'person', r.phone_cipher
           from representative r where r.phone_end_index = $1 and r.ended_on is null) f
        order by f."disputeId" desc limit 200`,
      [index],
    );
    return rows
      .flatMap((row) => {
        const phone = this.sealed.open(row.owner, 'phone', row.id, row.cipher);
        if (phone === null || !endsWithDigits(phone, digits)) return [];
        return [{ disputeId: row.disputeId, name: shortName(row), isWhole: false, phoneMasked: maskPhoneText(phone) }];
      })
      .slice(0, 50);
  }
}

/** A person by the first character of the name; an organisation stands in a public register. */
function shortName({ name, kind }: Pick<Named, 'name' | 'kind'>): string {
  return kind === 'organization' ? name : `${Array.from(name)[0] ?? ''}某`;
}
