import type { Tx } from '../../../platform/database';
import type { AgreementContent, Obligation } from '../domain/content';
import type { Agreement, AgreementInstalment, AgreementObligation } from './agreement.entity';
import type { PerformanceItem } from './performance.entity';
import type { SigningImage } from './signing-image.entity';
import type { SignatureMark, SignatureSlot, SigningLink } from './signing.entity';

/** An obligation with the ids of its rows. */
export interface StoredObligation extends Obligation {
  readonly id: string;
  readonly instalmentIds: readonly string[];
}

export interface StoredContent extends AgreementContent {
  readonly obligations: readonly StoredObligation[];
}

/** The content of an agreement: two statements, however many obligations there are. */
export async function loadContent(tx: Tx, agreement: Agreement): Promise<StoredContent> {
  const obligations = await tx.query<AgreementObligation>(
    `select id, dispute_id as "disputeId", agreement_id as "agreementId", ordinal, kind, obligor_id as "obligorId",
            obligee_id as "obligeeId", content, amount_fen as "amountFen", due_on as "dueOn", place, manner,
            replaces_item_id as "replacesItemId"
       from agreement_obligation where agreement_id = $1 order by ordinal`,
    [agreement.id],
  );
  const instalments = await tx.query<AgreementInstalment>(
    `select i.id, i.dispute_id as "disputeId", i.obligation_id as "obligationId", i.ordinal, i.amount_fen as "amountFen", i.due_on as "dueOn"
       from agreement_instalment i join agreement_obligation o on o.id = i.obligation_id
      where o.agreement_id = $1 order by i.ordinal`,
    [agreement.id],
  );
  const { facts, responsibilities, clauses, performanceNote, breachClause } = agreement;
  return {
    facts,
    responsibilities,
    clauses,
    performanceNote,
    breachClause,
    obligations: obligations.map((obligation) => {
      const { id, kind, obligorId, obligeeId, content, amountFen, dueOn, place, manner, replacesItemId } = obligation;
      const parts = instalments.filter((i) => i.obligationId === id);
      return {
        id,
        kind,
        obligorId,
        obligeeId,
        content,
        amountFen,
        dueOn,
        place,
        manner,
        replacesItemId,
        instalments: parts.map((part) => ({ amountFen: part.amountFen, dueOn: part.dueOn })),
        instalmentIds: parts.map((part) => part.id),
      };
    }),
  };
}

/** The places of one round, in the order of the paper. */
export async function loadSlots(tx: Tx, agreementId: string, round: number): Promise<SignatureSlot[]> {
  return tx.query<SignatureSlot>(
    `select id, dispute_id as "disputeId", agreement_id as "agreementId", round, ordinal, slot, capacity, party_id as "partyId",
            representative_id as "representativeId", account_id as "accountId", committee_id as "committeeId", language,
            interprets_for as "interpretsFor", signs_for as "signsFor",
            signer_name as "signerName", needs_corporate_seal as "needsCorporateSeal", turn, state, signed_at as "signedAt",
            refused_at as "refusedAt", refusal_reason as "refusalReason", voided_at as "voidedAt"
       from signature_slot where agreement_id = $1 and round = $2 order by ordinal`,
    [agreementId, round],
  );
}

/** Interpreters and witnesses of the latest round of an agreement, also of one that was taken back. */
export async function loadAttendees(
  tx: Tx,
  agreementId: string | null,
): Promise<Pick<SignatureSlot, 'capacity' | 'signerName' | 'language' | 'interpretsFor'>[]> {
  return tx.query(
    `select capacity, signer_name as "signerName", language, interprets_for as "interpretsFor" from signature_slot
      where agreement_id = $1 and capacity in ('interpreter', 'witness')
        and round = (select max(round) from signature_slot where agreement_id = $1)
      order by ordinal`,
    [agreementId],
  );
}

