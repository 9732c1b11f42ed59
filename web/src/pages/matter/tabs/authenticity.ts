import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'authenticity',
  label: '真实性',
  order: 97,
  act: 'authenticity.read-of-matter',
  component: () => import('@/pages/alarms/AlarmsTab.vue'),
};
