/** Clocks that a director watches. What a clock waits for is written with its rule, so that no figure needs guessing. */
export const WATCH_CLOCKS = {
  mediation: '调解期限',
  paused: '中止待恢复',
  'summons-sign': '部门签收',
  'summons-contact': '部门联系',
  'summons-arrive': '部门到场',
  'summons-feedback': '部门反馈',
  'summons-ruling': '异议裁定',
  transfer: '流转签收',
  notice: '材料补正',
  performance: '协议履行',
  consent: '征询意愿',
  idle: '无办理进展',
  answer: '督办答复',
} as const;
export type WatchClock = keyof typeof WATCH_CLOCKS;
export const WATCH_CLOCK_KEYS = Object.keys(WATCH_CLOCKS) as readonly WatchClock[];

/** In days, when a leader should look: no deadline of anybody. */
export const WATCH_TERMS = {
  /** Performance is announced this long before it is due. */
  performance: 21,
  /** No clock further ahead than this is near its end. */
  horizon: 60,
} as const;

export const WATCH_RULES: Readonly<Record<WatchClock, string>> = {
  mediation: '法定或约定的调解期限，自受理起算，扣除中止，含各方同意的延长',
  paused: '中止的预计恢复日期；暂停的日数计入“累计暂停”',
  'summons-sign': '吹哨单载明的签收时限，按工作时间计算',
  'summons-contact': '吹哨单载明的首次联系时限',
  'summons-arrive': '吹哨单载明或约定的到场时间',
  'summons-feedback': '吹哨单载明的反馈时限',
  'summons-ruling': '部门提出异议后，中心应在期限规则所定的时间内裁定',
  transfer: '流转单发出后应在期限规则所定的日数内签收；提出异议的自异议起算',
  notice: '一次性告知单载明的补正日期',
  performance: `协议约定的履行日期，届满前 ${WATCH_TERMS.performance} 日起计入`,
  consent: '受理后应在期限规则所定的日数内征询完各方意愿',
  idle: '在办事项超过期限规则所定的日数没有任何办理记录（中止的不计）',
  answer: '督办、催办、批示、包案所定的答复日期',
};
