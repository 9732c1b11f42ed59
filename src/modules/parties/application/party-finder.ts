import { Injectable } from '@nestjs/common';
import { parsePhone, phoneKind } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { maskPhoneText } from '../domain/masking';
import { endsWithDigits, phoneEnd } from '../domain/phone-end';
import { SealedFields } from './sealed-fields';

/** Someone of a matter who fits what was looked for, masked. */
export interface PartyMatch {
  readonly disputeId: string;
  readonly owner: 'party' | 'representative';
  /** `李某`; an organisation in full. */
  readonly name: string;
  /** The name is exactly what was looked for. */
  readonly isWhole: boolean;
  readonly phoneMasked: string | null;
}

interface PhoneRow extends Named {
  readonly id: string;
  readonly owner: PartyMatch['owner'];
  readonly cipher: string;
}

const BATCH = 500;
/** Of the numbers in one page of matters. */
const MOST_PHONES = 1000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

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
    const rows = await tx.query<Named & { readonly total: number }>('select * from app.parties_in_short($1)', [
      disputeIds,
    ]);
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

  /** Parties of these matters and who speaks for them, by name or other name (both in the form of app.search_form). */
  async named(tx: Tx, disputeIds: readonly string[], form: string): Promise<PartyMatch[]> {
    const rows = await tx.query<Named & { readonly owner: PartyMatch['owner']; readonly isWhole: boolean }>(
      `select f."disputeId", f.name, f.kind, f.owner, bool_or(f.form = $2) as "isWhole" from (
         select p.dispute_id as "disputeId", p.id, p.ordinal, p.name, p.kind, 'party' as owner, app.search_form(n.name) as form
           from party p cross join lateral unnest(p.name || p.aliases) n(name) where p.dispute_id = any ($1)
         union all
         select r.dispute_id, r.id, 1000, r.name, 'person', 'representative', app.search_form(r.name)
           from representative r where r.dispute_id = any ($1)) f
        where position($2 in f.form) > 0
        group by f."disputeId", f.id, f.ordinal, f.name, f.kind, f.owner order by f.ordinal, f.id`,
      [disputeIds, form],
    );
    return rows.map((row) => ({ ...row, name: shortName(row), phoneMasked: null }));
  }

  /**
   * Matters in which somebody's number is this one or ends with these digits, at least four: the latest first, after the one
   * that ends the page before. A mobile number is known by its own index; of other digits all numbers with the same last four
   * are opened, some at a time, until the page is full.
   */
  async mattersByPhone(tx: Tx, digits: string, beforeId: string | null, limit: number): Promise<string[]> {
    const matters = new Set<string>();
    let after: readonly [string, string] = [beforeId ?? LAST_ID, beforeId === null ? LAST_ID : FIRST_ID];
    while (matters.size < limit) {
      const rows = await this.phoneRows(tx, digits, '(x.dispute_id, x.id) < ($2::uuid, $3::uuid)', [...after, BATCH]);
      for (const row of this.phoneMatches(rows, digits)) matters.add(row.disputeId);
      const last = rows.at(-1);
      if (last === undefined || rows.length < BATCH) break;
      after = [last.disputeId, last.id];
    }
    return [...matters].slice(0, limit);
  }

  /** Whose number in these matters is this one or ends with these digits. */
  async phonesIn(tx: Tx, disputeIds: readonly string[], digits: string): Promise<PartyMatch[]> {
    return this.phoneMatches(
      await this.phoneRows(tx, digits, 'x.dispute_id = any ($2::uuid[])', [disputeIds, MOST_PHONES]),
      digits,
    );
  }

  private phoneRows(tx: Tx, digits: string, where: string, values: readonly unknown[]): Promise<PhoneRow[]> {
    const phone = parsePhone(digits);
    const isMobile = phone.ok && phoneKind(phone.value) === 'mobile';
    const column = isMobile ? 'phone_index' : 'phone_end_index';
    const index = isMobile ? this.sealed.phoneIndex(phone.value) : this.sealed.phoneEndIndex(phoneEnd(digits));
    const limit = `$${String(values.length + 1)}`;
    const order = `order by x.dispute_id desc, x.id desc limit ${limit}`;
    return tx.query<PhoneRow>(
      `select * from (
         (select x.id, 'party' as owner, x.dispute_id as "disputeId", x.name, x.kind, x.phone_cipher as cipher
            from party x where x.${column} = $1 and ${where} ${order})
         union all
         (select x.id, 'representative', x.dispute_id, x.name, 'person', x.phone_cipher
            from representative x where x.${column} = $1 and x.ended_on is null and ${where} ${order})) f
        order by f."disputeId" desc, f.id desc limit ${limit}`,
      [index, ...values],
    );
  }

  private phoneMatches(rows: readonly PhoneRow[], digits: string): PartyMatch[] {
    return rows.flatMap((row) => {
      const phone = this.sealed.open(row.owner, 'phone', row.id, row.cipher);
      if (phone === null || !endsWithDigits(phone, digits)) return [];
      const { disputeId, owner } = row;
      return [{ disputeId, owner, name: shortName(row), isWhole: false, phoneMasked: maskPhoneText(phone) }];
    });
  }
}

/** A person by the first character of the name; an organisation stands in a public register. */
function shortName({ name, kind }: Pick<Named, 'name' | 'kind'>): string {
  return kind === 'organization' ? name : `${Array.from(name)[0] ?? ''}某`;
}
