import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'papers',
  label: '文书',
  order: 80,
  act: 'papers.list',
  component: () => import('../papers/PapersTab.vue'),
};
