import { defineLifecycle } from '../../../kernel';
import type { Capacity } from './dictionaries';

export const ASSIGNMENT_STATES = {
  active: '在任',
  challenged: '当事人要求更换',
  replaced: '已更换',
  ended: '已结束',
} as const;
export type AssignmentState = keyof typeof ASSIGNMENT_STATES;

export interface AssignmentSnapshot {
  readonly state: AssignmentState;
  readonly capacity: Capacity;
}

/** Service of one person on one matter. A challenge cannot be argued away: it leads to a successor or is withdrawn. */
export const assignmentLifecycle = defineLifecycle<AssignmentSnapshot>()({
  name: 'assignments',
  label: '调解员指派',
  states: ASSIGNMENT_STATES,
  initial: 'active',
  final: ['replaced', 'ended'],
  acts: {
    assign: {
      label: '指派调解员',
      from: [],
      to: 'active',
      by: ['committee-director@committee', 'dispatcher@center'],
      source: '人民调解法第十九条：调委会指定，或者由当事人选择',
    },
    disclose: {
      label: '披露利害关系',
      from: ['active', 'challenged'],
      to: 'same',
      by: ['mediator@assigned', 'recorder@assigned', 'committee-director@committee'],
    },
    challenge: {
      label: '要求更换调解员',
      from: ['active'],
      to: 'challenged',
      by: ['mediator@assigned', 'intake-clerk@center', 'dispatcher@center', 'committee-director@committee'],
      source: '人民调解工作若干规定第二十五、二十六条：当事人要求主持人回避的，调委会应当更换',
    },
    'withdraw-challenge': {
      label: '撤回更换要求',
      from: ['challenged'],
      to: 'active',
      by: ['intake-clerk@center', 'dispatcher@center', 'committee-director@committee'],
    },
    replace: {
      label: '更换调解员',
      from: ['active', 'challenged'],
      to: 'replaced',
      by: ['committee-director@committee', 'dispatcher@center'],
    },
    end: {
      label: '结束指派',
      from: ['active', 'challenged'],
      to: 'ended',
      by: ['committee-director@committee', 'dispatcher@center'],
      obstacles: [
        {
          code: 'host-needs-successor',
          message: '主持人不能只结束不接任。请改为“更换调解员”，同时指定接任人。',
          blocks: (s) => s.capacity === 'host',
        },
      ],
    },
  },
});
