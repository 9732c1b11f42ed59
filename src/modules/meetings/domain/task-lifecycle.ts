import { type Grant, type LegalDate, type Obstacle, addDays, defineLifecycle } from '../../../kernel';

/** Being late is no state: it follows from the day. */
export const MEETING_TASK_STATES = {
  planned: '待纪要确认',
  open: '办理中',
  answered: '已报结果',
  done: '已完成',
  dropped: '已撤销',
} as const;
export type MeetingTaskState = keyof typeof MEETING_TASK_STATES;

/** A matter cannot be closed over a task in one of these. */
export const UNSETTLED_TASK_STATES: readonly MeetingTaskState[] = ['planned', 'open', 'answered'];

export interface MeetingTaskSnapshot {
  readonly state: MeetingTaskState;
  /** The owner answers by itself; a unit without a login through the center. */
  readonly hasLogin: boolean;
  readonly actorAnswered: boolean;
}

type O = Obstacle<MeetingTaskSnapshot>;

const ownAnswer: O = {
  code: 'own-answer',
  message: '结果是您代为登记的，应由中心其他人员核对认可。',
  blocks: (s) => s.actorAnswered,
};
const answersItself: O = {
  code: 'answers-itself',
  message: '责任单位有账号，由该单位自己报结果。需要催办的，请催办。',
  blocks: (s) => s.hasLogin,
};

const AGENCY: readonly Grant[] = ['agency-liaison@agency', 'agency-handler@agency'];
const DESK: readonly Grant[] = ['dispatcher@center', 'duty-leader@center', 'center-director@center'];

/** 会商任务: what a unit took upon itself in the meeting, until a day. */
export const meetingTaskLifecycle = defineLifecycle<MeetingTaskSnapshot>()({
  name: 'meeting-tasks',
  label: '会商任务',
  states: MEETING_TASK_STATES,
  initial: 'planned',
  final: ['done', 'dropped'],
  acts: {
    begin: { label: '任务下达', from: ['planned'], to: 'open', by: [], internal: true },
    attach: { label: '上传任务证明材料', from: ['open'], to: 'same', by: AGENCY },
    answer: { label: '报任务结果', from: ['open'], to: 'answered', by: AGENCY },
    'enter-answer': {
      label: '代登任务结果',
      from: ['open'],
      to: 'answered',
      by: [...DESK, 'intake-clerk@center'],
      obstacles: [answersItself],
    },
    accept: { label: '认可任务结果', from: ['answered'], to: 'done', by: DESK, obstacles: [ownAnswer] },
    return: { label: '退回任务结果', from: ['answered'], to: 'open', by: DESK },
    urge: { label: '催办任务', from: ['open'], to: 'same', by: [...DESK, 'supervisor@center'] },
    drop: { label: '撤销任务', from: ['planned', 'open', 'answered'], to: 'dropped', by: DESK },
    warn: { label: '任务临期提醒', from: ['open'], to: 'same', by: [], internal: true },
    'tell-late': { label: '任务逾期提醒', from: ['open'], to: 'same', by: [], internal: true },
  },
});

export type MeetingTaskAct = keyof typeof meetingTaskLifecycle.table.acts;

/** Days before the due day on which its light turns yellow and the owner is told. */
export const WARNING_DAYS = 2;

/** How a task stands today; the due day itself is still in time. Null once nothing is awaited of the owner. */
export function lightOfTask(
  {
    state,
    dueOn,
    answeredOn,
  }: { readonly state: MeetingTaskState; readonly dueOn: LegalDate; readonly answeredOn: LegalDate | null },
  today: LegalDate,
): 'red' | 'yellow' | 'green' | null {
  if (state === 'answered') return answeredOn !== null && answeredOn > dueOn ? 'red' : 'green';
  if (state !== 'open') return null;
  if (today > dueOn) return 'red';
  return addDays(today, WARNING_DAYS) >= dueOn ? 'yellow' : 'green';
}

/** Which reminder is due: the one before the day, or the one after it; told once each. A missed warning is not told late. */
export function reminderOf(
  task: { readonly dueOn: LegalDate; readonly isWarned: boolean; readonly isToldLate: boolean },
  today: LegalDate,
): 'warn' | 'tell-late' | null {
  if (today > task.dueOn) return task.isToldLate ? null : 'tell-late';
  return !task.isWarned && addDays(today, WARNING_DAYS) >= task.dueOn ? 'warn' : null;
}
