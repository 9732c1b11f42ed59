import { type Obstacle, defineLifecycle } from '../../../kernel';

/** States of an issued paper (文书). What was issued is never changed; only its standing is. */
export const PAPER_STATES = {
  final: '已出具',
  sealed: '已盖章',
  voided: '已作废',
  superseded: '已被替代',
} as const;
export type PaperState = keyof typeof PAPER_STATES;

export interface PaperFacts {
  readonly state: PaperState;
  readonly committeeId: string | null;
  /** The module's thing that alone seals and voids the paper; null when the paper stands for itself. */
  readonly governedBy: string | null;
}

const governed: Obstacle<PaperFacts> = {
  code: 'governed',
  message: '该文书随所属业务（例如协议、吹哨单）一起办理。请在该业务中盖章或作废，文书随之变更。',
  blocks: (s) => s.governedBy !== null,
};

/** The lifecycle of an issued paper. */
export const paperLifecycle = defineLifecycle<PaperFacts>()({
  name: 'papers',
  label: '文书',
  states: PAPER_STATES,
  initial: 'final',
  final: ['voided', 'superseded'],
  acts: {
    issue: {
      label: '出具文书',
      from: [],
      to: ['final', 'sealed'],
      by: [
        'guide@center',
        'intake-clerk@center',
        'dispatcher@center',
        'duty-leader@center',
        'supervisor@center',
        'follow-up-clerk@center',
        'archivist@center',
        'mediator@assigned',
        'recorder@assigned',
        'committee-director@committee',
        'grid-worker@unit',
      ],
    },
    seal: {
      label: '加盖调委会印章',
      from: ['final'],
      to: 'sealed',
      by: ['committee-director@committee'],
      obstacles: [
        {
          code: 'no-committee',
          message: '该文书不是由人民调解委员会出具的，不能加盖调委会印章。',
          blocks: (s) => s.committeeId === null,
        },
        governed,
      ],
      source: '人民调解法第二十九条',
    },
    void: {
      label: '作废文书',
      from: ['final', 'sealed'],
      to: 'voided',
      by: ['dispatcher@center', 'duty-leader@center', 'mediator@assigned', 'committee-director@committee'],
      obstacles: [governed],
    },
    withdraw: { label: '随业务作废文书', from: ['final', 'sealed'], to: 'voided', by: [], internal: true },
    supersede: { label: '以新文书替代', from: ['final', 'sealed'], to: 'superseded', by: [], internal: true },
  },
});
