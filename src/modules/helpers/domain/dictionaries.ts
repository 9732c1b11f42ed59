/** 代办人类别. */
export const HELPER_KINDS = {
  community: '社区代办员',
  grid: '网格员',
  volunteer: '志愿者、红色代办员',
  relative: '亲属、邻居',
} as const;
export type HelperKind = keyof typeof HELPER_KINDS;

/**
 * 代办事项. An agreement is signed, a claim given up, mediation agreed to and money taken by the party alone or by an agent with
 * special power (民法典第一百六十五条): none of these can be listed here.
 */
export const HELPER_ACTS = {
  present: '反映情况、提交材料',
  enquire: '查询办理进展',
  receive: '代收通知和文书',
  meet: '参加会商、转达意见',
  urge: '联系有关单位',
  'confirm-outcome': '代为确认办理结果',
} as const;
export type HelperAct = keyof typeof HELPER_ACTS;
