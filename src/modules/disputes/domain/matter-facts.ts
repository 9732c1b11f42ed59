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
  openSessions: '已安排而未结束的调解会数',
  sessions: '已结束的调解会数',
  pendingAgreements: '起草或签署中的协议数',
  effectiveAgreements: '已生效的协议数',
  openPerformanceItems: '尚未履行完毕的事项数',
} as const;

export type MatterFact = keyof typeof MATTER_FACTS;
export type MatterFacts = Readonly<Record<MatterFact, number>>;
