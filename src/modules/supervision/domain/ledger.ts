import { type Light, lightOf } from '../../../kernel';

/** Kinds of deadlines that a matter may have, as the ledger names them. */
export const LEDGER_KINDS = {
  mediation: '调解期限',
  pause: '中止的预计恢复',
  'summons-sign': '部门签收',
  'summons-contact': '部门联系',
  'summons-arrive': '部门到场',
  'summons-feedback': '部门反馈',
  'summons-ruling': '异议裁定',
  'summons-objection': '部门提出异议',
  'summons-objection-hard-stop': '未签收时提出异议',
  'summons-appeal': '考核申诉',
  'summons-appeal-ruling': '答复考核申诉',
  'judicial-confirmation': '共同申请司法确认',
  performance: '协议履行',
  answer: '督办答复',
  'meeting-task': '会商任务',
  'meeting-reservation': '对会商纪要提出保留意见',
  notice: '材料补正',
  transfer: '流转签收',
  'follow-up': '回访',
} as const;
export type LedgerKind = keyof typeof LEDGER_KINDS;

/** Time in which somebody may do something: when it is over nobody is late. */
const WINDOWS: readonly LedgerKind[] = [
  'summons-objection',
  'summons-objection-hard-stop',
  'summons-appeal',
  'judicial-confirmation',
  'meeting-reservation',
];

export const LEDGER_STATES = {
  running: '计算中',
  paused: '暂停中',
  late: '已超期',
  over: '已届满',
  met: '按期完成',
  'met-late': '超期完成',
  stopped: '不再计算',
} as const;
export type LedgerState = keyof typeof LEDGER_STATES;

interface KeptDeadline {
  readonly kind: LedgerKind;
  readonly currentDueAt: Date | null;
  readonly metAt: Date | null;
  readonly stoppedAt: Date | null;
}

/** Where a deadline stands follows from its row and the time of asking; nothing of it is stored. */
export function ledgerState({ kind, currentDueAt, metAt, stoppedAt }: KeptDeadline, now: Date): LedgerState {
  if (metAt !== null) return currentDueAt !== null && metAt >= currentDueAt ? 'met-late' : 'met';
  if (stoppedAt !== null) return 'stopped';
  if (currentDueAt === null) return 'paused';
  if (now < currentDueAt) return 'running';
  return WINDOWS.includes(kind) ? 'over' : 'late';
}

/** Null where it is over. */
export function ledgerLight(state: LedgerState, dueAt: Date | null, warnsAt: Date | null, now: Date): Light | null {
  if (state === 'paused') return 'grey';
  return state === 'running' || state === 'late' ? lightOf({ dueAt, warnsAt }, now) : null;
}

/** What is to be said of a deadline that no rule reckons, or whose rule says nothing of where it came from. */
export const LEDGER_WORDS: Readonly<Partial<Record<LedgerKind, string>>> = {
  pause: '中止时所定的预计恢复日期；过了仍未恢复的，提醒承办人员。',
  performance: '协议约定的履行日期，以约定为准。',
  answer: '督办、催办、批示、包案所定的答复日期。',
  'meeting-task': '会商纪要所定的完成日期，自纪要确认起算。',
  'meeting-reservation': '自会商纪要确认之日起三个工作日。',
  notice: '一次性告知单载明的补正日期。',
  transfer: '自流转单发出起算。',
  'follow-up': '按期限规则和上次回访的约定安排。',
};
