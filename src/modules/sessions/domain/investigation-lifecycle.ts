import { type Grant, type Obstacle, defineLifecycle } from '../../../kernel';

/** States of an investigation record (调查记录). */
export const INVESTIGATION_STATES = {
  draft: '记录中',
  confirmed: '被调查人已核对',
  superseded: '已有新版本',
  narrowed: '已改为更小的可见范围',
  discarded: '已作废',
} as const;
export type InvestigationState = keyof typeof INVESTIGATION_STATES;

export interface InvestigationSnapshot {
  readonly state: InvestigationState;
  readonly endedAt: Date | null;
  readonly entries: number;
  /** A later version of it is being written. */
  readonly isBeingAmended: boolean;
}

type O = Obstacle<InvestigationSnapshot>;

const empty: O = {
  code: 'empty',
  message: '调查记录还没有内容，不能核对。请先记录问答。',
  blocks: (s) => s.entries === 0,
};
const notEnded: O = {
  code: 'not-ended',
  message: '还没有填写调查结束时间。请先填写。',
  blocks: (s) => s.endedAt === null,
};
const beingAmended: O = {
  code: 'being-amended',
  message: '该记录的更正版本正在记录中。请先完成或作废更正版本。',
  blocks: (s) => s.isBeingAmended,
};

const CONDUCTING: readonly Grant[] = ['mediator@assigned', 'recorder@assigned'];

/** The lifecycle of an investigation record: never edited after the person heard has confirmed it, only amended. */
export const investigationLifecycle = defineLifecycle<InvestigationSnapshot>()({
  name: 'investigations',
  label: '调查记录',
  states: INVESTIGATION_STATES,
  initial: 'draft',
  final: ['superseded', 'narrowed', 'discarded'],
  acts: {
    open: { label: '开始调查记录', from: [], to: 'draft', by: CONDUCTING },
    write: { label: '记录问答', from: ['draft'], to: 'same', by: CONDUCTING },
    confirm: { label: '被调查人核对', from: ['draft'], to: 'confirmed', by: CONDUCTING, obstacles: [notEnded, empty] },
    amend: { label: '更正调查记录', from: ['confirmed'], to: 'same', by: CONDUCTING, obstacles: [beingAmended] },
    supersede: { label: '由新版本取代', from: ['confirmed'], to: 'superseded', by: [], internal: true },
    narrow: {
      label: '缩小可见范围',
      from: ['draft', 'confirmed'],
      to: 'narrowed',
      by: CONDUCTING,
      obstacles: [beingAmended],
    },
    discard: { label: '作废未核对的记录', from: ['draft'], to: 'discarded', by: CONDUCTING },
  },
});

export type InvestigationAct = keyof typeof investigationLifecycle.table.acts;
