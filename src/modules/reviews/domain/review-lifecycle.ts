import { defineLifecycle, type Grant, type Obstacle } from '../../../kernel';

export const REVIEW_STATES = {
  drawn: '待评查',
  reviewed: '待答复',
  answered: '待复核',
  closed: '已办结',
  cancelled: '已取消',
} as const;
export type ReviewState = keyof typeof REVIEW_STATES;

export interface ReviewSnapshot {
  readonly state: ReviewState;
  readonly isReviewer: boolean;
}

type O = Obstacle<ReviewSnapshot>;

const notReviewer: O = {
  code: 'not-reviewer',
  message: '这一卷指定由他人评查。需要调整的，请督办员或者中心主任另行指定评查人。',
  blocks: ({ isReviewer }) => !isReviewer,
};

/** Those of the center's desk who read files and handle none. */
export const REVIEWERS: readonly Grant[] = ['supervisor@center', 'archivist@center', 'duty-leader@center'];
/** Those who answer for a file: the handler, or the head of its committee. */
export const ANSWERING: readonly Grant[] = ['mediator@assigned', 'committee-director@committee'];

export const reviewLifecycle = defineLifecycle<ReviewSnapshot>()({
  name: 'reviews',
  label: '卷宗评查',
  states: REVIEW_STATES,
  initial: 'drawn',
  final: ['closed', 'cancelled'],
  acts: {
    draw: { label: '抽取卷宗', from: [], to: 'drawn', by: [], internal: true },
    assign: {
      label: '指定评查人',
      from: ['drawn'],
      to: 'same',
      by: ['supervisor@center', 'center-director@center'],
    },
    mark: {
      label: '评查打分',
      from: ['drawn'],
      to: ['reviewed', 'closed'],
      by: REVIEWERS,
      obstacles: [notReviewer],
    },
    answer: { label: '答复评查意见', from: ['reviewed'], to: 'answered', by: ANSWERING },
    return: {
      label: '退回答复',
      from: ['answered'],
      to: 'reviewed',
      by: REVIEWERS,
      obstacles: [notReviewer],
    },
    close: { label: '办结评查', from: ['answered'], to: 'closed', by: REVIEWERS, obstacles: [notReviewer] },
    cancel: { label: '取消评查', from: ['drawn'], to: 'cancelled', by: [], internal: true },
  },
});
