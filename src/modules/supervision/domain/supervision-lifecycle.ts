import { type Grant, type Obstacle, defineLifecycle } from '../../../kernel';

/**
 * 催办、督办、约谈、批示、包案: from the lightest to the one by which a leader answers for the matter himself. 约谈 is begun by a
 * leader or put before him by the ladder of a clock, as 报党委政法委 always is; he carries it out, or takes it back with his reasons.
 */
export const SUPERVISION_KINDS = {
  urging: '催办',
  oversight: '督办',
  instruction: '批示',
  charge: '包案',
  interview: '约谈',
  report: '报党委、政法委',
} as const;
export type SupervisionKind = keyof typeof SUPERVISION_KINDS;

/** 日常督办 → 挂牌督办; above both stands 约谈. */
export const OVERSIGHT_LEVELS = { daily: '日常督办', listed: '挂牌督办' } as const;
export type OversightLevel = keyof typeof OVERSIGHT_LEVELS;

export const SUPERVISION_STATES = {
  open: '待答复',
  answered: '已答复',
  closed: '已办结',
  withdrawn: '已撤销',
} as const;
export type SupervisionState = keyof typeof SUPERVISION_STATES;

export interface SupervisionSnapshot {
  readonly state: SupervisionState;
  readonly kind: SupervisionKind;
  /** The actor issued it, or directs the center: a clerk does not end what a leader has asked. */
  readonly mayEnd: boolean;
  readonly isIssuer: boolean;
}

type O = Obstacle<SupervisionSnapshot>;

const notIssuer: O = {
  code: 'not-issuer',
  message: '该事由由他人发出。请由发出人、督办员或中心主任办理。',
  blocks: (s) => !s.mayEnd,
};
const unanswered: O = {
  code: 'unanswered',
  message: '督办、批示、约谈和报送须先有答复或登记才能办结。请先登记；不再需要的，请说明理由撤销。',
  blocks: (s) => s.state === 'open' && s.kind !== 'urging' && s.kind !== 'charge',
};

/** Who asks does not answer himself, or every figure of answers could be made at one desk; a charge is one’s own to report on. */
const ownQuestion: O = {
  code: 'own-question',
  message: '不能答复自己发出的督办。承办人或部门口头、书面答复的，请由本人登记，或由中心其他人员代为登记。',
  blocks: (s) => s.isIssuer && s.kind !== 'charge',
};

const leadersTask: O = {
  code: 'leaders-task',
  message: '约谈和报送由中心主任或上级领导登记办理情况，不用答复。',
  blocks: (s) => s.kind === 'interview' || s.kind === 'report',
};
const noInterview: O = {
  code: 'no-interview',
  message: '该事由不是约谈，请按其类别办理。',
  blocks: (s) => s.kind !== 'interview',
};
const noReport: O = {
  code: 'no-report',
  message: '该事由不是报党委、政法委，请按其类别办理。',
  blocks: (s) => s.kind !== 'report',
};

export const LEADERS: readonly Grant[] = ['center-director@center', 'center-director@subtree', 'superior@subtree'];
const OVERSEERS: readonly Grant[] = [...LEADERS, 'supervisor@center'];
const URGERS: readonly Grant[] = [...OVERSEERS, 'duty-leader@center', 'dispatcher@center'];

/** Whoever works on the matter, and the agency on its own task; the center may enter what it was told by phone. */
const ANSWERERS: readonly Grant[] = [
  'mediator@assigned',
  'committee-director@committee',
  'intake-clerk@center',
  'dispatcher@center',
  'duty-leader@center',
  'center-director@center',
  'center-director@subtree',
  'superior@subtree',
  'grid-worker@unit',
  'agency-liaison@agency',
  'agency-handler@agency',
];

/** The lifecycle of one urging, oversight, instruction or charge: asked, answered, closed. */
export const supervisionLifecycle = defineLifecycle<SupervisionSnapshot>()({
  name: 'supervisions',
  label: '督办',
  states: SUPERVISION_STATES,
  initial: 'open',
  final: ['closed', 'withdrawn'],
  acts: {
    urge: { label: '催办', from: [], to: 'open', by: URGERS },
    oversee: { label: '督办', from: [], to: 'open', by: OVERSEERS, source: '《潍坊市12345条例》第二十六条所列情形' },
    interview: { label: '约谈', from: [], to: 'open', by: LEADERS },
    instruct: { label: '批示', from: [], to: 'open', by: LEADERS },
    'take-charge': { label: '包案', from: [], to: 'open', by: LEADERS },
    'urge-agency': { label: '催办部门', from: [], to: 'open', by: URGERS },
    'oversee-agency': { label: '督办部门', from: [], to: 'open', by: OVERSEERS },
    'interview-agency': { label: '约谈部门', from: [], to: 'open', by: LEADERS },
    answer: { label: '答复', from: ['open'], to: 'answered', by: ANSWERERS, obstacles: [ownQuestion, leadersTask] },
    remind: { label: '临期提醒', from: [], to: 'same', by: [], internal: true },
    'call-in': { label: '提请约谈', from: [], to: 'open', by: [], internal: true },
    'report-up': { label: '提请报党委、政法委', from: [], to: 'open', by: [], internal: true },
    'record-interview': {
      label: '登记约谈',
      from: ['open'],
      to: 'answered',
      by: LEADERS,
      obstacles: [noInterview],
    },
    'record-report': {
      label: '登记报送和答复',
      from: ['open'],
      to: 'answered',
      by: LEADERS,
      obstacles: [noReport],
    },
    close: {
      label: '办结督办',
      from: ['open', 'answered'],
      to: 'closed',
      by: URGERS,
      obstacles: [notIssuer, unanswered],
    },
    return: { label: '退回再答复', from: ['answered'], to: 'open', by: URGERS, obstacles: [notIssuer] },
    withdraw: { label: '撤销督办', from: ['open', 'answered'], to: 'withdrawn', by: URGERS, obstacles: [notIssuer] },
  },
});

export type SupervisionAct = keyof typeof supervisionLifecycle.table.acts;

/** Acts that begin a supervision of a matter, and of an agency's task, with the kind they make. */
export const MATTER_BEGINNINGS = {
  urge: 'urging',
  oversee: 'oversight',
  interview: 'interview',
  instruct: 'instruction',
  'take-charge': 'charge',
} as const satisfies Partial<Record<SupervisionAct, SupervisionKind>>;
export const TASK_BEGINNINGS = {
  'urge-agency': 'urging',
  'oversee-agency': 'oversight',
  'interview-agency': 'interview',
} as const satisfies Partial<Record<SupervisionAct, SupervisionKind>>;
export type MatterBeginning = keyof typeof MATTER_BEGINNINGS;
export type TaskBeginning = keyof typeof TASK_BEGINNINGS;
