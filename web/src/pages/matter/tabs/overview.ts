import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'overview',
  label: '概况',
  order: 10,
  component: () => import('../overview/OverviewTab.vue'),
};
