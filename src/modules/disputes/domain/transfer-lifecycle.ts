import { type Obstacle, defineLifecycle } from '../../../kernel';

/** States of a transfer (流转单). */
export const TRANSFER_STATES = {
  sent: '待签收',
  signed: '已签收',
  objected: '异议待裁定',
  completed: '已反馈结果',
  returned: '已退回',
  withdrawn: '已撤回',
} as const;
export type TransferState = keyof typeof TRANSFER_STATES;

export interface TransferSnapshot {
  readonly state: TransferState;
  readonly kind: 'send-down' | 'send-up' | 'hand-off';
  /** The sender ruled on an objection and designated the receiver: from then on it cannot come back. */
  readonly isDesignated: boolean;
  readonly hasObjected: boolean;
}

type O = Obstacle<TransferSnapshot>;

const handedOff: O = {
  code: 'outside-organ',
  message: '移送给外单位的流转单由本中心登记回执和结果，不能在系统内签收或提出异议。',
  blocks: (s) => s.kind === 'hand-off',
};
const notHandedOff: O = {
  code: 'inside-receiver',
  message: '下派或上报的流转单由接收单位签收、反馈，本单位不能代为登记。',
  blocks: (s) => s.kind !== 'hand-off',
};
const sentUp: O = {
  code: 'sent-up',
  message: '上级对上报事项没有异议程序。不属上级办理的，请签收后说明理由退回。',
  blocks: (s) => s.kind === 'send-up',
};
const objectedOnce: O = {
  code: 'objected-once',
  message: '异议只能提出一次，已经裁定由本单位承办。请签收办理。',
  blocks: (s) => s.hasObjected,
};
const designated: O = {
  code: 'designated',
  message: '经裁定指定承办的，不得再退回。请办理并反馈结果。',
  blocks: (s) => s.isDesignated,
};

const RECEIVER = ['intake-clerk@center', 'dispatcher@center', 'duty-leader@center', 'grid-worker@unit'] as const;
const SENDER = ['dispatcher@center', 'duty-leader@center', 'grid-worker@unit'] as const;

/** The lifecycle of a transfer: signed for or objected to once; ruled on; answered, returned or withdrawn. */
export const transferLifecycle = defineLifecycle<TransferSnapshot>()({
  name: 'transfers',
  label: '流转单',
  states: TRANSFER_STATES,
  initial: 'sent',
  final: ['completed', 'returned', 'withdrawn'],
  acts: {
    send: { label: '发出流转单', from: [], to: 'sent', by: [], internal: true },
    sign: { label: '签收流转单', from: ['sent'], to: 'signed', by: [...RECEIVER], obstacles: [handedOff] },
    object: {
      label: '对流转提出异议',
      from: ['sent'],
      to: 'objected',
      by: [...RECEIVER],
      obstacles: [handedOff, sentUp, objectedOnce],
      source: '信访工作条例第二十三条',
    },
    rule: {
      label: '裁定流转异议',
      from: ['objected'],
      to: ['sent', 'returned'],
      by: ['dispatcher@center', 'duty-leader@center'],
      source: '信访工作条例第二十三条',
    },
    return: {
      label: '退回流转单',
      from: ['signed'],
      to: 'returned',
      by: [...RECEIVER],
      obstacles: [handedOff, designated],
    },
    withdraw: { label: '撤回流转单', from: ['sent', 'objected'], to: 'withdrawn', by: [...SENDER] },
    complete: { label: '反馈流转结果', from: ['signed'], to: 'completed', by: [...RECEIVER], obstacles: [handedOff] },
    'enter-receipt': {
      label: '登记移送回执',
      from: ['sent'],
      to: 'signed',
      by: ['dispatcher@center', 'duty-leader@center'],
      obstacles: [notHandedOff],
    },
    'enter-result': {
      label: '登记移送结果',
      from: ['signed'],
      to: 'completed',
      by: ['dispatcher@center', 'duty-leader@center'],
      obstacles: [notHandedOff],
    },
    'enter-return': {
      label: '登记移送退回',
      from: ['sent', 'signed'],
      to: 'returned',
      by: ['dispatcher@center', 'duty-leader@center'],
      obstacles: [notHandedOff],
    },
  },
});
