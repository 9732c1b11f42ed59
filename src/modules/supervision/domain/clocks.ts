/** Clocks that a director watches. What a clock waits for is written with its rule, so that no figure needs guessing. */
export const WATCH_CLOCKS = {
  mediation: '调解期限',
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

/** Terms, in days of the calendar, of clocks that no law gives: they say when a leader should look, nothing else. */
export const WATCH_TERMS = {
  /** A transfer should be signed for within three days. */
  transfer: 3,
  /** Every party should have been asked within five days of acceptance. */
  consent: 5,
  /** Something should happen on an open matter every ten days. */
  idle: 10,
  /** Performance is announced this long before it is due. */
  performance: 21,
  /** No clock further ahead than this is near its end. */
  horizon: 60,
} as const;

export const WATCH_RULES: Readonly<Record<WatchClock, string>> = {
  mediation: '法定或约定的调解期限，自受理起算，扣除中止，含各方同意的延长',
  'summons-sign': '吹哨单载明的签收时限，按工作时间计算',
  'summons-contact': '吹哨单载明的首次联系时限',
  'summons-arrive': '吹哨单载明或约定的到场时间',
  'summons-feedback': '吹哨单载明的反馈时限',
  'summons-ruling': '部门提出异议后，中心应在一个工作日内裁定；应急哨为二十四小时',
  transfer: `流转单发出后 ${WATCH_TERMS.transfer} 日内应签收；提出异议的自异议起算`,
  notice: '一次性告知单载明的补正日期',
  performance: `协议约定的履行日期，届满前 ${WATCH_TERMS.performance} 日起计入`,
  consent: `受理后 ${WATCH_TERMS.consent} 日内应征询完各方意愿`,
  idle: `在办事项 ${WATCH_TERMS.idle} 日没有任何办理记录（中止的不计）`,
  answer: '督办、催办、批示、包案所定的答复日期',
};
