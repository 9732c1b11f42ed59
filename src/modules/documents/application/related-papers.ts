import type { Tx } from '../../../platform/database';

const DONE = { supersede: '替代', supplement: '补充', correction: '更正' } as const;

/** Another paper beside a given one. */
export interface RelatedPaper {
  readonly id: string;
  /** What the later of the two does to the earlier. */
  readonly how: keyof typeof DONE;
  readonly isLater: boolean;
  readonly name: string;
  readonly number: string | null;
  readonly issuedAt: string;
  /** Said of the given paper: 由…补充, or 补充…. */
  readonly text: string;
}

/**
 * Papers that stand in the place of each of these, or beside it with a supplement or a correction; and those in whose place or
 * beside which it stands itself. What amended an agreement gives way with it to the paper that replaces the agreement.
 */
export async function relatedPapers(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, RelatedPaper[]>> {
  const rows = await tx.query<Omit<RelatedPaper, 'issuedAt' | 'text'> & { of: string; issuedAt: Date }>(
    `select r.of, r.how, r."isLater", o.id, t.name, o.number, o.issued_at as "issuedAt"
       from (select p.id as of, s.id, coalesce(s.amends_as, 'supersede') as how, true as "isLater"
               from paper p join paper s on s.dispute_id = p.dispute_id and s.state in ('final', 'sealed')
                and (s.amends_id = p.id or s.supersedes_id in (p.id, p.amends_id))
              where p.id = any ($1)
             union all
             select p.id, coalesce(p.amends_id, p.supersedes_id), coalesce(p.amends_as, 'supersede'), false
               from paper p where p.id = any ($1) and coalesce(p.amends_id, p.supersedes_id) is not null) r
       join paper o on o.id = r.id join paper_template t on t.hash = o.template_hash
      order by o.issued_at, o.id`,
    [ids],
  );
  const related = new Map<string, RelatedPaper[]>();
  for (const { of, issuedAt, ...row } of rows) {
    const other = `${row.number ?? ''}《${row.name}》`;
    const text = row.isLater ? `由${other}${DONE[row.how]}` : `${DONE[row.how]}${other}`;
    related.set(of, [...(related.get(of) ?? []), { ...row, issuedAt: issuedAt.toISOString(), text }]);
  }
  return related;
}

/** Voided papers in whose place none stands yet, the latest first. */
export async function replaceablePapers(tx: Tx, disputeId: string) {
  return tx.query<{ id: string; templateId: string; title: string; voidedAt: Date; voidReason: string }>(
    `select p.id, p.template_id as "templateId", p.title, p.voided_at as "voidedAt", p.void_reason as "voidReason"
       from paper p
      where p.dispute_id = $1 and p.state = 'voided' and p.governed_by is null
        and not exists (select 1 from paper s where s.dispute_id = $1 and s.supersedes_id = p.id)
      order by p.voided_at desc, p.id`,
    [disputeId],
  );
}
