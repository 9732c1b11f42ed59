import type { Tx } from '../../../platform/database';
import type { Recipients } from '../domain/rules';

/** What a message is about, as its payload names it. */
export interface Subject {
  readonly disputeId: string | null;
  readonly taskIds: readonly string[];
  /** Assignment, transfer, session, copy, supervision or hand-over. */
  readonly objectId: string | null;
}

/**
 * Accounts by how they stand to the subject. $1 groups asked for, $2 matter, $3 tasks, $4 object, $5 now.
 * Held roles count as of now: who has left an office gets nothing that belongs to it.
 */
const RECIPIENTS = `
  with held as (
    select account_id, role, scope_id from role_grant
     where valid_from <= $5 and (valid_to is null or valid_to > $5)
       and role in ('committee-director', 'dispatcher', 'duty-leader', 'intake-clerk', 'center-director', 'agency-liaison',
                    'agency-handler', 'grid-worker', 'supervisor', 'follow-up-clerk', 'superior')),
  matter as (select center_id, handling_center_id, committee_id, handler_account_id from dispute where id = $2::uuid),
  supervised as (select agency_id, task_id, addressee_account_id, issued_by from supervision where id = $4::uuid),
  concerned as (
    select a.account_id from dispute_access a
     where ('assigned' = any ($1::text[]) or ('addressees' = any ($1) and exists (
             select 1 from supervised s where s.addressee_account_id is null and s.agency_id is null)))
       and a.dispute_id = $2 and a.ground = 'assigned' and (a.ends_at is null or a.ends_at > $5)
    union select m.handler_account_id from matter m where 'handler' = any ($1)
    union select h.account_id from held h, matter m
     where 'committee-directors' = any ($1) and h.role = 'committee-director' and h.scope_id = m.committee_id
    union select h.account_id from held h, matter m
     where 'duty-leaders' = any ($1) and h.role = 'duty-leader' and h.scope_id in (m.center_id, m.handling_center_id)
    union select h.account_id from held h, matter m
     where 'dispatchers' = any ($1) and h.role = 'dispatcher' and h.scope_id in (m.center_id, m.handling_center_id)
    union select h.account_id from held h, matter m
     where 'issuers' = any ($1) and h.role in ('dispatcher', 'center-director') and h.scope_id = m.center_id
    union select h.account_id from held h, matter m
     where 'rating-readers' = any ($1) and h.role in ('follow-up-clerk', 'supervisor') and h.scope_id = m.center_id
    union select h.account_id from held h
     where 'agencies' = any ($1) and h.role in ('agency-liaison', 'agency-handler')
       and h.scope_id in (select t.agency_id from summons_task t where t.id = any ($3::uuid[]) and t.state <> 'draft')
    union select w.id from summons_task t join summons s on s.id = t.summons_id, lateral (values (s.proposed_by), (s.issued_by)) w(id)
     where 'whistlers' = any ($1) and t.id = any ($3)
    union select a.account_id from assignment a where 'assignee' = any ($1) and a.id = $4
    union select a.account_id from assignment a where 'predecessor' = any ($1) and a.replaced_by_id = $4
    union select h.account_id from held h join dispute_transfer t on h.scope_id in (t.to_center_id, t.to_unit_id)
     where 'transfer-receivers' = any ($1) and t.id = $4 and h.role in ('dispatcher', 'duty-leader', 'intake-clerk', 'grid-worker')
    union select t.sent_by from dispute_transfer t where 'transfer-sender' = any ($1) and t.id = $4
    union select i.account_id from session_invitee i where 'invitees' = any ($1) and i.session_id = $4 and i.removed_at is null
    union select h.account_id from held h join session_invitee i on i.agency_id = h.scope_id
     where 'invitees' = any ($1) and i.session_id = $4 and i.removed_at is null and h.role in ('agency-liaison', 'agency-handler')
    union select k.account_id from dispute_copy k where 'copied' = any ($1) and k.id = $4
    union select w.id from hand_over h, lateral (values (h.leaver_id), (h.successor_id)) w(id)
     where 'hand-over' = any ($1) and h.id = $4
    union select $4::uuid where 'named' = any ($1)
    union select s.addressee_account_id from supervised s where 'addressees' = any ($1)
    union select s.issued_by from supervised s where 'supervision-issuer' = any ($1)
    -- What the program issued is followed up by those who whistled.
    union select w.id from supervised v join summons_task t on t.id = v.task_id join summons s on s.id = t.summons_id,
        lateral (values (s.proposed_by), (s.issued_by)) w(id)
     where 'supervision-issuer' = any ($1) and v.issued_by is null
    union select h.account_id from held h, matter m
     where 'leaders' = any ($1) and h.role in ('center-director', 'supervisor') and h.scope_id = m.center_id
    union select h.account_id from held h, matter m join center c on c.id = m.center_id
     where 'superiors' = any ($1) and h.role = 'superior' and (h.scope_id = c.id or h.scope_id = any (c.ancestor_center_ids))
    union select h.account_id from held h join meeting_unit u on u.agency_id = h.scope_id
     where 'meeting-units' = any ($1) and u.meeting_id = $4 and h.role in ('agency-liaison', 'agency-handler')
    union select h.account_id from held h join meeting_task t on t.agency_id = h.scope_id
     where 'meeting-task-owner' = any ($1) and t.id = $4 and h.role in ('agency-liaison', 'agency-handler')
    union select w.id from meeting g, lateral (values (g.called_by), (g.chair_account_id)) w(id)
     where 'meeting-desk' = any ($1)
       and (g.id = $4 or g.id = (select t.meeting_id from meeting_task t where t.id = $4)))
  select distinct c.account_id as id from concerned c join account a on a.id = c.account_id where a.status = 'active'`;

export async function recipientsOf(tx: Tx, groups: readonly Recipients[], subject: Subject): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(RECIPIENTS, [
    groups,
    subject.disputeId,
    subject.taskIds,
    subject.objectId,
    tx.now,
  ]);
  return rows.map((r) => r.id);
}
