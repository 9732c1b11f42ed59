import { type Obstacle, defineLifecycle } from '../../../kernel';
import type { MatterFacts, OwnFacts } from './matter-facts';
import type { MediationState } from './mediation-lifecycle';

/** States of a matter (诉求事项), from the counter to the archive. */
export const MATTER_STATES = {
  registered: '已登记',
  triaged: '已研判',
  answered: '已答复',
  referred: '已引导',
  'not-accepted': '不予受理',
  merged: '重复并案',
  accepted: '已受理',
  'sent-down': '已下派',
  'sent-up': '已上报',
  'handed-off': '已移送',
  'in-progress': '办理中',
  closed: '已办结',
  'followed-up': '已回访',
  archived: '已归档',
  reopened: '重启',
} as const;
export type MatterState = keyof typeof MATTER_STATES;

/** Nothing more is done on it by those who handled it. */
export const OVER_STATES: readonly string[] = ['closed', 'followed-up', 'archived', 'merged'] satisfies MatterState[];

/** What the table needs to know of a matter and of how the actor stands to it. */
export interface MatterSnapshot {
  readonly state: MatterState;
  readonly mediationState: MediationState | null;
  readonly nature: string | null;
  readonly isSealed: boolean;
  readonly committeeId: string | null;
  readonly handlerAccountId: string | null;
  /** Whether the reporter may be called back. */
  readonly allowsCallBack: boolean;
  /** It came with a number of the platform that sent it. */
  readonly hasUpstreamNumber: boolean;
  /** The actor handles the matter or is named on it: such a one neither reviews nor follows up. */
  readonly actorIsHandler: boolean;
  /** The actor serves where the matter was sent to. True where it was not sent anywhere. */
  readonly actorIsReceiver: boolean;
  readonly own: OwnFacts;
  readonly facts: MatterFacts;
}

type O = Obstacle<MatterSnapshot>;

/** Mediations that stand in no way of closing: ended, or with an agreement in force. */
const SETTLED_MEDIATION: readonly MediationState[] = [
  'terminated',
  'withdrawn',
  'performed',
  'performing',
  'effective',
  'oral-agreed',
  'refused',
  'unreachable',
];

