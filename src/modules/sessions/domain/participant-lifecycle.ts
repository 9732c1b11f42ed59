import { type Grant, defineLifecycle } from '../../../kernel';

/** States of an invitation to take part (邀请参与调解). */
export const PARTICIPANT_STATES = { invited: '已提出邀请', withdrawn: '已撤回邀请' } as const;
export type ParticipantState = keyof typeof PARTICIPANT_STATES;

export interface ParticipantSnapshot {
  readonly state: ParticipantState;
}

const CONDUCTING: readonly Grant[] = [
  'mediator@assigned',
  'recorder@assigned',
  'committee-director@committee',
  'dispatcher@center',
];

/** The lifecycle of an invited participant. Whether all parties agree is asked of their answers, not of a state. */
export const participantLifecycle = defineLifecycle<ParticipantSnapshot>()({
  name: 'participants',
  label: '参与人',
  states: PARTICIPANT_STATES,
  initial: 'invited',
  final: ['withdrawn'],
  acts: {
    invite: { label: '邀请参与人', from: [], to: 'invited', by: CONDUCTING, source: '人民调解法第二十条' },
    'record-consent': {
      label: '登记各方对邀请的意见',
      from: ['invited'],
      to: 'same',
      by: [...CONDUCTING, 'intake-clerk@center'],
      source: '人民调解法第二十条',
    },
    withdraw: { label: '撤回邀请', from: ['invited'], to: 'withdrawn', by: CONDUCTING },
  },
});

export type ParticipantAct = keyof typeof participantLifecycle.table.acts;
