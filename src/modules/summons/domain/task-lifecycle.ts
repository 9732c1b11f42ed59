import { type Grant, type Obstacle, defineLifecycle } from '../../../kernel';
import type { TaskRole } from './dictionaries';

/** States of one agency's task under a whistle. Being late is no state: it follows from the clocks. */
export const TASK_STATES = {
  draft: '待签发',
  issued: '已吹哨',
  signed: '已签收',
  objected: '异议待裁定',
  upheld: '异议成立',
  overruled: '指定承办',
  arrived: '已到场',
  handling: '处置中',
  feedback: '已反馈',
  confirmed: '中心确认',
  returned: '退回补办',
  rated: '已评价',
  closed: '已闭合',
  withdrawn: '已撤哨',
} as const;
export type TaskState = keyof typeof TASK_STATES;

/** A matter cannot be closed over a task outside these. */
export const SETTLED_TASK_STATES: readonly TaskState[] = ['upheld', 'rated', 'closed', 'withdrawn'];

export interface TaskSnapshot {
  readonly state: TaskState;
  readonly role: TaskRole;
  readonly attendanceRequired: boolean;
  /** Until when a signed task may be objected to. */
  readonly objectionEndsAt: Date | null;
  /** Until when an unsigned one may. */
  readonly objectionHardStopAt: Date | null;
  /** Other tasks of the same whistle that are not settled. */
  readonly openFellows: number;
  readonly isRatedByParty: boolean;
  /** Until when the score may be appealed against; null while there is none. */
  readonly appealEndsAt: Date | null;
  readonly appeal: 'none' | 'lodged' | 'ruled';
  /** The one who asks gave the center's points. */
  readonly actorRated: boolean;
  /** The act comes with a reason in words. */
  readonly hasReason: boolean;
}

type O = Obstacle<TaskSnapshot>;

const objectionTooLate: O = {
  code: 'objection-too-late',
  message: '提出异议的时限已过。请按吹哨单办理；确有困难的，请与中心调度员联系。',
  blocks: (s, now) => {
    const end = s.state === 'signed' ? s.objectionEndsAt : s.objectionHardStopAt;
    return end !== null && now >= end;
  },
};
const notifyOnly: O = {
  code: 'notify-only',
  message: '知会部门签收即可，无需提出异议。',
  blocks: (s) => s.role === 'notify',
};
const notArrived: O = {
  code: 'not-arrived',
  message: '本哨要求到场。请先到中心扫码签到，再开始处置。',
  blocks: (s) => s.attendanceRequired && s.state !== 'arrived',
};
const noAttendance: O = {
  code: 'no-attendance',
  message: '本哨不要求到场，无需签到，请直接处置。',
  blocks: (s) => !s.attendanceRequired,
};
const reasonNeeded: O = {
  code: 'reason-needed',
  message: '部门已经签收或提出异议，撤哨须说明理由。请填写理由后再办理。',
  blocks: (s) => !['draft', 'issued'].includes(s.state) && !s.hasReason,
};
const leadNeeded: O = {
  code: 'lead-needed',
  message: '协办部门仍在办理，不能只撤主办部门。请撤回整张吹哨单，或先处理协办部门。',
  blocks: (s) => s.role === 'lead' && s.openFellows > 0,
};
const ratedByParty: O = {
  code: 'rated-by-party',
  message: '当事人对该部门的评价已经登记，不能重复登记。',
  blocks: (s) => s.isRatedByParty,
};
const notScored: O = {
  code: 'not-scored',
  message: '知会部门不计分，没有可申诉的考核。',
  blocks: (s) => s.role === 'notify',
};
const appealedBefore: O = {
  code: 'appealed',
  message: '本任务的考核已经申诉过，每项任务限申诉一次。请等待或查看中心的答复。',
  blocks: (s) => s.appeal !== 'none',
};
const appealTooLate: O = {
  code: 'appeal-too-late',
  message: '考核申诉须在评价后五个工作日内提出，时限已过。',
  blocks: (s, now) => s.appealEndsAt === null || now >= s.appealEndsAt,
};
const noAppeal: O = {
  code: 'no-appeal',
  message: '该任务没有待答复的考核申诉。请刷新后查看。',
  blocks: (s) => s.appeal !== 'lodged',
};
const ownRating: O = {
  code: 'own-rating',
  message: '评价由您作出，申诉应由他人答复。请交中心主任或另一位值班长办理。',
  blocks: (s) => s.actorRated,
};
const appealPending: O = {
  code: 'appeal-pending',
  message: '部门的考核申诉尚未答复，不能闭合。请先由中心主任或值班长答复申诉。',
  blocks: (s) => s.appeal === 'lodged',
};

