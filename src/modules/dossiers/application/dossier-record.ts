import { Injectable } from '@nestjs/common';
import { formatLegalDateCn, legalDateFromInstant } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { FileStore } from '../../../platform/files';
import { BindingPool, type Measured } from '../../../platform/pdf/binding';
import { type AttachmentSnapshot, Attachments, EVIDENCE_TYPES } from '../../attachments';
import { Dispute, type MediationState } from '../../disputes';
import { Papers } from '../../documents';
import { Parties } from '../../parties';
import { FAULTS, TOO_LARGE, obstacleOf, pagesKindOf, withinVolume } from '../domain/binding-rules';
import { type ItemKey, itemOfFile } from '../domain/dossier-items';
import type { Conclusion, DossierFacts, FileOnRecord } from '../domain/dossier-list';

/** A file before it was opened. */
type UnopenedFile = Omit<FileOnRecord, 'kind' | 'pages' | 'obstacle'> & { readonly mediaType: string };
export type UnopenedFacts = Omit<DossierFacts, 'files'> & { readonly files: readonly UnopenedFile[] };

const WITHOUT_AGREEMENT: readonly MediationState[] = ['terminated', 'refused', 'unreachable', 'withdrawn'];
const REMEMBERED = 2000;

/** What the record of a matter says of its dossier. */
@Injectable()
export class DossierRecord {
  /** What was found in a file never changes with its digest; one that could not be read may be restored. */
  private readonly found = new Map<string, Measured>();

  constructor(
    private readonly attachments: Attachments,
    private readonly papers: Papers,
    private readonly parties: Parties,
    private readonly pool: BindingPool,
    private readonly store: FileStore,
  ) {}

  async load(tx: Tx, dispute: Dispute): Promise<UnopenedFacts> {
    const { id } = dispute;
    const parties = (await this.parties.list(tx, id)).filter((p) => p.isActive);
    const signed = new Set(
      (await this.parties.consents(tx, id)).filter((c) => c.noticeSignedAt !== null).map((c) => c.partyId),
    );
    const references = await referencesOf(tx, id);
    const powers = new Set(
      (
        await tx.query<{ id: string }>(
          'select id from representative where dispute_id = $1 and authority_attachment_id is not null',
          [id],
        )
      ).map((row) => row.id),
    );
    const agreements = await tx.query<DossierFacts['agreements'][number]>(
      "select id, kind, number from agreement where dispute_id = $1 and state = 'effective' order by ordinal",
      [id],
    );
    return {
      conclusion: conclusionOf(dispute.mediationState, agreements),
      papers: await this.papers.inForce(tx, id),
      // What only the mediators may see is not bound into the file.
      files: (await this.attachments.list(tx, id))
        .filter((a) => a.ring !== 'mediator')
        .map((a) => fileOf(a, references.get(a.id) ?? itemOfFile(a))),
      untold: parties.filter((p) => !signed.has(p.id)).map((p) => p.shownName),
      agents: parties.flatMap((p) =>
        p.representatives
          .filter((r) => r.kind === 'entrusted')
          .map((r) => ({ partyId: p.id, party: p.shownName, name: r.name, hasProof: powers.has(r.id) })),
      ),
      hearings: await tx.query(
        `select id, interviewee_name as name from investigation_record
          where dispute_id = $1 and ring = 'parties' and state in ('draft', 'confirmed')
            and jsonb_array_length(entries) > 0 and confirmation is distinct from 'refused' order by number, revision`,
        [id],
      ),
      sessions: await tx.query(
        `select id, ordinal, mode = 'separate' as "isSeparate" from mediation_session
          where dispute_id = $1 and result is not null order by ordinal`,
        [id],
      ),
      agreements,
      performed: await tx.query(
        `select i.content, exists (select 1 from performance_record r
                                    where r.dispute_id = i.dispute_id and r.item_id = i.id and r.retracted_at is null
                                      and cardinality(r.attachment_ids) > 0) as "hasProof"
           from performance_item i where i.dispute_id = $1 and i.state = 'performed' order by i.agreement_id, i.ordinal`,
        [id],
      ),
      visits: (
        await tx.one<{ visits: number }>(
          'select count(*)::int as visits from follow_up_visit where dispute_id = $1 and is_reached',
          [id],
        )
      ).visits,
      wentToCourt: (
        await tx.one<{ went: boolean }>(
          `select exists (select 1 from dispute_transfer where dispute_id = $1 and organ_kind = 'court'
                           and ended_at is null)
               or exists (select 1 from judicial_confirmation where dispute_id = $1 and state <> 'withdrawn') as went`,
          [id],
        )
      ).went,
    };
  }

