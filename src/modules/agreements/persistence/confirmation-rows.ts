import type { Tx } from '../../../platform/database';
import type { JudicialConfirmation } from './judicial-confirmation.entity';

/** Every application for judicial confirmation in these matters, the earliest first. */
export async function loadConfirmations(tx: Tx, disputeIds: readonly string[]): Promise<JudicialConfirmation[]> {
  return tx.query<JudicialConfirmation>(`${COLUMNS} where dispute_id = any ($1::uuid[]) order by created_at, id`, [
    disputeIds,
  ]);
}

/** The application that was not withdrawn; there is one at most. */
export async function standingConfirmation(tx: Tx, agreementId: string): Promise<JudicialConfirmation | null> {
  const [row] = await tx.query<JudicialConfirmation>(`${COLUMNS} where agreement_id = $1 and state <> 'withdrawn'`, [
    agreementId,
  ]);
  return row ?? null;
}

const COLUMNS = `select id, dispute_id as "disputeId", agreement_id as "agreementId", state, applied_on as "appliedOn",
    party_ids as "partyIds", agent_ids as "agentIds", court, hints, hints_note as "hintsNote",
    application_attachment_id as "applicationAttachmentId", accepted_on as "acceptedOn", case_number as "caseNumber",
    decided_on as "decidedOn", ruling_attachment_id as "rulingAttachmentId", reason, applied_by as "appliedBy",
    created_at as "createdAt", version
  from judicial_confirmation`;
