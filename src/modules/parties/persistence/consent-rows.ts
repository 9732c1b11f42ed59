import type { Tx } from '../../../platform/database';

interface Tally {
  readonly parties: number;
  readonly consentsMissing: number;
  readonly consentsRefused: number;
  readonly rightsNoticesMissing: number;
}

/** Where the parties of matter `$1` who take part stand. */
export const PARTY_COUNTS: Readonly<Record<keyof Tally, string>> = {
  parties: countParties('true'),
  consentsMissing: countParties("consent = 'pending'"),
  consentsRefused: countParties("consent = 'refused'"),
  rightsNoticesMissing: countParties('notice_signed_at is null'),
};

function countParties(condition: string): string {
  return `select count(*)::int from party where dispute_id = $1 and state = 'active' and ${condition}`;
}

export async function tallyConsents(tx: Tx, disputeId: string): Promise<Tally> {
  const columns = Object.entries(PARTY_COUNTS).map(([name, count]) => `(${count}) as "${name}"`);
  return tx.one<Tally>(`select ${columns.join(', ')}`, [disputeId]);
}

/**
 * Attempts in vain on the party of matter `$1` sought most among those who have not said whether they want to mediate: one
 * party out of reach is enough to give up. An attempt counts once an hour, and only after the party was last reached.
 */
export const UNREACHABLE_ATTEMPTS = `select coalesce(max(tried), 0)::int as attempts
  from (select count(distinct date_trunc('hour', c.at)) as tried
          from party p
          join contact_attempt c on c.dispute_id = p.dispute_id and c.party_id = p.id and c.outcome <> 'reached'
           and c.at > coalesce((select max(r.at) from contact_attempt r
                                 where r.dispute_id = p.dispute_id and r.party_id = p.id and r.outcome = 'reached'), '-infinity')
         where p.dispute_id = $1 and p.state = 'active' and p.consent = 'pending'
         group by p.id) sought`;

export async function countUnreachableAttempts(tx: Tx, disputeId: string): Promise<number> {
  return (await tx.one<{ attempts: number }>(UNREACHABLE_ATTEMPTS, [disputeId])).attempts;
}

/** A new round asks every party anew; what was answered in the former one stays in party_consent. */
export async function askAnew(tx: Tx, disputeId: string): Promise<void> {
  await tx.query(
    `update party set consent = 'pending', consent_at = null, updated_at = $2, version = version + 1
      where dispute_id = $1 and consent <> 'pending'`,
    [disputeId, tx.now],
  );
}