  /** Opens the files that may become pages; never within a transaction. */
  async opened(facts: UnopenedFacts): Promise<DossierFacts> {
    const unknown = facts.files.filter((f) => pagesKindOf(f.mediaType) !== null && !this.found.has(f.sha256));
    const measured =
      unknown.length === 0
        ? []
        : await this.pool.measure(
            unknown.map((f) => ({ path: this.store.pathOf(f.sha256), kind: pagesKindOf(f.mediaType) ?? 'pdf' })),
          );
    const fresh = new Map(unknown.map(({ sha256 }, i) => [sha256, measured[i] ?? { fault: 'damaged' as const }]));
    for (const [sha256, found] of fresh)
      if (!('fault' in found && found.fault === 'damaged')) this.remember(sha256, found);
    const standing = ({ sha256, mediaType }: UnopenedFile): Pick<FileOnRecord, 'pages' | 'obstacle'> => {
      const found = fresh.get(sha256) ?? this.found.get(sha256);
      if (found === undefined) return { pages: null, obstacle: obstacleOf(mediaType) };
      return 'pages' in found ? { pages: found.pages, obstacle: null } : { pages: null, obstacle: FAULTS[found.fault] };
    };
    const files = facts.files.map((file) => {
      const { mediaType, ...rest } = file;
      return { ...rest, kind: pagesKindOf(mediaType), ...standing(file) };
    });
    return {
      ...facts,
      files: withinVolume(files).map(({ fits, ...file }) =>
        fits ? file : { ...file, pages: null, obstacle: TOO_LARGE },
      ),
    };
  }

  private remember(sha256: string, measured: Measured): void {
    if (this.found.size >= REMEMBERED) this.found.clear();
    this.found.set(sha256, measured);
  }
}

/** Which item a file belongs to by what refers to it. */
async function referencesOf(tx: Tx, disputeId: string): Promise<ReadonlyMap<string, ItemKey>> {
  const rows = await tx.query<{ id: string; item: ItemKey }>(
    `select attachment_id as id, 'application' as item from party_consent where dispute_id = $1 and attachment_id is not null
     union all select attachment_id, 'rights-notice' from rights_notice where dispute_id = $1 and attachment_id is not null
     union all select authority_attachment_id, 'power' from representative
                where dispute_id = $1 and authority_attachment_id is not null
     union all select unnest(attachment_ids), 'performance' from performance_record
                where dispute_id = $1 and retracted_at is null
     union all select unnest(array_remove(array[application_attachment_id, ruling_attachment_id], null)), 'confirmation'
                from judicial_confirmation where dispute_id = $1
     union all select attachment_id, 'other' from judicial_outcome
                where dispute_id = $1 and attachment_id is not null and retracted_at is null
     union all select scan_attachment_id, 'agreement' from signature_mark
                where dispute_id = $1 and scan_attachment_id is not null and voided_at is null`,
    [disputeId],
  );
  return new Map(rows.map(({ id, item }) => [id, item]));
}

function conclusionOf(
  state: MediationState | null,
  agreements: readonly { readonly kind: 'written' | 'oral' }[],
): Conclusion {
  if (agreements.some((a) => a.kind === 'written')) return 'written';
  if (agreements.length > 0) return 'oral';
  return state !== null && WITHOUT_AGREEMENT.includes(state) ? 'none' : 'open';
}

function fileOf(a: AttachmentSnapshot, item: ItemKey): UnopenedFile {
  const { id, fileName, sha256, sizeBytes, mediaType, evidenceType, uploadedAt } = a;
  const on = formatLegalDateCn(legalDateFromInstant(uploadedAt));
  return { id, item, fileName, sha256, sizeBytes, mediaType, typeName: `${EVIDENCE_TYPES[evidenceType]}，${on}收存` };
}