/** Every mark ever made on the agreement, voided ones included, in the order of the chain. */
export async function loadMarks(tx: Tx, agreementId: string): Promise<SignatureMark[]> {
  return tx.query<SignatureMark>(
    `select id, dispute_id as "disputeId", agreement_id as "agreementId", slot_id as "slotId", round, sequence, kind, method,
            content_hash as "contentHash", signing_copy_sha256 as "signingCopySha256", signer_name as "signerName",
            identity_check as "identityCheck", identity_note as "identityNote", agreed_electronic as "agreedElectronic",
            strokes_encrypted as "strokesEncrypted", strokes_sha256 as "strokesSha256", has_signature as "hasSignature",
            has_fingerprint as "hasFingerprint", scan_attachment_id as "scanAttachmentId", scan_sha256 as "scanSha256",
            witness_name as "witnessName", is_read_aloud as "isReadAloud", is_machine_read as "isMachineRead", signed_on as "signedOn", client_at as "clientAt",
            server_at as "serverAt", device, address, seconds_spent as "secondsSpent", scrolled_to_end as "scrolledToEnd",
            link_id as "linkId", recorded_by as "recordedBy", previous_hash as "previousHash", chain_hash as "chainHash",
            voided_at as "voidedAt", void_reason as "voidReason"
       from signature_mark where agreement_id = $1 order by sequence`,
    [agreementId],
  );
}

/** A picture without its bytes. */
export type TakenImage = Omit<SigningImage, 'pictureEncrypted'>;

/** What was taken of marks, erased ones included, in the order in which it was taken. */
export async function loadImages(tx: Tx, agreementId: string): Promise<TakenImage[]> {
  return tx.query<TakenImage>(
    `select id, dispute_id as "disputeId", agreement_id as "agreementId", mark_id as "markId", kind, media_type as "mediaType",
            size_bytes as "sizeBytes", sha256, consent_text as "consentText",
            consented_at as "consentedAt", recorded_by as "recordedBy", previous_hash as "previousHash", chain_hash as "chainHash",
            removed_at as "removedAt", removed_by as "removedBy", removed_reason as "removedReason"
       from signing_image where agreement_id = $1 order by consented_at, id`,
    [agreementId],
  );
}

/** Links that can still be used, or were used, in this round. */
export async function loadLinks(tx: Tx, agreementId: string, round: number): Promise<SigningLink[]> {
  return tx.query<SigningLink>(
    `select l.id, l.dispute_id as "disputeId", l.agreement_id as "agreementId", l.slot_id as "slotId", l.digest, l.content_hash as "contentHash",
            l.identity_check as "identityCheck", l.identity_note as "identityNote", l.created_by as "createdBy", l.created_at as "createdAt", l.expires_at as "expiresAt", l.opened_at as "openedAt",
            l.used_at as "usedAt", l.revoked_at as "revokedAt"
       from signing_link l join signature_slot s on s.id = l.slot_id
      where l.agreement_id = $1 and s.round = $2 order by l.created_at`,
    [agreementId, round],
  );
}

/** What is still due under an agreement, as a supplement or a correction may agree it anew. */
export type ReplaceableItem = Pick<
  PerformanceItem,
  'id' | 'obligorId' | 'obligeeId' | 'content' | 'amountFen' | 'performedFen' | 'dueOn'
>;

/** Items still due under the agreement and under what supplements or corrects it. */
export async function loadReplaceable(tx: Tx, baseId: string | null): Promise<ReplaceableItem[]> {
  if (baseId === null) return [];
  return tx.query<ReplaceableItem>(
    `select i.id, i.obligor_id as "obligorId", i.obligee_id as "obligeeId", i.content, i.amount_fen as "amountFen",
            i.performed_fen as "performedFen", i.due_on as "dueOn"
       from performance_item i join agreement a on a.id = i.agreement_id
      where i.state in ('open', 'breached') and a.state = 'effective'
        and (a.id = $1 or (a.base_id = $1 and a.relation in ('supplement', 'correction')))
      order by a.ordinal, i.ordinal`,
    [baseId],
  );
}
