import type { Tx } from '../../../platform/database';
import {
  type LateSignatureRow,
  type PresenceRow,
  type ShortSessionRow,
  type Suspicion,
  type TextRow,
  type UseRow,
  type WordRow,
  type WorkRow,
  bursts,
  denials,
  nearIdentical,
  saidTooFast,
  sameDevice,
  samePhone,
  signedAfterDeath,
  twoPlaces,
} from '../domain/rules';

/** How far back texts of a center are compared. */
const TEXTS_BACK = 300;

/** Matters of our own making: those of the old ledger were written by others, a merged one speaks through the one it went into. */
const LIVING = "not d.is_imported and d.state <> 'merged'";

const PARTY = `p.id, p.dispute_id as "disputeId", p.kind, p.side, p.name_key as "nameKey", p.document_number_index as "documentIndex",
  p.address, p.succeeds_party_id as "standsFor", d.dispute_type as "disputeType"`;
const REPRESENTATIVE = `r.id, r.dispute_id, 'person', p.side, r.name_key, r.document_number_index, null, r.party_id, d.dispute_type`;

/** What two matters share when they are about the same people. */
const PARTIES_OF = `coalesce((select array_agg(k.key) from party p cross join lateral (values
    ('d:' || p.document_number_index), ('c:' || p.credit_code_index), ('n:' || p.name_key)) k(key)
  where p.dispute_id = d.id and k.key is not null), '{}')`;

/** Looks at these matters and at what lies beside them. Only the program asks: matters of other centers are looked at too. */
export async function findSuspicions(tx: Tx, disputeIds: readonly string[]): Promise<Suspicion[]> {
  return [
    ...samePhone(await phones(tx, disputeIds)),
    ...(await devices(tx, disputeIds)),
    ...(await texts(tx, disputeIds)),
    ...twoPlaces(await presences(tx, disputeIds), new Set(disputeIds)),
    ...signedAfterDeath(await lateSignatures(tx, disputeIds)),
    ...saidTooFast(await shortSessions(tx, disputeIds)),
    ...bursts(await work(tx, disputeIds)),
    ...denials(await wordsAfterwards(tx, disputeIds)),
  ];
}

function phones(tx: Tx, ids: readonly string[]): Promise<UseRow[]> {
  return tx.query<UseRow>(
    `with mine as (
       select p.phone_index from party p join dispute d on d.id = p.dispute_id
        where p.dispute_id = any ($1) and p.phone_index is not null and p.kind = 'person' and ${LIVING}
       union
       select r.phone_index from representative r join dispute d on d.id = r.dispute_id
        where r.dispute_id = any ($1) and r.phone_index is not null and ${LIVING})
     select ${PARTY}, p.phone_index as used, d.registered_at as at from mine m join party p on p.phone_index = m.phone_index
       join dispute d on d.id = p.dispute_id where d.registered_at > $2::timestamptz - interval '1 year' and ${LIVING}
     union all
     select ${REPRESENTATIVE}, r.phone_index, d.registered_at from mine m join representative r on r.phone_index = m.phone_index
       join party p on p.id = r.party_id join dispute d on d.id = r.dispute_id
      where d.registered_at > $2::timestamptz - interval '1 year' and ${LIVING}`,
    [ids, tx.now],
  );
}

async function devices(tx: Tx, ids: readonly string[]): Promise<Suspicion[]> {
  const rows = await tx.query<UseRow & { readonly network: string }>(
    `with mine as (
       select m.address, m.device, m.server_at as at from signature_mark m
        where m.dispute_id = any ($1) and m.method = 'link' and m.address is not null and m.device is not null
       union all
       select s.address, s.device, s.opened_at from portal_session s
        where s.dispute_id = any ($1) and s.address is not null and s.device is not null),
     used as (
       select m.dispute_id, s.party_id, s.representative_id, m.address, m.device, m.server_at as at from mine
         join signature_mark m on m.address = mine.address and m.device = mine.device and m.method = 'link' and m.voided_at is null
          and m.server_at between mine.at - interval '1 day' and mine.at + interval '1 day'
         join signature_slot s on s.id = m.slot_id
       union
       select v.dispute_id, a.party_id, null, v.address, v.device, v.opened_at from mine
         join portal_session v on v.address = mine.address and v.device = mine.device
          and v.opened_at between mine.at - interval '1 day' and mine.at + interval '1 day'
         join portal_access a on a.id = v.access_id)
     select ${PARTY}, u.address as network, u.address || ' ' || u.device as used, u.at
       from used u join party p on p.id = u.party_id join dispute d on d.id = u.dispute_id
      where u.representative_id is null and ${LIVING}
     union all
     select ${REPRESENTATIVE}, u.address, u.address || ' ' || u.device, u.at
       from used u join representative r on r.id = u.representative_id join party p on p.id = r.party_id
       join dispute d on d.id = u.dispute_id where ${LIVING}`,
    [ids],
  );
  if (rows.length === 0) return [];
  const { own } = await tx.one<{ own: string[] }>(
    "select coalesce(array_agg(distinct a), '{}') as own from center c cross join lateral unnest(c.own_addresses) a",
  );
  return sameDevice(rows, own);
}

