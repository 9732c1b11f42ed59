import { type LocationQuery } from 'vue-router';
import type { paths } from '@/generated/schema';

export type MattersQuery = NonNullable<paths['/api/disputes']['get']['parameters']['query']>;

/** What the list can be asked for; kept in the address, so that a query can be sent to a colleague and found again. */
export interface MattersFilter {
  text: string;
  state: string;
  mediationState: string;
  disputeType: string;
  channel: string;
  riskLevel: string;
  committeeId: string;
  registeredFrom: string;
  registeredTo: string;
}

export const BLANK: MattersFilter = {
  text: '',
  state: '',
  mediationState: '',
  disputeType: '',
  channel: '',
  riskLevel: '',
  committeeId: '',
  registeredFrom: '',
  registeredTo: '',
};

const KEYS = Object.keys(BLANK) as (keyof MattersFilter)[];

export function filterOf(query: LocationQuery): MattersFilter {
  return Object.fromEntries(
    KEYS.map((key) => [key, typeof query[key] === 'string' ? query[key] : '']),
  ) as unknown as MattersFilter;
}

export function queryOf(filter: MattersFilter): Record<string, string> {
  // A cleared select or date leaves nothing, not an empty text.
  const given = KEYS.map((key) => [key, ((filter[key] as string | null | undefined) ?? '').trim()] as const);
  return Object.fromEntries(given.filter(([, text]) => text !== ''));
}
