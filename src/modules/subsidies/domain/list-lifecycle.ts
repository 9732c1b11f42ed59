import { defineLifecycle, type Grant, type Obstacle } from '../../../kernel';

export const LIST_STATES = {
  draft: '草稿',
  checked: '已核对',
  approved: '已审批',
  paid: '已发放',
  cancelled: '已作废',
} as const;
export type ListState = keyof typeof LIST_STATES;

export interface ListSnapshot {
  readonly state: ListState;
  readonly isMaker: boolean;
  readonly isChecker: boolean;
}

type O = Obstacle<ListSnapshot>;

const ownList: O = {
  code: 'own-list',
  message: '名单是您制作的，应由另一人核对、审批。',
  blocks: ({ isMaker }) => isMaker,
};
const ownCheck: O = {
  code: 'own-check',
  message: '名单是您核对的，应由另一人审批。',
  blocks: ({ isChecker }) => isChecker,
};

export const LIST_KEEPERS: readonly Grant[] = ['duty-leader@center', 'supervisor@center', 'archivist@center'];
const DIRECTOR: readonly Grant[] = ['center-director@center'];

/** 以案定补名单: money goes through three hands. */
export const subsidyLifecycle = defineLifecycle<ListSnapshot>()({
  name: 'subsidy-lists',
  label: '以案定补名单',
  states: LIST_STATES,
  initial: 'draft',
  final: ['paid', 'cancelled'],
  acts: {
    make: { label: '生成以案定补名单', from: [], to: 'draft', by: LIST_KEEPERS },
    check: { label: '核对名单', from: ['draft'], to: 'checked', by: LIST_KEEPERS, obstacles: [ownList] },
    approve: {
      label: '审批名单',
      from: ['checked'],
      to: 'approved',
      by: DIRECTOR,
      obstacles: [ownList, ownCheck],
    },
    pay: { label: '登记发放', from: ['approved'], to: 'paid', by: LIST_KEEPERS },
    cancel: {
      label: '作废名单',
      from: ['draft', 'checked', 'approved'],
      to: 'cancelled',
      by: [...LIST_KEEPERS, ...DIRECTOR],
    },
  },
});