async function texts(tx: Tx, ids: readonly string[]): Promise<Suspicion[]> {
  const fresh = new Set(ids);
  const { phrases } = await tx.one<{ phrases: string[] }>(
    `select coalesce(array_agg(distinct t), '{}') as phrases from phrase_list l cross join lateral unnest(l.texts) t
      where char_length(t) >= 6`,
  );
  const centers = await tx.query<{ id: string }>('select distinct center_id as id from dispute where id = any ($1)', [
    ids,
  ]);
  const found: Suspicion[] = [];
  for (const { id } of centers) {
    const rows = await tx.query<TextRow>(
      `with beside as (
         select d.id from dispute d where d.center_id = $1 and d.id = any ($2) and ${LIVING}
         union
         (select d.id from dispute d where d.center_id = $1 and ${LIVING} order by d.registered_at desc, d.id desc limit ${TEXTS_BACK}))
       select d.id as "disputeId", t.kind, t.text, coalesce(t.writer, d.first_responder_id) as writer, ${PARTIES_OF} as parties
         from beside b join dispute d on d.id = b.id cross join lateral (
           select 'narrative' as kind, n.narrative as text, d.registered_by as writer from dispute_narrative n where n.dispute_id = d.id
           union all
           select 'facts', string_agg(a.facts, '' order by a.ordinal), min(a.created_by::text)::uuid from agreement a
            where a.dispute_id = d.id and a.facts is not null and a.state <> 'superseded'
           union all
           select 'investigation', string_agg((select string_agg(e->>'text', '') from jsonb_array_elements(i.entries) e), '' order by i.number), min(i.opened_by::text)::uuid
             from investigation_record i where i.dispute_id = d.id and i.state in ('draft', 'confirmed')
           union all
           select 'session', string_agg(e.text, '' order by e.session_id, e.ordinal), min(e.written_by::text)::uuid from session_entry e
            where e.dispute_id = d.id and e.struck_at is null) t
        where t.text is not null`,
      [id, ids],
    );
    found.push(...nearIdentical(rows, fresh, phrases));
  }
  return found;
}

/** Who was at the table or investigated on the spot, where the condition holds. */
const presencesWhere = (session: string, investigation: string): string => `
  select i.account_id, s.dispute_id, s.mode, s.place, s.started_at as from_at, s.ended_at as to_at
    from session_invitee i join mediation_session s on s.id = i.session_id
   where i.account_id is not null and i.removed_at is null and i.absent_reason is null
     and s.state in ('held', 'recorded', 'confirmed') and s.ended_at is not null and ${session}
  union all
  select a.id, r.dispute_id, r.mode, r.place, r.started_at, r.ended_at
    from investigation_record r cross join lateral unnest(r.investigator_ids) a(id)
   where r.state in ('draft', 'confirmed') and r.ended_at is not null and ${investigation}`;

/** Where those who worked on these matters were at the same time. */
function presences(tx: Tx, ids: readonly string[]): Promise<PresenceRow[]> {
  return tx.query<PresenceRow>(
    `with mine as (${presencesWhere('s.dispute_id = any ($1)', 'r.dispute_id = any ($1)')})
     select distinct w.dispute_id as "disputeId", w.account_id as "accountId", a.display_name as name, w.mode, w.place,
            w.from_at as "from", w.to_at as "to"
       from mine cross join lateral (${presencesWhere(
         'i.account_id = mine.account_id and s.started_at < mine.to_at and s.ended_at > mine.from_at',
         'r.investigator_ids @> array[mine.account_id] and a.id = mine.account_id and r.started_at < mine.to_at and r.ended_at > mine.from_at',
       )}) w
       join account a on a.id = w.account_id join dispute d on d.id = w.dispute_id where ${LIVING}
      order by 6, 1`,
    [ids],
  );
}

