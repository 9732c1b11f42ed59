import { type Obstacle, defineLifecycle } from '../../../kernel';
import type { MatterFacts, OwnFacts } from './matter-facts';
import type { MatterState } from './matter-lifecycle';

/** States of the mediation (调解) inside an accepted matter. */
export const MEDIATION_STATES = {
  'consent-pending': '征询意愿',
  refused: '拒绝调解',
  unreachable: '无法联系',
  accepted: '已受理',
  assigned: '已指派',
  investigating: '调查中',
  'in-mediation': '调解中',
  suspended: '中止',
  drafting: '拟定协议',
  signing: '签署中',
  effective: '协议生效',
  'oral-agreed': '口头协议生效',
  performing: '履行中',
  performed: '履行完毕',
  'in-breach': '违约',
  terminated: '调解终止',
  withdrawn: '撤回',
} as const;
export type MediationState = keyof typeof MEDIATION_STATES;

export interface MediationSnapshot {
  readonly state: MediationState;
  /** State of the matter that the mediation belongs to. */
  readonly matterState: MatterState;
  readonly own: OwnFacts;
  readonly facts: MatterFacts;
  /** Parties agreed in part: a refuser's share is left out (SZ art. 26), so one refusal does not end the rest. */
  readonly isPartial: boolean;
}

type O = Obstacle<MediationSnapshot>;

const LIVE = [
  'consent-pending',
  'accepted',
  'assigned',
  'investigating',
  'in-mediation',
  'suspended',
  'drafting',
  'signing',
] as const;

/** Who decides on a pause beyond what one may pause alone; never the one who asks. */
const PAUSE_APPROVERS = ['committee-director@committee', 'duty-leader@center'] as const;

/** A new round after one that came to nothing, in a matter taken up again. */
const ENDED = ['refused', 'unreachable', 'terminated', 'withdrawn'] as const;

const notInHand: O = {
  code: 'matter-not-in-hand',
  message: '事项已并案、移送、办结或归档，不能继续调解。请先撤销并案或申请重启。',
  blocks: (s) => !['accepted', 'in-progress'].includes(s.matterState),
};
/** Performance goes on after the matter is closed. */
const matterMerged: O = {
  code: 'matter-merged',
  message: '事项已并案，请在主件中办理。',
  blocks: (s) => s.matterState === 'merged',
};
const consentMissing: O = {
  code: 'consent-missing',
  message: '还有当事人没有表示是否同意调解。沉默不等于同意，请逐一征询并记录。',
  blocks: (s) => s.facts.consentsMissing > 0,
};
const consentRefused: O = {
  code: 'consent-refused',
  message: '有当事人明确拒绝调解，不得调解（人民调解法第十七条）。请办理终止并告知其他途径。',
  blocks: (s) => s.facts.consentsRefused > 0 && !s.isPartial,
};
const rightsNoticeMissing: O = {
  code: 'rights-notice-missing',
  message: '还有当事人没有签收权利义务告知书。请先告知并签收。',
  blocks: (s) => s.facts.rightsNoticesMissing > 0,
};
const noParties: O = {
  code: 'too-few-parties',
  message: '调解至少要有两方当事人。请先登记当事人。',
  blocks: (s) => s.facts.parties < 2,
};
const noMediator: O = {
  code: 'no-mediator',
  message: '还没有调解员。请先由当事人选择或由调委会指派。',
  blocks: (s) => s.facts.activeMediators === 0,
};
const openSessions: O = {
  code: 'open-sessions',
  message: '还有已安排而未结束的调解会，请先记录结果或取消。',
  blocks: (s) => s.facts.openSessions > 0,
};
const tooFewAttempts: O = {
  code: 'too-few-attempts',
  message: '认定无法联系前，至少要有三次不同时间的联系记录。请继续联系并登记。',
  blocks: (s) => s.facts.unreachableAttempts < 3,
};
const noEffectiveAgreement: O = {
  code: 'no-effective-agreement',
  message: '还没有生效的协议。',
  blocks: (s) => s.facts.effectiveAgreements === 0,
};
const itemsOpen: O = {
  code: 'items-open',
  message: '还有未履行完毕的事项。',
  blocks: (s) => s.facts.openPerformanceItems > 0,
};
const routesToldAlready: O = {
  code: 'routes-told',
  message: '已经告知当事人其他途径，不必重复登记。',
  blocks: (s) => s.own.routesUntold === 0,
};
const noPeriod: O = {
  code: 'no-period',
  message: '当前没有计算中的调解期限，不需要延长。',
  blocks: (s) => s.own.runningPeriods === 0,
};
const pauseNotAsked: O = {
  code: 'pause-not-asked',
  message: '没有等待批准的延长中止申请。',
  blocks: (s) => s.own.pauseRequests === 0,
};