const openSummons: O = {
  code: 'open-summons',
  message: '还有吹哨任务没有闭合，不能办结。请先由中心确认反馈，或说明理由撤哨。',
  blocks: (s) => s.facts.openSummons > 0,
};
const openMeeting: O = {
  code: 'open-meeting',
  message: '还有会商没有开完或纪要没有确认。请先由主持人确认纪要，或取消会商。',
  blocks: (s) => s.facts.openMeetings > 0,
};
const openMeetingTask: O = {
  code: 'open-meeting-task',
  message: '还有会商任务没有了结。请先认可任务结果，或说明理由撤销任务。',
  blocks: (s) => s.facts.openMeetingTasks > 0,
};
const openSessions: O = {
  code: 'open-sessions',
  message: '还有已安排而未结束的调解会。请先记录结果或取消该次调解会。',
  blocks: (s) => s.facts.openSessions > 0,
};
const pendingAgreement: O = {
  code: 'pending-agreement',
  message: '还有起草或签署中的协议。请先完成签署，或将其作废。',
  blocks: (s) => s.facts.pendingAgreements > 0,
};
const mediationOpen: O = {
  code: 'mediation-open',
  message: '调解尚未结束。请先记录调解结果、终止或撤回。',
  blocks: (s) => s.mediationState !== null && !SETTLED_MEDIATION.includes(s.mediationState),
};
const unperformed: O = {
  code: 'unperformed',
  message: '协议还有未履行完毕的事项。请先登记履行情况；已违约的，先办理督促或转法院程序。',
  blocks: (s) => s.facts.openPerformanceItems > 0,
};
const noCommittee: O = {
  code: 'no-committee',
  message: '请先选定受理的人民调解委员会。',
  blocks: (s) => s.committeeId === null,
};
const notCivil: O = {
  code: 'not-civil',
  message: '行政争议、治安或刑事线索等不属人民调解范围。请改为引导、移送或吹哨办理。',
  blocks: (s) => s.nature !== null && !['civil', 'labor'].includes(s.nature),
};
const openTransfer: O = {
  code: 'open-transfer',
  message: '流转单尚未签收。请等待对方签收，或先撤回流转单。',
  blocks: (s) => s.own.openTransfers > 0,
};
const notReceiver: O = {
  code: 'not-receiver',
  message: '事项已流转，应由接收单位办理。如需收回，请先撤回流转单。',
  blocks: (s) => ['sent-down', 'sent-up'].includes(s.state) && !s.actorIsReceiver,
};
const unhandledCues: O = {
  code: 'escalation-unreported',
  message: '登记内容有激化苗头。请先向公安等部门报告并记录回执，或核实后记明没有激化危险（人民调解法第二十五条）。',
  blocks: (s) => s.own.unhandledCues > 0,
};
const routesUntold: O = {
  code: 'routes-untold',
  message: '调解没有成功，尚未告知当事人其他途径。请先告知并记录（人民调解法第二十六条）。',
  blocks: (s) => s.own.routesUntold > 0,
};
const reviewerIsHandler: O = {
  code: 'reviewer-is-handler',
  message: '承办人不能审核自己办理的事项。请由其他值班长、调度员或中心主任审核办结。',
  blocks: (s) => s.actorIsHandler,
};
const visitorIsHandler: O = {
  code: 'visitor-is-handler',
  message: '承办人不能回访自己办理的事项。请由其他回访员回访。',
  blocks: (s) => s.actorIsHandler,
};
const notSealed: O = {
  code: 'not-sealed',
  message: '该事项没有封存。',
  blocks: (s) => !s.isSealed,
};
const noCallBack: O = {
  code: 'no-call-back',
  message: '反映人要求不回访。可直接归档。',
  blocks: (s) => !s.allowsCallBack,
};
const nothingInForce: O = {
  code: 'nothing-in-force',
  message: '协议还没有生效，现在不需要回访。',
  blocks: (s) => s.state === 'in-progress' && s.facts.effectiveAgreements === 0,
};
const noUpstreamNumber: O = {
  code: 'no-upstream-number',
  message: '该事项没有上游编号，不需要回复上游。',
  blocks: (s) => !s.hasUpstreamNumber,
};
const mergedHere: O = {
  code: 'merged-here',
  message: '已有其他事项并入本事项。请先撤销那些并案，或改为将本事项作为主件。',
  blocks: (s) => s.own.mergedHere > 0,
};

/** The desk of the center, the grid, and those who handle the matter. */
const HANDLERS = [
  'intake-clerk@center',
  'dispatcher@center',
  'duty-leader@center',
  'mediator@assigned',
  'committee-director@committee',
  'grid-worker@unit',
] as const;

const IN_HAND = [
  'registered',
  'triaged',
  'accepted',
  'in-progress',
  'sent-down',
  'sent-up',
  'handed-off',
  'answered',
  'referred',
  'not-accepted',
  'reopened',
] as const;

/**
 * Those who know the old ledgers: who registers, who keeps the archive, and who leads the desk. Not the system
 * administrator, who sees no matters.
 */
export const IMPORTERS = ['intake-clerk@center', 'archivist@center', 'duty-leader@center'] as const;