function lateSignatures(tx: Tx, ids: readonly string[]): Promise<LateSignatureRow[]> {
  return tx.query<LateSignatureRow>(
    `select m.dispute_id as "disputeId", m.id as "markId", p.died_on as "diedOn", m.signed_on as "signedOn"
       from signature_mark m join signature_slot s on s.id = m.slot_id and s.capacity = 'party' join party p on p.id = s.party_id
      where m.dispute_id = any ($1) and m.voided_at is null and p.died_on is not null`,
    [ids],
  );
}

function shortSessions(tx: Tx, ids: readonly string[]): Promise<ShortSessionRow[]> {
  return tx.query<ShortSessionRow>(
    `select s.dispute_id as "disputeId", s.id as "sessionId", s.started_at as "from", s.ended_at as "to",
            (select count(*)::int from session_entry e where e.session_id = s.id and e.struck_at is null) as entries
       from mediation_session s join dispute d on d.id = s.dispute_id
      where s.dispute_id = any ($1) and s.ended_at is not null and ${LIVING}`,
    [ids],
  );
}

/** All that those who worked on these matters did around then. */
function work(tx: Tx, ids: readonly string[]): Promise<WorkRow[]> {
  return tx.query<WorkRow>(
    `with done as (
       select distinct c.* from (select handler_account_id as who, closed_at as at from dispute_closing where dispute_id = any ($1)) m
         cross join lateral (select c.dispute_id, 'closing' as work, c.handler_account_id as who, c.closed_at as at from dispute_closing c
           where c.handler_account_id = m.who and c.closed_at between m.at - interval '1 day' and m.at + interval '1 day') c
       union all
       select distinct a.* from (select created_by as who, effective_on as day from agreement where dispute_id = any ($1) and effective_on is not null) m
         cross join lateral (select a.dispute_id, 'agreement', a.created_by, a.effective_at from agreement a
           where a.created_by = m.who and a.effective_on between m.day - 1 and m.day + 1) a
       union all
       select distinct s.* from (select recorded_by as who, recorded_at as at from mediation_session where dispute_id = any ($1) and recorded_at is not null) m
         cross join lateral (select s.dispute_id, 'record', s.recorded_by, s.recorded_at from mediation_session s
           where s.recorded_by = m.who and s.recorded_at between m.at - interval '10 minutes' and m.at + interval '10 minutes') s)
     select w.dispute_id as "disputeId", w.work, w.who as "accountId", a.display_name as name, w.at, ${PARTIES_OF} as parties
       from done w join account a on a.id = w.who join dispute d on d.id = w.dispute_id where ${LIVING}`,
    [ids],
  );
}

/** Call-backs, and what parties said on their own pages, against the closing before. */
function wordsAfterwards(tx: Tx, ids: readonly string[]): Promise<WordRow[]> {
  const closing = (at: string): string => `left join lateral (
    select c.outcome in ('agreement', 'oral-agreement', 'settled', 'solved') as was_solved, c.confirmed_by, c.volume
      from dispute_closing c where c.dispute_id = d.id and c.closed_at <= ${at} order by c.closed_at desc limit 1) c on true`;
  return tx.query<WordRow>(
    `select v.dispute_id as "disputeId", v.id as "wordId", 'call-back' as by, coalesce(v.denies_dispute, false) as denies,
            v.is_solved as "isSolved", coalesce(c.was_solved, false) as "wasClosedAsSolved", c.confirmed_by as "confirmedBy",
            coalesce(d.volume > c.volume, false) as "isReopened", (v.visited_at at time zone 'Asia/Shanghai')::date as "saidOn"
       from follow_up_visit v join dispute d on d.id = v.dispute_id ${closing('v.visited_at')}
      where v.dispute_id = any ($1) and v.is_call_back and v.is_reached
     union all
     select w.dispute_id, w.id, 'party', false, w.is_solved, coalesce(c.was_solved, false), c.confirmed_by,
            coalesce(d.volume > c.volume, false), (w.said_at at time zone 'Asia/Shanghai')::date
       from party_word w join dispute d on d.id = w.dispute_id ${closing('w.said_at')}
      where w.dispute_id = any ($1)`,
    [ids],
  );
}
