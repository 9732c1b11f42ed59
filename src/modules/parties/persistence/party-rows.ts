import type { Tx } from '../../../platform/database';
import type { Party, Representative } from './party.entity';

/** Columns of a table under their property names, in the constant text that prepared statements need. */
const PARTY_COLUMNS = `id, dispute_id as "disputeId", ordinal, kind, side, name, name_key as "nameKey", aliases, state,
  state_reason as "stateReason", state_changed_at as "stateChangedAt", died_on as "diedOn", succeeds_party_id as "succeedsPartyId",
  sex, birth_on as "birthOn", capacity, capacity_proof as "capacityProof", ethnicity, occupation, needed_language as "neededLanguage", address,
  phone_cipher as "phoneCipher", phone_index as "phoneIndex", phone_end_index as "phoneEndIndex", contact_through as "contactThrough", document_kind as "documentKind",
  document_number_cipher as "documentNumberCipher", document_number_index as "documentNumberIndex",
  organization_kind as "organizationKind", credit_code_cipher as "creditCodeCipher", credit_code_index as "creditCodeIndex",
  legal_representative as "legalRepresentative", operator_name as "operatorName", parent_organization as "parentOrganization",
  consent, consent_at as "consentAt", notice_signed_at as "noticeSignedAt", created_by as "createdBy", created_at as "createdAt",
  updated_at as "updatedAt", version`;

const REPRESENTATIVE_COLUMNS = `id, dispute_id as "disputeId", party_id as "partyId", kind, name, name_key as "nameKey", relation, employer,
  phone_cipher as "phoneCipher", phone_index as "phoneIndex", phone_end_index as "phoneEndIndex", document_kind as "documentKind",
  document_number_cipher as "documentNumberCipher", document_number_index as "documentNumberIndex", scope,
  valid_from as "validFrom", valid_to as "validTo", authority_attachment_id as "authorityAttachmentId",
  authority_note as "authorityNote", ward_view as "wardView", is_double_agreed as "isDoubleAgreed", ended_on as "endedOn",
  end_reason as "endReason", created_by as "createdBy", created_at as "createdAt", version`;

/** All parties of a matter in their order, one statement. */
export async function loadParties(tx: Tx, disputeId: string): Promise<Party[]> {
  return tx.query<Party>(`select ${PARTY_COLUMNS} from party where dispute_id = $1 order by ordinal`, [disputeId]);
}

/** All representatives of a matter's parties, ended ones included, one statement. */
export async function loadRepresentatives(tx: Tx, disputeId: string): Promise<Representative[]> {
  return tx.query<Representative>(
    `select ${REPRESENTATIVE_COLUMNS} from representative where dispute_id = $1 order by created_at, id`,
    [disputeId],
  );
}
