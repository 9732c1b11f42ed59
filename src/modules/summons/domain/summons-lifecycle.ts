import { type Grant, type Obstacle, defineLifecycle } from '../../../kernel';
import type { SummonsKind } from './dictionaries';

/** States of a whistle (吹哨单) as a whole; each agency's own way is in the task. */
export const SUMMONS_STATES = {
  draft: '待签发',
  issued: '已吹哨',
  withdrawn: '已撤哨',
  closed: '已闭合',
} as const;
export type SummonsState = keyof typeof SUMMONS_STATES;

export interface SummonsSnapshot {
  readonly state: SummonsState;
  readonly kind: SummonsKind;
  readonly riskLevel: string | null;
  readonly matterState: string;
  readonly meetAt: Date | null;
  /** The one who asks holds the director's office at the center of the matter. */
  readonly isDirector: boolean;
  /** The one who asks may issue: withdrawing a draft is open to its proposer too. */
  readonly isIssuer: boolean;
  /** Agencies whose feedback the center has confirmed or rated. */
  readonly confirmedTasks: number;
}

type O = Obstacle<SummonsSnapshot>;

/** States of a matter over which a whistle makes no sense any more. */
export const MATTER_OVER: readonly string[] = [
  'answered',
  'referred',
  'not-accepted',
  'merged',
  'closed',
  'followed-up',
  'archived',
];

const matterOver: O = {
  code: 'matter-over',
  message: '该事项已经答复、引导、并案或办结，不能吹哨。确有需要的，请先由中心主任重启事项。',
  blocks: (s) => MATTER_OVER.includes(s.matterState),
};
const directorOnly: O = {
  code: 'director-only',
  message: '红色风险事项和攻坚克难哨须由中心主任签发。请报中心主任办理。',
  blocks: (s) => (s.riskLevel === 'red' || s.kind === 'assault') && !s.isDirector,
};
const meetingPast: O = {
  code: 'meeting-past',
  message: '约定的到场时间已经过去。请撤回本单，改定时间后重新提出。',
  blocks: (s, now) => s.meetAt !== null && s.meetAt <= now,
};
const issuerOnly: O = {
  code: 'issuer-only',
  message: '已经签发的吹哨单由调度员或中心主任撤哨。请联系本中心调度员。',
  blocks: (s) => s.state === 'issued' && !s.isIssuer,
};
const confirmed: O = {
  code: 'already-confirmed',
  message: '已有部门的反馈经中心确认，不能整张撤哨。请逐一撤回对其余部门的吹哨。',
  blocks: (s) => s.confirmedTasks > 0,
};

/** 吹哨单: proposed by those on the matter, issued by the dispatcher or the director, closed with its last task. */
export const summonsLifecycle = defineLifecycle<SummonsSnapshot>()({
  name: 'summons',
  label: '吹哨单',
  states: SUMMONS_STATES,
  initial: 'draft',
  final: ['withdrawn', 'closed'],
  acts: {
    propose: {
      label: '提出吹哨',
      from: [],
      to: 'draft',
      by: ['mediator@assigned', 'dispatcher@center', 'duty-leader@center', 'center-director@center'],
    },
    issue: {
      label: '签发吹哨',
      from: ['draft'],
      to: 'issued',
      by: ['dispatcher@center', 'center-director@center'],
      obstacles: [matterOver, directorOnly, meetingPast],
    },
    'add-agency': {
      label: '增派部门',
      from: ['issued'],
      to: 'same',
      by: ['dispatcher@center', 'center-director@center'],
      obstacles: [matterOver],
    },
    'show-sign-in-code': {
      label: '出示签到码',
      from: ['issued'],
      to: 'same',
      by: [
        'guide@center',
        'intake-clerk@center',
        'dispatcher@center',
        'duty-leader@center',
        'center-director@center',
        'mediator@assigned',
      ],
    },
    withdraw: {
      label: '撤哨',
      from: ['draft', 'issued'],
      to: 'withdrawn',
      by: ['dispatcher@center', 'center-director@center', 'mediator@assigned'],
      obstacles: [issuerOnly, confirmed],
    },
    finish: { label: '闭合', from: ['issued'], to: 'closed', by: [], internal: true },
  },
});

/** Who may have 吹哨单 printed, once it is issued. */
export const PRINTED_BY: readonly Grant[] = ['dispatcher@center', 'duty-leader@center', 'mediator@assigned'];

export type SummonsAct = keyof typeof summonsLifecycle.table.acts;
