import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'reviews',
  label: '评查',
  order: 89,
  act: 'reviews.list-of-matter',
  component: () => import('@/pages/reviews/ReviewsTab.vue'),
};