/** The lifecycle of a mediation. Acts marked internal follow from an act of another module, in its transaction. */
export const mediationLifecycle = defineLifecycle<MediationSnapshot>()({
  name: 'mediation',
  label: '人民调解',
  states: MEDIATION_STATES,
  initial: 'consent-pending',
  final: ['refused', 'unreachable', 'performed', 'terminated', 'withdrawn'],
  acts: {
    open: { label: '征询意愿', from: [...ENDED, 'performed'], to: 'consent-pending', by: [], internal: true },
    accept: {
      label: '受理调解',
      from: ['consent-pending'],
      to: 'accepted',
      by: [],
      internal: true,
      obstacles: [notInHand, noParties, consentMissing, consentRefused, rightsNoticeMissing],
      source: '人民调解法第三条、第十七条',
    },
    'give-up-contact': {
      label: '认定无法联系',
      from: ['consent-pending'],
      to: 'unreachable',
      by: ['dispatcher@center', 'mediator@assigned', 'intake-clerk@center'],
      obstacles: [notInHand, tooFewAttempts],
    },
    assign: {
      label: '指派调解员',
      from: ['accepted', 'assigned', 'investigating', 'in-mediation', 'suspended', 'drafting'],
      to: ['assigned', 'investigating', 'in-mediation', 'suspended', 'drafting'],
      by: [],
      internal: true,
      obstacles: [notInHand, noMediator],
      source: '人民调解法第十九条',
    },
    investigate: {
      label: '调查',
      from: ['assigned', 'investigating', 'in-mediation'],
      to: ['investigating', 'in-mediation'],
      by: [],
      internal: true,
      obstacles: [notInHand],
    },
    mediate: {
      label: '调解',
      from: ['assigned', 'investigating', 'in-mediation', 'drafting'],
      to: 'in-mediation',
      by: [],
      internal: true,
      obstacles: [notInHand, noMediator, consentRefused],
    },
    'agree-in-session': {
      label: '调解成功',
      from: ['in-mediation'],
      to: ['drafting', 'in-mediation'],
      by: [],
      internal: true,
      obstacles: [notInHand],
    },
    draft: {
      label: '拟定协议',
      from: [
        'assigned',
        'investigating',
        'in-mediation',
        'drafting',
        'effective',
        'oral-agreed',
        'performing',
        'in-breach',
      ],
      to: 'drafting',
      by: [],
      internal: true,
      obstacles: [notInHand],
    },
    freeze: {
      label: '定稿签署',
      from: ['drafting'],
      to: 'signing',
      by: [],
      internal: true,
      obstacles: [notInHand, openSessions],
    },
    unfreeze: { label: '退回修改', from: ['signing'], to: 'drafting', by: [], internal: true, obstacles: [notInHand] },
    'keep-agreement': {
      label: '沿用原协议',
      from: ['drafting', 'signing'],
      to: ['effective', 'performing', 'in-breach'],
      by: [],
      internal: true,
      obstacles: [notInHand, noEffectiveAgreement],
    },
    'take-effect': {
      label: '协议生效',
      from: ['signing'],
      to: 'effective',
      by: [],
      internal: true,
      obstacles: [notInHand],
      source: '人民调解法第二十九条',
    },
    'agree-orally': {
      label: '达成口头协议',
      from: ['in-mediation', 'drafting'],
      to: 'oral-agreed',
      by: [],
      internal: true,
      obstacles: [notInHand],
      source: '人民调解法第三十条',
    },
    'start-performing': {
      label: '开始履行',
      // From 履行完毕 when a record of performance proves wrong and is struck out.
      from: ['effective', 'oral-agreed', 'in-breach', 'performed'],
      to: 'performing',
      by: [],
      internal: true,
      obstacles: [matterMerged],
    },
    'complete-performance': {
      label: '履行完毕',
      from: ['effective', 'oral-agreed', 'performing', 'in-breach'],
      to: 'performed',
      by: [],
      internal: true,
      obstacles: [matterMerged, noEffectiveAgreement, itemsOpen],
    },
    breach: {
      label: '登记违约',
      from: ['effective', 'oral-agreed', 'performing'],
      to: 'in-breach',
      by: [],
      internal: true,
      obstacles: [matterMerged],
    },
    extend: {
      label: '延长调解期限',
      from: ['accepted', 'assigned', 'investigating', 'in-mediation', 'drafting', 'signing'],
      to: 'same',
      by: ['mediator@assigned', 'committee-director@committee'],
      obstacles: [notInHand, noPeriod],
      source: '人民法院特邀调解规定第二十七条；人民调解工作若干规定第三十三条',
    },
    suspend: {
      label: '中止',
      from: ['accepted', 'assigned', 'investigating', 'in-mediation', 'drafting'],
      to: 'suspended',
      by: ['mediator@assigned', 'committee-director@committee'],
      obstacles: [notInHand, openSessions],
      source: '人民法院在线调解规则第二十六条',
    },
    resume: {
      label: '恢复',
      from: ['suspended'],
      to: ['accepted', 'assigned', 'investigating', 'in-mediation', 'drafting'],
      by: ['mediator@assigned', 'committee-director@committee'],
      obstacles: [notInHand],
    },
    'ask-longer-pause': {
      label: '申请延长中止',
      from: ['suspended'],
      to: 'same',
      by: ['mediator@assigned', 'committee-director@committee'],
      obstacles: [notInHand],
    },
    'approve-longer-pause': {
      label: '批准延长中止',
      from: ['suspended'],
      to: 'same',
      by: PAUSE_APPROVERS,
      obstacles: [notInHand, pauseNotAsked],
    },
    'refuse-longer-pause': {
      label: '不同意延长中止',
      from: ['suspended'],
      to: 'same',
      by: PAUSE_APPROVERS,
      obstacles: [notInHand, pauseNotAsked],
    },
    terminate: {
      label: '终止调解',
      from: [...LIVE, 'in-breach'],
      to: 'terminated',
      by: ['mediator@assigned', 'committee-director@committee', 'dispatcher@center'],
      obstacles: [notInHand, openSessions],
      source: '人民调解法第二十六条',
    },
    'terminate-on-refusal': {
      label: '因拒绝终止',
      from: [...LIVE],
      to: ['terminated', 'refused'],
      by: [],
      internal: true,
      source: '人民调解法第十七条',
    },
    'tell-routes': {
      label: '告知其他途径',
      from: [...ENDED],
      to: 'same',
      by: ['mediator@assigned', 'committee-director@committee', 'dispatcher@center', 'intake-clerk@center'],
      obstacles: [routesToldAlready],
      source: '人民调解法第二十六条',
    },
    withdraw: {
      label: '撤回',
      from: [...LIVE],
      to: 'withdrawn',
      by: ['mediator@assigned', 'intake-clerk@center'],
      obstacles: [notInHand, openSessions],
    },
  },
});

export type MediationAct = keyof typeof mediationLifecycle.table.acts;