/** The lifecycle of a matter: the one place that says what may follow what, by whom, and what stands in the way. */
export const matterLifecycle = defineLifecycle<MatterSnapshot>()({
  name: 'disputes',
  label: '诉求事项',
  states: MATTER_STATES,
  initial: 'registered',
  final: ['archived', 'merged'],
  acts: {
    register: {
      label: '登记',
      from: [],
      to: 'registered',
      by: ['guide@center', 'intake-clerk@center', 'dispatcher@center', 'duty-leader@center', 'grid-worker@any'],
      source: '最高法关于诉讼时效的规定第十二条：申请之日中断时效，登记时间有法律意义',
    },
    import: { label: '导入旧台账', from: [], to: 'archived', by: IMPORTERS, internal: true },
    amend: {
      label: '补充登记内容',
      from: ['registered', 'triaged', 'accepted', 'in-progress', 'sent-down', 'sent-up', 'reopened'],
      to: 'same',
      by: ['guide@center', ...HANDLERS],
    },
    'report-escalation': {
      label: '报告激化苗头',
      from: [...IN_HAND],
      to: 'same',
      by: ['guide@center', ...HANDLERS],
      source: '人民调解法第二十五条',
    },
    'give-notice': {
      label: '一次性告知',
      from: ['registered', 'triaged', 'accepted', 'in-progress', 'sent-down', 'reopened'],
      to: 'same',
      by: ['guide@center', ...HANDLERS],
    },
    triage: {
      label: '研判',
      from: ['registered', 'triaged', 'reopened'],
      to: 'triaged',
      by: ['dispatcher@center', 'duty-leader@center'],
      obstacles: [unhandledCues],
    },
    'assess-risk': {
      label: '评估风险',
      from: [
        'triaged',
        'accepted',
        'in-progress',
        'sent-down',
        'sent-up',
        'handed-off',
        'answered',
        'referred',
        'not-accepted',
      ],
      to: 'same',
      by: ['dispatcher@center', 'duty-leader@center', 'mediator@assigned', 'committee-director@committee'],
    },
    'not-accept': {
      label: '不予受理',
      from: ['triaged'],
      to: 'not-accepted',
      by: ['duty-leader@center'],
      source: '人民调解工作若干规定第二十二条',
    },
    accept: {
      label: '受理',
      from: ['triaged'],
      to: 'accepted',
      by: ['intake-clerk@center', 'dispatcher@center', 'committee-director@committee'],
      obstacles: [noCommittee, notCivil],
      source: '人民调解法第十七条',
    },
    undertake: {
      label: '直接办理',
      from: ['triaged', 'sent-down', 'sent-up'],
      to: 'in-progress',
      by: ['dispatcher@center', 'duty-leader@center', 'grid-worker@unit'],
      obstacles: [openTransfer, notReceiver],
    },
    begin: { label: '开始办理', from: ['accepted'], to: 'in-progress', by: [], internal: true },
    answer: {
      label: '答复',
      from: ['triaged', 'in-progress'],
      to: 'answered',
      by: ['intake-clerk@center', 'dispatcher@center', 'grid-worker@unit'],
      obstacles: [mediationOpen, openSummons, openMeeting, openMeetingTask],
    },
    refer: {
      label: '引导至法定途径',
      from: ['triaged', 'in-progress'],
      to: 'referred',
      by: ['intake-clerk@center', 'dispatcher@center'],
      obstacles: [mediationOpen, openSummons, openMeeting, openMeetingTask],
      source: '信访工作条例第三十一条',
    },
    'send-down': {
      label: '下派',
      from: ['triaged', 'in-progress'],
      to: 'sent-down',
      by: ['dispatcher@center'],
      obstacles: [mediationOpen, openTransfer],
    },
    'send-up': {
      label: '上报',
      from: ['triaged', 'in-progress', 'sent-down'],
      to: 'sent-up',
      by: ['duty-leader@center', 'grid-worker@unit'],
      obstacles: [mediationOpen, openTransfer, notReceiver],
    },
    'hand-off': {
      label: '移送',
      from: ['triaged', 'in-progress', 'closed'],
      to: 'handed-off',
      by: ['dispatcher@center', 'duty-leader@center'],
      obstacles: [mediationOpen, openTransfer],
    },
    'come-back': {
      label: '流转单退回',
      from: ['sent-down', 'sent-up', 'handed-off'],
      to: ['triaged', 'in-progress', 'sent-down', 'closed'],
      by: [],
      internal: true,
    },
    merge: {
      label: '并案',
      from: ['registered', 'triaged', 'accepted', 'in-progress', 'reopened'],
      to: 'merged',
      by: ['dispatcher@center', 'duty-leader@center'],
      obstacles: [openSummons, openMeeting, openMeetingTask, openSessions, pendingAgreement, mergedHere],
    },
    unmerge: {
      label: '撤销并案',
      from: ['merged'],
      to: ['registered', 'triaged', 'accepted', 'in-progress', 'reopened'],
      by: ['dispatcher@center', 'duty-leader@center'],
    },
    repeat: {
      label: '重复反映，重启原事项',
      from: ['registered', 'triaged'],
      to: 'merged',
      by: ['dispatcher@center', 'duty-leader@center'],
      obstacles: [openSummons, openMeeting, openMeetingTask, openSessions, pendingAgreement, mergedHere],
    },
    'take-up-again': {
      label: '因重复反映重启',
      from: ['closed', 'followed-up', 'archived'],
      to: 'reopened',
      by: [],
      internal: true,
    },
    'reply-upstream': {
      label: '回复上游',
      from: ['answered', 'referred', 'not-accepted', 'handed-off', 'closed', 'followed-up', 'archived'],
      to: 'same',
      by: ['intake-clerk@center', 'dispatcher@center', 'duty-leader@center'],
      obstacles: [noUpstreamNumber],
    },
    seal: {
      label: '设为封存',
      from: [...IN_HAND, 'closed', 'followed-up', 'archived'],
      to: 'same',
      by: ['duty-leader@center', 'dispatcher@center', 'center-director@center'],
      obstacles: [{ code: 'already-sealed', message: '该事项已经封存。', blocks: (s) => s.isSealed }],
      source: '未成年人保护法第一百零三条、反家庭暴力法第五条',
    },
    'change-seal': {
      label: '调整封存名单',
      from: [...IN_HAND, 'closed', 'followed-up', 'archived'],
      to: 'same',
      by: ['duty-leader@center', 'dispatcher@center', 'center-director@center'],
      obstacles: [notSealed],
    },
    unseal: {
      label: '解除封存',
      from: [...IN_HAND, 'closed', 'followed-up', 'archived'],
      to: 'same',
      by: ['center-director@center'],
      obstacles: [notSealed],
    },
    'step-up': {
      label: '说明理由查看案情',
      from: [...IN_HAND, 'merged', 'closed', 'followed-up', 'archived'],
      to: 'same',
      by: ['center-director@center', 'center-director@subtree'],
    },
    close: {
      label: '办结',
      from: ['accepted', 'in-progress', 'answered', 'referred', 'not-accepted', 'handed-off'],
      to: 'closed',
      by: ['duty-leader@center', 'center-director@center', 'dispatcher@center'],
      obstacles: [
        openSummons,
        openMeeting,
        openMeetingTask,
        openSessions,
        pendingAgreement,
        mediationOpen,
        unperformed,
        openTransfer,
        routesUntold,
        reviewerIsHandler,
      ],
    },
    reopen: {
      label: '重启',
      from: ['closed', 'followed-up', 'archived'],
      to: 'reopened',
      by: ['center-director@center'],
    },
    'follow-up': {
      label: '回访',
      // An agreement is visited while it is being performed, too.
      from: ['in-progress', 'closed', 'followed-up'],
      // Nobody reached is no follow-up: the state stays.
      to: ['followed-up', 'closed', 'in-progress'],
      by: ['follow-up-clerk@center'],
      obstacles: [nothingInForce, noCallBack, visitorIsHandler],
      source: '人民调解法第三十一条第二款',
    },
    'call-back': {
      label: '抽查回访',
      from: ['closed', 'followed-up', 'archived'],
      to: 'same',
      by: ['supervisor@center', 'duty-leader@center'],
      obstacles: [noCallBack, visitorIsHandler],
    },
    archive: {
      label: '归档',
      from: ['closed', 'followed-up'],
      to: 'archived',
      by: ['archivist@center'],
      obstacles: [openSummons],
      source: '人民调解法第二十七条',
    },
  },
});

export type MatterAct = keyof typeof matterLifecycle.table.acts;
