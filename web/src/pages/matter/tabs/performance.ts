import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'performance',
  label: '履行',
  order: 65,
  act: 'performance.read',
  component: () => import('@/pages/agreement/PerformanceTab.vue'),
};
