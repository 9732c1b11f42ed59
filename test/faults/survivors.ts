import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';

/** What the program said was done, as written down outside it. */
export interface Acknowledgements {
  readonly registered: { readonly id: string; readonly title: string; readonly number: string }[];
  readonly accepted: { readonly id: string; readonly number: string }[];
  readonly inked: { readonly agreementId: string; readonly slot: string }[];
  readonly sealed: { readonly agreementId: string; readonly disputeId: string }[];
}

/** Things that are there without what belongs to them. Each row that such a question finds is one half-done act. */
const HALF_DONE: Readonly<Record<string, string>> = {
  'matter without its narrative':
    'select d.id from dispute d where not exists (select 1 from dispute_narrative n where n.dispute_id = d.id)',
  'matter without its two parties':
    'select d.id from dispute d where (select count(*) from party p where p.dispute_id = d.id) <> 2',
  'registration without its line on the timeline':
    "select d.id from dispute d where (select count(*) from dispute_event e where e.dispute_id = d.id and e.act = 'disputes.register') <> 1",
  'registration without its audit entry':
    "select d.id from dispute d where (select count(*) from audit_entry a where a.dispute_id = d.id and a.act = 'disputes.register') <> 1",
  'audit entry of a registration without its matter':
    "select a.dispute_id as id from audit_entry a where a.act = 'disputes.register' and not exists (select 1 from dispute d where d.id = a.dispute_id)",
  'line on the timeline without its audit entry': `select e.dispute_id as id from dispute_event e where e.act in ('disputes.triage', 'disputes.accept', 'agreements.record-ink', 'agreements.seal')
      group by e.dispute_id, e.act having count(*) <> (select count(*) from audit_entry a where a.dispute_id = e.dispute_id and a.act = e.act)`,
  'accepted matter without number, mediation or message': `select d.id from dispute d where d.state = 'accepted' and (d.case_number is null
        or d.mediation_state is null
        or not exists (select 1 from outbox_message o where o.topic = 'disputes.accepted' and o.payload ->> 'disputeId' = d.id::text))`,
  'number of a matter that was not accepted':
    "select id from dispute where case_number is not null and state = 'triaged'",
  'counter apart from the numbers given': `select c.owner_id as id from number_counter c
      where (c.series = 'registration' and c.value <> (select count(*) from dispute d where d.center_id = c.owner_id))
         or (c.series = 'mediation' and c.value <> (select count(*) from dispute d where d.committee_id = c.owner_id and d.case_number is not null))`,
  'claim of a key without its answer':
    "select principal || ' ' || key as id from idempotency_record where status is null or response is null",
  'signed place without its mark': `select s.agreement_id as id from signature_slot s where s.state = 'signed' and s.capacity <> 'committee-seal'
        and not exists (select 1 from signature_mark m where m.slot_id = s.id)`,
  'mark on a place that is not signed':
    "select m.agreement_id as id from signature_mark m join signature_slot s on s.id = m.slot_id where s.state <> 'signed'",
  'effective agreement that lacks paper, seal, a mark, its ledger, its message or its entry': `select a.id from agreement a where a.state = 'effective' and (
           not exists (select 1 from paper p where p.id = a.paper_id and p.state = 'sealed')
        or not exists (select 1 from paper_file f where f.paper_id = a.paper_id and f.kind = 'sealed')
        or exists (select 1 from signature_slot s where s.agreement_id = a.id and s.round = a.round and s.state <> 'signed')
        or not exists (select 1 from performance_item i where i.agreement_id = a.id)
        or not exists (select 1 from outbox_message o where o.topic = 'agreements.effective' and o.payload ->> 'agreementId' = a.id::text)
        or not exists (select 1 from dispute d where d.id = a.dispute_id and d.mediation_state in ('effective', 'performing'))
        or (select count(*) from audit_entry e where e.act = 'agreements.seal' and e.object_id = a.id) <> 1)`,
  'sealed paper or ledger of an agreement that is not effective': `select a.id from agreement a where a.effective_at is null and (a.paper_id is not null
        or exists (select 1 from performance_item i where i.agreement_id = a.id)
        or exists (select 1 from paper p where p.subject_id = a.id and p.state = 'sealed'))`,
};

/**
 * What is wrong after a crash: acknowledged and absent, or half done. "Answered with an error and there all the same"
 * is allowed, "acknowledged and not there" never.
 */
export async function faultsAfterCrash(
  owner: Client,
  dataDir: string,
  acknowledged: Acknowledgements,
): Promise<string[]> {
  const faults: string[] = [];
  const matters = new Map(
    (
      await owner.query<{ id: string; title: string; registered: string; accepted: string | null }>(
        'select id, title, registration_number as registered, case_number as accepted from dispute',
      )
    ).rows.map((row) => [row.id, row]),
  );
  for (const { id, title, number } of acknowledged.registered) {
    const matter = matters.get(id);
    if (matter?.title !== title || matter.registered !== number) faults.push(`lost: registration ${number}`);
  }
  for (const { id, number } of acknowledged.accepted) {
    if (matters.get(id)?.accepted !== number) faults.push(`lost: acceptance ${number}`);
  }
  const titles = [...matters.values()].map((m) => m.title);
  if (new Set(titles).size !== titles.length) faults.push('done twice: one submission, two matters');
  const signed = new Set(
    (
      await owner.query<{ place: string }>(
        "select s.agreement_id || ' ' || s.slot as place from signature_slot s join signature_mark m on m.slot_id = s.id where s.state = 'signed'",
      )
    ).rows.map((row) => row.place),
  );
  for (const { agreementId, slot } of acknowledged.inked) {
    if (!signed.has(`${agreementId} ${slot}`)) faults.push(`lost: mark ${slot} of ${agreementId}`);
  }
  const effective = await owner.query<{ id: string; sha256: string }>(
    "select a.id, f.sha256 from agreement a join paper_file f on f.paper_id = a.paper_id and f.kind = 'sealed' where a.state = 'effective'",
  );
  for (const { agreementId } of acknowledged.sealed) {
    if (!effective.rows.some((row) => row.id === agreementId)) faults.push(`lost: seal of ${agreementId}`);
  }
  for (const { id, sha256 } of effective.rows) {
    const file = join(dataDir, 'files', sha256.slice(0, 2), sha256);
    const isWhole = existsSync(file) && createHash('sha256').update(readFileSync(file)).digest('hex') === sha256;
    if (!isWhole) faults.push(`lost: file of agreement ${id}`);
  }
  for (const [what, question] of Object.entries(HALF_DONE)) {
    for (const { id } of (await owner.query<{ id: string }>(question)).rows) faults.push(`half done: ${what}: ${id}`);
  }
  return faults;
}
