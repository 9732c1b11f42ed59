/**
 * What other modules know of a matter and its lifecycle asks: counts, supplied under the lock of the matter.
 * A fact nobody supplies is 0.
 */
export const MATTER_FACTS = {
  parties: '当事人数',
  consentsMissing: '尚未表示是否同意调解的当事人数',
  consentsRefused: '明确拒绝调解的当事人数',
  rightsNoticesMissing: '尚未签收权利义务告知书的当事人数',
  unreachableAttempts: '对仍未联系上的当事人的联系次数',
  activeMediators: '在任调解员人数',
  openSummons: '尚未闭合的吹哨任务数',
  openMeetings: '已召集而纪要未确认的会商数',
  openMeetingTasks: '没有了结的会商任务数',
  openSessions: '已安排而未结束的调解会数',
  sessions: '已结束的调解会数',
  pendingAgreements: '起草或签署中的协议数',
  effectiveAgreements: '已生效的协议数',
  openPerformanceItems: '尚未履行完毕的事项数',
} as const;

export type MatterFact = keyof typeof MATTER_FACTS;
export type MatterFacts = Readonly<Record<MatterFact, number>>;

/** What the disputes module itself knows beside the row of the matter. */
export interface OwnFacts {
  /** Transfers neither signed for nor settled. */
  readonly openTransfers: number;
  /** Ended mediations whose parties have not been told of the other routes. */
  readonly routesUntold: number;
  /** Cues of escalation that were neither reported nor found unfounded. */
  readonly unhandledCues: number;
  /** Matters merged into this one. */
  readonly mergedHere: number;
  /** Running mediation periods: 0 or 1. */
  readonly runningPeriods: number;
  /** Requests for a longer pause that wait to be decided: 0 or 1. */
  readonly pauseRequests: number;
}

export const NO_OWN_FACTS: OwnFacts = {
  openTransfers: 0,
  routesUntold: 0,
  unhandledCues: 0,
  mergedHere: 0,
  runningPeriods: 0,
  pauseRequests: 0,
};
