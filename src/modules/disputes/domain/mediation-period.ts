import type { Channel, CourtProcedure, Nature } from './dictionaries';

/** Kinds of a mediation's term, by where the matter came from; the rule of each is `mediation.<kind>`. */
export const PERIOD_KINDS = ['people', 'court-entrusted', 'court-ordinary', 'court-summary', 'labor'] as const;
export type PeriodRule = (typeof PERIOD_KINDS)[number];

interface Origin {
  readonly channel: Channel;
  readonly nature: Nature | null;
  readonly courtProcedure: CourtProcedure | null;
}

/** Which term a mediation has. A court's assignment goes before the kind of dispute: its materials carry the term. */
export function periodRuleOf({ channel, nature, courtProcedure }: Origin): PeriodRule {
  if (channel === 'court-entrusted') return 'court-entrusted';
  if (channel === 'court-appointed') return courtProcedure === 'summary' ? 'court-summary' : 'court-ordinary';
  return nature === 'labor' ? 'labor' : 'people';
}

interface Dates<D> {
  readonly acceptedOn: D;
  readonly registeredOn: D;
  readonly courtMaterialsOn: D | null;
}

/**
 * The day of the event that starts the term: for a court's matter the day its materials were signed for
 * (特邀调解规定 art. 27), for a labor dispute the day the application was received (LDL art. 14).
 */
export function periodStart<D>(rule: PeriodRule, { acceptedOn, registeredOn, courtMaterialsOn }: Dates<D>): D {
  if (rule === 'people') return acceptedOn;
  if (rule === 'labor') return registeredOn;
  return courtMaterialsOn ?? acceptedOn;
}
