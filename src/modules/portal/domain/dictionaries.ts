/** How an access was opened. */
export const WAYS = { slip: '扫联系单二维码', number: '登记编号' } as const;
export type Way = keyof typeof WAYS;

/** Why an access ended. Archiving ends it too, but leaves no row: that is told by the timeline of the matter. */
export const END_GROUNDS = { reissued: '已重新出单', withdrawn: '已停用' } as const;
export type EndGround = keyof typeof END_GROUNDS;

/** 满意度. */
export const SCORES = {
  1: '很不满意',
  2: '不满意',
  3: '一般',
  4: '满意',
  5: '很满意',
} as const;
export type Score = keyof typeof SCORES;

export const STEP_STATES = { done: '已完成', now: '正在办理', next: '还没到', skipped: '不再进行' } as const;
export type StepState = keyof typeof STEP_STATES;

/** What waits for the party. */
export const WAITING_KINDS = {
  consent: '表明是否同意调解',
  'rights-notice': '签收权利义务告知书',
  'one-time-notice': '签收一次性告知单',
  materials: '补交材料',
  signature: '签署协议',
  receipt: '确认是否收到',
  outcome: '告诉中心结果',
  rating: '评价服务',
} as const;
export type WaitingKind = keyof typeof WAITING_KINDS;