const AGENCY: readonly Grant[] = ['agency-liaison@agency', 'agency-handler@agency'];
const DESK: readonly Grant[] = ['dispatcher@center', 'duty-leader@center', 'center-director@center'];
const RULING: readonly Grant[] = ['dispatcher@center', 'center-director@center'];
/** Who answers for the centre's appraisals. */
const APPRAISAL: readonly Grant[] = ['duty-leader@center', 'center-director@center'];

/** 吹哨任务: the way of one agency, from the whistle to the rating. */
export const taskLifecycle = defineLifecycle<TaskSnapshot>()({
  name: 'summons-tasks',
  label: '吹哨任务',
  states: TASK_STATES,
  initial: 'draft',
  final: ['upheld', 'closed', 'withdrawn'],
  acts: {
    issue: { label: '派发', from: ['draft'], to: 'issued', by: [], internal: true },
    sign: { label: '签收', from: ['issued'], to: ['signed', 'closed'], by: AGENCY },
    contact: {
      label: '登记联系',
      from: ['signed', 'overruled', 'arrived', 'handling', 'returned'],
      to: 'same',
      by: AGENCY,
    },
    object: {
      label: '提出异议',
      from: ['issued', 'signed'],
      to: 'objected',
      by: AGENCY,
      obstacles: [notifyOnly, objectionTooLate],
      source: '《信访工作条例》第二十三条；明确不属职责的可申请退回，研究指定后不得再退',
    },
    uphold: { label: '认定异议成立', from: ['objected'], to: 'upheld', by: RULING },
    overrule: { label: '驳回异议并指定承办', from: ['objected'], to: 'overruled', by: RULING },
    arrive: {
      label: '到场签到',
      from: ['signed', 'overruled', 'arrived', 'handling'],
      to: ['arrived', 'handling'],
      by: AGENCY,
      obstacles: [noAttendance],
    },
    'begin-handling': {
      label: '开始处置',
      from: ['signed', 'overruled', 'arrived'],
      to: 'handling',
      by: AGENCY,
      obstacles: [notArrived],
    },
    attach: { label: '上传反馈材料', from: ['handling', 'returned'], to: 'same', by: AGENCY },
    'feed-back': { label: '书面反馈', from: ['handling', 'returned'], to: 'feedback', by: AGENCY },
    confirm: { label: '确认反馈', from: ['feedback'], to: 'confirmed', by: DESK },
    return: { label: '退回补办', from: ['feedback'], to: 'returned', by: DESK },
    rate: { label: '中心评价', from: ['confirmed'], to: 'rated', by: DESK },
    'rate-by-party': {
      label: '登记当事人评价',
      from: ['confirmed', 'rated', 'closed'],
      to: 'same',
      by: ['follow-up-clerk@center', 'dispatcher@center', 'mediator@assigned'],
      obstacles: [notifyOnly, ratedByParty],
    },
    appeal: {
      label: '考核申诉',
      from: ['rated', 'closed'],
      to: 'same',
      by: AGENCY,
      obstacles: [notScored, appealedBefore, appealTooLate],
    },
    'grant-appeal': {
      label: '认定申诉成立',
      from: ['rated', 'closed'],
      to: 'same',
      by: APPRAISAL,
      obstacles: [noAppeal, ownRating],
    },
    'dismiss-appeal': {
      label: '驳回申诉',
      from: ['rated', 'closed'],
      to: 'same',
      by: APPRAISAL,
      obstacles: [noAppeal, ownRating],
    },
    close: { label: '闭合任务', from: ['rated'], to: 'closed', by: DESK, obstacles: [appealPending] },
    withdraw: {
      label: '撤回对该部门的吹哨',
      from: ['issued', 'signed', 'objected', 'overruled', 'arrived', 'handling', 'returned'],
      to: 'withdrawn',
      by: RULING,
      obstacles: [reasonNeeded, leadNeeded],
    },
    /** Follows from the withdrawal of the whole whistle, drafts included: then no lead is missed. */
    'withdraw-with-summons': {
      label: '随吹哨单撤哨',
      from: ['draft', 'issued', 'signed', 'objected', 'overruled', 'arrived', 'handling', 'feedback', 'returned'],
      to: 'withdrawn',
      by: [],
      internal: true,
      obstacles: [reasonNeeded],
    },
  },
});

export type TaskAct = keyof typeof taskLifecycle.table.acts;
