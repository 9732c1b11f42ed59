import { type Grant, type Obstacle, defineLifecycle } from '../../../kernel';
import type { Ring } from './dictionaries';

export const ATTACHMENT_STATES = { kept: '在卷', withdrawn: '已撤下' } as const;
export type AttachmentState = keyof typeof ATTACHMENT_STATES;

/** What the table needs to know of an attachment and its matter. */
export interface AttachmentStanding {
  readonly state: AttachmentState;
  readonly ring: Ring;
  readonly isShareable: boolean;
  /** State of the matter, by the keys of the disputes module. */
  readonly matterState: string;
}

type O = Obstacle<AttachmentStanding>;

const archived: O = {
  code: 'matter-archived',
  message: '该事项已归档，材料不能再改动。确需补充的，请先重启该事项。',
  blocks: (s) => s.matterState === 'archived',
};
const merged: O = {
  code: 'matter-merged',
  message: '该事项已并案，请在主件中上传材料。',
  blocks: (s) => s.matterState === 'merged',
};
const mediatorOnly: O = {
  code: 'mediator-only',
  message: '仅调解员可见的材料不能提供给部门。请先放宽可见范围。',
  blocks: (s) => s.ring === 'mediator',
};
const shared: O = { code: 'already-shared', message: '该材料已经标为可以提供给部门。', blocks: (s) => s.isShareable };
const notShared: O = { code: 'not-shared', message: '该材料没有标为可以提供给部门。', blocks: (s) => !s.isShareable };

const DESK: readonly Grant[] = [
  'guide@center',
  'intake-clerk@center',
  'dispatcher@center',
  'duty-leader@center',
  'mediator@assigned',
  'recorder@assigned',
  'committee-director@committee',
  'grid-worker@unit',
];
const DECIDING: readonly Grant[] = [
  'dispatcher@center',
  'duty-leader@center',
  'mediator@assigned',
  'committee-director@committee',
];

/** The lifecycle of a file in a matter. Nothing is ever deleted: evidence that fell away stays, marked so. */
export const attachmentLifecycle = defineLifecycle<AttachmentStanding>()({
  name: 'attachments',
  label: '材料',
  states: ATTACHMENT_STATES,
  initial: 'kept',
  final: ['withdrawn'],
  acts: {
    upload: { label: '上传材料', from: [], to: 'kept', by: DESK, obstacles: [archived, merged] },
    describe: { label: '补充材料说明', from: ['kept'], to: 'same', by: DESK, obstacles: [archived] },
    'set-ring': { label: '调整可见范围', from: ['kept'], to: 'same', by: DECIDING, obstacles: [archived] },
    share: {
      label: '允许提供给部门',
      from: ['kept'],
      to: 'same',
      by: DECIDING,
      obstacles: [archived, mediatorOnly, shared],
      source: '个人信息保护法第二十三条',
    },
    unshare: { label: '停止提供给部门', from: ['kept'], to: 'same', by: DECIDING, obstacles: [notShared] },
    withdraw: { label: '撤下材料', from: ['kept'], to: 'withdrawn', by: DECIDING, obstacles: [archived] },
  },
});

export type AttachmentAct = keyof typeof attachmentLifecycle.table.acts;
