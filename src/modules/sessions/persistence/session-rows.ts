import type { Tx } from '../../../platform/database';
import type { PartyAnswer } from '../domain/consent';
import type { SessionInvitee } from './session.entity';

/** Those on the list of a session, in the order of the record: mediators, recorder, parties, then the others. */
export async function loadInvitees(tx: Tx, disputeId: string, sessionId: string): Promise<SessionInvitee[]> {
  return tx.query<SessionInvitee>(
    `select i.id, i.dispute_id as "disputeId", i.session_id as "sessionId", i.kind, i.party_id as "partyId",
            i.representative_id as "representativeId", i.participant_id as "participantId", i.account_id as "accountId",
            i.agency_id as "agencyId", i.name, i.role_name as "roleName", i.booked::text as booked, i.removed_at as "removedAt",
            i.arrived_at as "arrivedAt", i.left_at as "leftAt", i.absent_reason as "absentReason", i.confirmation,
            i.confirmed_at as "confirmedAt", i.confirmation_note as "confirmationNote"
       from session_invitee i left join party p on p.dispute_id = i.dispute_id and p.id = i.party_id
      where i.dispute_id = $1 and i.session_id = $2 and i.removed_at is null
      order by array_position(array['mediator', 'recorder', 'party', 'representative', 'participant', 'agency'], i.kind),
               i.role_name <> '主持人', p.ordinal, i.id`,
    [disputeId, sessionId],
  );
}

/** What each party last said about whether the session is public. */
export async function latestPublicityChoices(tx: Tx, disputeId: string, sessionId: string): Promise<PartyAnswer[]> {
  return tx.query<PartyAnswer>(
    `select distinct on (party_id) party_id as "partyId", choice as answer from session_publicity_choice
      where dispute_id = $1 and session_id = $2 order by party_id, recorded_at desc, id desc`,
    [disputeId, sessionId],
  );
}

/** What each party last said about each invited participant of a matter. */
export async function latestConsents(tx: Tx, disputeId: string): Promise<(PartyAnswer & { participantId: string })[]> {
  return tx.query<PartyAnswer & { participantId: string }>(
    `select distinct on (participant_id, party_id) participant_id as "participantId", party_id as "partyId", answer
       from participant_consent where dispute_id = $1 order by participant_id, party_id, recorded_at desc, id desc`,
    [disputeId],
  );
}
