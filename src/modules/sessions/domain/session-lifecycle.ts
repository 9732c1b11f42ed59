import { type Grant, type Obstacle, defineLifecycle } from '../../../kernel';

/** States of a mediation session (调解会). */
export const SESSION_STATES = {
  planned: '已安排',
  held: '已召开',
  recorded: '已记录结果',
  confirmed: '各方已核对',
  cancelled: '已取消',
} as const;
export type SessionState = keyof typeof SESSION_STATES;

/** What the table needs to know of a session. */
export interface SessionSnapshot {
  readonly state: SessionState;
  /** Real end, null while it goes on. */
  readonly endedAt: Date | null;
  /** Mediators who came. */
  readonly mediatorsPresent: number;
  /** Invitees of whom nobody has noted whether they came. */
  readonly attendanceOpen: number;
  /** Entries that all parties may see and that were not struck. */
  readonly openEntries: number;
}

type O = Obstacle<SessionSnapshot>;

const stillRunning: O = {
  code: 'not-ended',
  message: '调解会还没有登记结束时间。请先登记结束。',
  blocks: (s) => s.endedAt === null,
};
const endedAlready: O = {
  code: 'ended-already',
  message: '已经登记过结束时间，不必重复登记。',
  blocks: (s) => s.endedAt !== null,
};
const nobodyPresided: O = {
  code: 'no-mediator-present',
  message: '没有登记到场的调解员。请先登记调解员到场情况（人民调解法第十九条）。',
  blocks: (s) => s.mediatorsPresent === 0,
};
const attendanceOpen: O = {
  code: 'attendance-open',
  message: '还有应到人员没有登记到场或缺席原因。请先逐人登记。',
  blocks: (s) => s.attendanceOpen > 0,
};
const nothingWritten: O = {
  code: 'nothing-written',
  message: '调解记录还没有各方可见的内容。人民调解员应当记录调解情况（人民调解法第二十七条），请先记录。',
  blocks: (s) => s.openEntries === 0,
};

/** Those who conduct the mediation. */
const CONDUCTING: readonly Grant[] = ['mediator@assigned', 'recorder@assigned'];
/** Those who also book rooms and people for it. */
const BOOKING: readonly Grant[] = [
  ...CONDUCTING,
  'dispatcher@center',
  'intake-clerk@center',
  'committee-director@committee',
];

/** The lifecycle of a mediation session. */
export const sessionLifecycle = defineLifecycle<SessionSnapshot>()({
  name: 'sessions',
  label: '调解会',
  states: SESSION_STATES,
  initial: 'planned',
  final: ['confirmed', 'cancelled'],
  acts: {
    plan: { label: '安排调解会', from: [], to: 'planned', by: BOOKING },
    reschedule: { label: '改期', from: ['planned'], to: 'same', by: BOOKING },
    cancel: { label: '取消调解会', from: ['planned'], to: 'cancelled', by: BOOKING },
    invite: { label: '增加与会人员', from: ['planned', 'held'], to: 'same', by: BOOKING },
    uninvite: { label: '撤下与会人员', from: ['planned'], to: 'same', by: BOOKING },
    'choose-publicity': {
      label: '登记各方对是否公开的选择',
      from: ['planned'],
      to: 'same',
      by: BOOKING,
      source: '人民调解法第二十三条、人民调解工作若干规定第二十九条',
    },
    start: { label: '开始调解', from: ['planned'], to: 'held', by: CONDUCTING },
    'note-attendance': { label: '登记到场情况', from: ['held'], to: 'same', by: CONDUCTING },
    end: { label: '结束调解会', from: ['held'], to: 'same', by: CONDUCTING, obstacles: [endedAlready] },
    write: {
      label: '记录调解情况',
      from: ['held', 'recorded'],
      to: 'same',
      by: CONDUCTING,
      source: '人民调解法第二十七条',
    },
    'revise-entry': { label: '更正笔录', from: ['held', 'recorded'], to: 'same', by: CONDUCTING },
    'state-facts': {
      label: '记录无争议事实',
      from: ['held', 'recorded'],
      to: 'same',
      by: CONDUCTING,
      source: '人民法院在线调解规则第二十二条',
    },
    'retract-fact': { label: '撤下无争议事实', from: ['held', 'recorded'], to: 'same', by: CONDUCTING },
    'note-concession': {
      label: '记录让步',
      from: ['held', 'recorded'],
      to: 'same',
      by: CONDUCTING,
      source: '人民法院特邀调解规定第二十二条：为达成协议作出的让步不得在后续诉讼中用作不利证据',
    },
    record: {
      label: '记录调解结果',
      from: ['held'],
      to: 'recorded',
      by: CONDUCTING,
      obstacles: [stillRunning, attendanceOpen, nobodyPresided, nothingWritten],
    },
    confirm: { label: '各方核对调解记录', from: ['recorded'], to: 'confirmed', by: CONDUCTING },
  },
});

export type SessionAct = keyof typeof sessionLifecycle.table.acts;
