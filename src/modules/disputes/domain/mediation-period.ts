import type { DeadlineRule } from '../../../kernel';
import type { Channel, CourtProcedure, Nature } from './dictionaries';

/** Terms of a mediation, by where the matter came from. */
export const PERIOD_RULES = {
  people: {
    id: 'mediation.people',
    term: 1,
    unit: 'calendar-month',
    rollToWorkingDay: true,
    article: '《人民调解工作若干规定》第三十三条',
  },
  'court-entrusted': {
    id: 'mediation.court-entrusted',
    term: 30,
    unit: 'natural-day',
    rollToWorkingDay: true,
    article: '《最高人民法院关于人民法院特邀调解的规定》第二十七条（委派调解）',
  },
  'court-ordinary': {
    id: 'mediation.court-ordinary',
    term: 15,
    unit: 'natural-day',
    rollToWorkingDay: true,
    article: '《最高人民法院关于人民法院特邀调解的规定》第二十七条（委托调解，普通程序）',
  },
  'court-summary': {
    id: 'mediation.court-summary',
    term: 7,
    unit: 'natural-day',
    rollToWorkingDay: true,
    article: '《最高人民法院关于人民法院特邀调解的规定》第二十七条（委托调解，简易程序）',
  },
  labor: {
    id: 'mediation.labor',
    term: 15,
    unit: 'natural-day',
    rollToWorkingDay: true,
    article: '《劳动争议调解仲裁法》第十四条',
  },
} as const satisfies Readonly<Record<string, DeadlineRule>>;
export type PeriodRule = keyof typeof PERIOD_RULES;

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
