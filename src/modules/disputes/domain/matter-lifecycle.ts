import { type Obstacle, defineLifecycle } from '../../../kernel';
import type { MatterFacts } from './matter-facts';
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

/** What the table needs to know of a matter. */
export interface MatterSnapshot {
  readonly state: MatterState;
  readonly mediationState: MediationState | null;
  readonly nature: string | null;
  readonly isSealed: boolean;
  readonly committeeId: string | null;
  readonly handlerAccountId: string | null;
  readonly hasOpenTransfer: boolean;
  readonly facts: MatterFacts;
}

type O = Obstacle<MatterSnapshot>;

const openSummons: O = {
  code: 'open-summons',
  message: '还有吹哨任务没有闭合，不能办结。请先由中心确认反馈，或说明理由撤哨。',
  blocks: (s) => s.facts.openSummons > 0,
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
  blocks: (s) =>
    s.mediationState !== null && !['terminated', 'withdrawn', 'performed', 'performing', 'effective', 'oral-agreed', 'refused', 'unreachable'].includes(s.mediationState),
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
  blocks: (s) => s.hasOpenTransfer,
};

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
    triage: {
      label: '研判',
      from: ['registered', 'triaged', 'reopened'],
      to: 'triaged',
      by: ['dispatcher@center', 'duty-leader@center'],
    },
    'not-accept': {
      label: '不予受理',
      from: ['triaged'],
      to: 'not-accepted',
      by: ['duty-leader@center'],
    },
    accept: {
      label: '受理',
      from: ['triaged', 'handed-off'],
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
      obstacles: [openTransfer],
    },
    begin: { label: '开始办理', from: ['accepted'], to: 'in-progress', by: [], internal: true },
    answer: {
      label: '答复',
      from: ['triaged', 'in-progress'],
      to: 'answered',
      by: ['intake-clerk@center', 'dispatcher@center', 'grid-worker@unit'],
      obstacles: [mediationOpen, openSummons],
    },
    refer: {
      label: '引导至法定途径',
      from: ['triaged'],
      to: 'referred',
      by: ['intake-clerk@center', 'dispatcher@center'],
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
      obstacles: [openTransfer],
    },
    'hand-off': {
      label: '移送',
      from: ['triaged', 'in-progress', 'closed'],
      to: 'handed-off',
      by: ['dispatcher@center', 'duty-leader@center'],
      obstacles: [mediationOpen],
    },
    'sign-transfer': { label: '签收流转单', from: ['sent-down', 'sent-up', 'handed-off'], to: 'same', by: ['dispatcher@center', 'duty-leader@center', 'intake-clerk@center', 'grid-worker@unit'] },
    'return-transfer': { label: '退回流转单', from: ['sent-down', 'sent-up', 'handed-off'], to: 'triaged', by: ['dispatcher@center', 'duty-leader@center', 'grid-worker@unit'] },
    merge: {
      label: '并案',
      from: ['registered', 'triaged', 'accepted', 'in-progress', 'reopened'],
      to: 'merged',
      by: ['dispatcher@center', 'duty-leader@center'],
      obstacles: [openSummons, openSessions, pendingAgreement],
    },
    unmerge: { label: '撤销并案', from: ['merged'], to: ['registered', 'triaged', 'accepted', 'in-progress', 'reopened'], by: ['dispatcher@center', 'duty-leader@center'] },
    seal: { label: '设为封存', from: ['registered', 'triaged', 'accepted', 'in-progress', 'reopened', 'closed'], to: 'same', by: ['duty-leader@center', 'dispatcher@center', 'center-director@center'], obstacles: [{ code: 'already-sealed', message: '该事项已经封存。', blocks: (s) => s.isSealed }] },
    unseal: { label: '解除封存', from: ['registered', 'triaged', 'accepted', 'in-progress', 'reopened', 'closed', 'followed-up', 'archived'], to: 'same', by: ['center-director@center'], obstacles: [{ code: 'not-sealed', message: '该事项没有封存。', blocks: (s) => !s.isSealed }] },
    close: {
      label: '办结',
      from: ['accepted', 'in-progress', 'answered', 'referred', 'not-accepted', 'handed-off'],
      to: 'closed',
      by: ['duty-leader@center', 'center-director@center', 'dispatcher@center'],
      obstacles: [openSummons, openSessions, pendingAgreement, mediationOpen, unperformed],
    },
    reopen: { label: '重启', from: ['closed', 'followed-up', 'archived'], to: 'reopened', by: ['center-director@center'] },
    'follow-up': { label: '回访', from: ['closed'], to: 'followed-up', by: ['follow-up-clerk@center'] },
    archive: { label: '归档', from: ['closed', 'followed-up'], to: 'archived', by: ['archivist@center'], obstacles: [openSummons] },
  },
});

export type MatterAct = keyof typeof matterLifecycle.table.acts;
