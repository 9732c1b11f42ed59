import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'supervisions',
  label: '督办',
  order: 95,
  act: 'supervisions.list-of-matter',
  component: () => import('@/pages/director/SupervisionsTab.vue'),
};
