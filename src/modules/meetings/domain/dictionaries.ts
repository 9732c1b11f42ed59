/** 议决办法: how the meeting takes its decisions; each decision says by which one. */
export const DECISION_RULES = { unanimity: '全体一致同意', majority: '过半数同意', chair: '主持人决定' } as const;
export type DecisionRule = keyof typeof DECISION_RULES;

/** 分工. Who attends speaks, but has no vote: representatives of the residents, a unit asked to explain. */
export const UNIT_ROLES = { lead: '主办', assist: '协办', attend: '列席' } as const;
export type UnitRole = keyof typeof UNIT_ROLES;

/** 表态. */
export const VOTES = { for: '同意', against: '反对', abstain: '弃权', reserve: '保留意见' } as const;
export type Vote = keyof typeof VOTES;

/** 议定结果. */
export const DECISIONS = { adopted: '通过', rejected: '未通过', deferred: '暂缓' } as const;
export type Decision = keyof typeof DECISIONS;

/** 职级. */
export const RANKS = {
  principal: '主要负责人',
  deputy: '班子成员',
  'section-head': '科室负责人',
  staff: '工作人员',
  representative: '居民代表',
} as const;
export type Rank = keyof typeof RANKS;
