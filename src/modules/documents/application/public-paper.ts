import type { Tx } from '../../../platform/database';
import { PAPER_STATES, type PaperState } from '../domain/paper-lifecycle';
import type { PaperFileKind } from '../persistence/paper.entity';
import { type RelatedPaper, relatedPapers } from './related-papers';

interface PublicRow {
  readonly id: string;
  readonly name: string;
  readonly number: string | null;
  readonly issuerName: string;
  readonly issuedAt: Date;
  readonly sealedAt: Date | null;
  readonly maskedNames: string[];
  readonly state: PaperState;
  readonly voidedAt: Date | null;
  readonly supersededAt: Date | null;
  readonly copies: number;
  readonly sha256: string;
  readonly pageCount: number;
  readonly attestedAt: Date | null;
  /** Kind of the file that was asked for; the current one for a question by code. */
  readonly kind: PaperFileKind;
}

const COLUMNS = `p.id, t.name, p.number, p.issuer_name as "issuerName", p.issued_at as "issuedAt", p.sealed_at as "sealedAt",
  p.masked_names as "maskedNames", p.state, p.voided_at as "voidedAt", p.superseded_at as "supersededAt", p.copies,
  f.sha256, f.page_count as "pageCount", f.kind, s.attested_at as "attestedAt"`;

/** The paper with this code and its current file. */
export async function paperByCode(tx: Tx, codeDigest: string) {
  const [row] = await tx.query<PublicRow>(
    `select ${COLUMNS} from paper p join paper_template t on t.hash = p.template_hash
       join paper_file f on f.paper_id = p.id and f.kind in ('final', 'sealed')
       left join paper_timestamp s on s.paper_id = p.id
      where p.code_digest = $1 order by f.kind = 'sealed' desc limit 1`,
    [codeDigest],
  );
  return row === undefined ? null : publicView(row, await beside(tx, row));
}

/** The paper of which this is a file, byte for byte. */
export async function paperByFile(tx: Tx, sha256: string) {
  const [row] = await tx.query<PublicRow>(
    `select ${COLUMNS} from paper_file f join paper p on p.id = f.paper_id join paper_template t on t.hash = p.template_hash
       left join paper_timestamp s on s.paper_id = p.id
      where f.sha256 = $1 order by f.created_at limit 1`,
    [sha256],
  );
  return row === undefined ? null : { view: publicView(row, await beside(tx, row)), kind: row.kind };
}

async function beside(tx: Tx, { id }: Pick<PublicRow, 'id'>): Promise<readonly RelatedPaper[]> {
  return (await relatedPapers(tx, [id])).get(id) ?? [];
}

const toldOf = ({ how, number, name, issuedAt, text }: RelatedPaper) => ({ how, number, name, issuedAt, text });

/** What anybody who holds the paper may learn: nothing that is not printed on it, and names only masked. */
function publicView(row: PublicRow, related: readonly RelatedPaper[]) {
  const endedAt = row.voidedAt ?? row.supersededAt;
  return {
    name: row.name,
    number: row.number,
    issuerName: row.issuerName,
    issuedAt: row.issuedAt.toISOString(),
    sealedAt: row.sealedAt?.toISOString() ?? null,
    timestampedAt: row.attestedAt?.toISOString() ?? null,
    maskedNames: row.maskedNames,
    state: row.state,
    stateName: PAPER_STATES[row.state],
    isEffective: row.state === 'final' || row.state === 'sealed',
    endedAt: endedAt?.toISOString() ?? null,
    predecessors: related.filter((other) => !other.isLater).map(toldOf),
    successors: related.filter((other) => other.isLater).map(toldOf),
    copies: row.copies,
    sha256: row.sha256,
    pageCount: row.pageCount,
  };
}

export type PublicPaper = ReturnType<typeof publicView>;
