import type { Tx } from '../../../platform/database';
import type { Attachment } from './attachment.entity';

const COLUMNS = `id, dispute_id as "disputeId", ordinal, page_order as "pageOrder", file_name as "fileName", media_type as "mediaType",
  size_bytes as "sizeBytes", sha256, is_locked as "isLocked", evidence_type as "evidenceType", form, source, provided_by_party_id as "providedByPartyId",
  obtained_on as "obtainedOn", description, ring, is_shareable as "isShareable", state, withdrawn_reason as "withdrawnReason",
  withdrawn_at as "withdrawnAt", uploaded_by as "uploadedBy", uploaded_by_name as "uploadedByName", uploaded_at as "uploadedAt", version`;

/** All files of a matter that the actor may see, in their order. */
export async function loadAttachments(tx: Tx, disputeId: string): Promise<Attachment[]> {
  return tx.query<Attachment>(`select ${COLUMNS} from attachment where dispute_id = $1 order by page_order, ordinal`, [
    disputeId,
  ]);
}

/** One page of them, after a place in that order. */
export async function pageOfAttachments(
  tx: Tx,
  disputeId: string,
  after: { readonly pageOrder: number; readonly ordinal: number },
  limit: number,
): Promise<Attachment[]> {
  return tx.query<Attachment>(
    `select ${COLUMNS} from attachment where dispute_id = $1 and (page_order, ordinal) > ($2, $3) order by page_order, ordinal limit $4`,
    [disputeId, after.pageOrder, after.ordinal, limit],
  );
}
