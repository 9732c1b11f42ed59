import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { ANSWERING, reviewLifecycle, REVIEWERS } from './domain/review-lifecycle';

definePoliciesOf(reviewLifecycle);
definePolicies({
  'review-rounds.list': {
    label: '查看卷宗评查',
    by: [...REVIEWERS, 'center-director@center', 'superior@subtree'],
  },
  'review-rounds.read': {
    label: '查看一次评查',
    by: [...REVIEWERS, 'center-director@center', 'superior@subtree'],
  },
  'review-rounds.draw': { label: '抽取卷宗评查', by: ['supervisor@center', 'center-director@center'] },
  'review-rounds.cancel': { label: '取消本次评查', by: ['supervisor@center', 'center-director@center'] },
  'review-rounds.list-reviewers': {
    label: '查看可以评查的人员',
    by: ['supervisor@center', 'center-director@center'],
  },
  'review-rounds.export': {
    label: '导出评查结果',
    by: [...REVIEWERS, 'center-director@center', 'superior@subtree'],
  },
  'reviews.read': {
    label: '查看评查表',
    by: [...REVIEWERS, ...ANSWERING, 'recorder@assigned', 'center-director@center', 'superior@subtree'],
  },
  'reviews.list-of-matter': {
    label: '查看事项的评查',
    by: [...REVIEWERS, ...ANSWERING, 'recorder@assigned', 'center-director@center', 'superior@subtree'],
  },
});
