import type { LocationQuery } from 'vue-router';
import type { paths } from '@/generated/schema';

export type WorklistQuery = NonNullable<paths['/api/worklist']['get']['parameters']['query']>;
export type Tab = WorklistQuery['tab'];

/** What a list can be asked for: in the address, so that it can be sent to a colleague; the last one is kept at the desk. */
export interface WorklistFilter {
  text: string;
  section: string;
  disputeType: string;
  riskLevel: string;
}

export const BLANK: WorklistFilter = { text: '', section: '', disputeType: '', riskLevel: '' };
const KEYS = Object.keys(BLANK) as (keyof WorklistFilter)[];
const PLACE = 'worklist-filter';

export function filterOf(query: LocationQuery): WorklistFilter {
  return Object.fromEntries(
    KEYS.map((key) => [key, typeof query[key] === 'string' ? query[key] : '']),
  ) as unknown as WorklistFilter;
}

export function queryOf(filter: WorklistFilter): Record<string, string> {
  const given = KEYS.map((key) => [key, ((filter[key] as string | null | undefined) ?? '').trim()] as const);
  return Object.fromEntries(given.filter(([, text]) => text !== ''));
}

export function keepFilter(tab: Tab, filter: WorklistFilter): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify({ tab, ...queryOf(filter) }));
  } catch {
    // A full store only costs the kept filter.
  }
}

/** The filter of the last visit, for one who opens the list anew. */
export function keptFilter(): Record<string, string> {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? '{}') as unknown;
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter((entry) => typeof entry[1] === 'string')) as Record<
      string,
      string
    >;
  } catch {
    return {};
  }
}
