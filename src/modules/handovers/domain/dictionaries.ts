export const HAND_OVER_STATES = { open: '待签', done: '已交接', cancelled: '已取消' } as const;
export type HandOverState = keyof typeof HAND_OVER_STATES;

/** 移交人不能签的情形. */
export const OVERRIDE_GROUNDS = { deceased: '去世', ill: '重病', unreachable: '无法联系' } as const;
export type OverrideGround = keyof typeof OVERRIDE_GROUNDS;

/** 在案身份. */
export const DUTIES = {
  host: '调解主持人',
  'co-mediator': '参与调解的调解员',
  recorder: '记录人',
  handler: '承办人',
  supervised: '待答复督办',
} as const;
export type Duty = keyof typeof DUTIES;

export const ITEM_OUTCOMES = { moved: '已移交', over: '事项已结束，不用移交' } as const;
export type ItemOutcome = keyof typeof ITEM_OUTCOMES;

/** 签署 as it stands for one of the two. */
export type Side = 'leaver' | 'successor';
