import { type Grant, type Obstacle, defineLifecycle } from '../../../kernel';

export const MEETING_STATES = {
  called: '已召集',
  sitting: '开会中',
  confirmed: '纪要已确认',
  cancelled: '已取消',
} as const;
export type MeetingState = keyof typeof MEETING_STATES;

export interface MeetingSnapshot {
  readonly state: MeetingState;
  /** Units that have signed in. */
  readonly present: number;
  /** Items without a decision. */
  readonly undecided: number;
  readonly actorIsChair: boolean;
  /** Until when a unit may add a reservation; null while the minutes are not confirmed. */
  readonly reservationsUntil: Date | null;
}

type O = Obstacle<MeetingSnapshot>;

const nobodyCame: O = {
  code: 'nobody-came',
  message: '还没有参会单位签到，不能开会。请先扫码或登记到会。',
  blocks: (s) => s.present === 0,
};
const undecided: O = {
  code: 'undecided',
  message: '还有议题没有议定。请逐项记录通过、未通过或暂缓，再确认纪要。',
  blocks: (s) => s.undecided > 0,
};
const notChair: O = {
  code: 'not-chair',
  message: '会议纪要由主持人确认。请交会议主持人办理。',
  blocks: (s) => !s.actorIsChair,
};
const reservationTooLate: O = {
  code: 'reservation-too-late',
  message: '提出保留意见的时间已过。仍有不同意见的，请与中心联系。',
  blocks: (s, now) => s.reservationsUntil === null || now >= s.reservationsUntil,
};

const DESK: readonly Grant[] = ['dispatcher@center', 'duty-leader@center', 'center-director@center'];
const AGENCY: readonly Grant[] = ['agency-liaison@agency', 'agency-handler@agency'];
/** Who keeps the record: the desk, and those who serve on the matter. */
const CLERKS: readonly Grant[] = [...DESK, 'intake-clerk@center', 'mediator@assigned', 'recorder@assigned'];

/** 联席会商: called by the center, held with the units, its minutes confirmed by the chair. */
export const meetingLifecycle = defineLifecycle<MeetingSnapshot>()({
  name: 'meetings',
  label: '联席会商',
  states: MEETING_STATES,
  initial: 'called',
  final: ['confirmed', 'cancelled'],
  acts: {
    call: { label: '召集会商', from: [], to: 'called', by: DESK },
    invite: { label: '增加参会单位', from: ['called', 'sitting'], to: 'same', by: DESK },
    reschedule: { label: '会商改期', from: ['called'], to: 'same', by: DESK },
    'show-sign-in-code': { label: '出示会商签到码', from: ['called', 'sitting'], to: 'same', by: CLERKS },
    arrive: { label: '会商签到', from: ['called', 'sitting'], to: 'same', by: AGENCY },
    'enter-arrival': { label: '登记到会', from: ['called', 'sitting'], to: 'same', by: CLERKS },
    open: { label: '开会', from: ['called'], to: 'sitting', by: CLERKS, obstacles: [nobodyCame] },
    'record-voice': { label: '记录意见和表态', from: ['sitting'], to: 'same', by: CLERKS },
    decide: { label: '记录议定结果', from: ['sitting'], to: 'same', by: CLERKS },
    'assign-task': { label: '交办任务', from: ['sitting'], to: 'same', by: CLERKS },
    confirm: {
      label: '确认会商纪要',
      from: ['sitting'],
      to: 'confirmed',
      by: DESK,
      obstacles: [notChair, undecided],
    },
    reserve: { label: '提出保留意见', from: ['confirmed'], to: 'same', by: AGENCY, obstacles: [reservationTooLate] },
    cancel: { label: '取消会商', from: ['called'], to: 'cancelled', by: DESK },
  },
});

export type MeetingAct = keyof typeof meetingLifecycle.table.acts;
