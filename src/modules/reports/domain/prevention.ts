import { FACT_KINDS } from './columns';

/** 排查、预防 as the statutory table has them. */
export const PREVENTION_KINDS = {
  survey: FACT_KINDS.survey,
  prevented: FACT_KINDS.prevented,
  suicide: FACT_KINDS.suicide,
  crime: FACT_KINDS.crime,
  petition: FACT_KINDS.petition,
  brawl: FACT_KINDS.brawl,
} as const;
export type PreventionKind = keyof typeof PREVENTION_KINDS;
