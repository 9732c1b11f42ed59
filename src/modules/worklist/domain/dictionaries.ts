/** Tabs of the worklist, in the words of the desk. */
export const TABS = {
  'to-do': '待办',
  'in-hand': '在办',
  done: '已办',
  initiated: '我发起',
  copied: '抄送',
} as const;
export type Tab = keyof typeof TABS;

/** What runs out. */
export const DUE_KINDS = {
  'mediation-period': '调解期限',
  'supplement-notice': '补正期限',
  'summons-sign': '吹哨签收时限',
  'summons-contact': '吹哨联系时限',
  'summons-arrive': '吹哨到场时限',
  'summons-feedback': '吹哨反馈时限',
  'summons-ruling': '异议裁定时限',
  session: '调解会',
  meeting: '会商时间',
  'meeting-task': '会商任务期限',
  performance: '履行期限',
  'review-answer': '评查答复期限',
} as const;
export type DueKind = keyof typeof DUE_KINDS;

/** Of a kind as it is kept, for modules that name it. */
export function dueName(kind: string): string {
  return kind in DUE_KINDS ? DUE_KINDS[kind as DueKind] : '';
}

/** Parts of a list in the order in which they come; the names are those of the lights where there is one. */
export const SECTIONS = {
  red: '已逾期',
  yellow: '将到期',
  green: '正常',
  undated: '无时限',
  paused: '暂停计时',
  over: '已结束',
} as const;
export type Section = keyof typeof SECTIONS;
