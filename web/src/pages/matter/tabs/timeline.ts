import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'timeline',
  label: '办理流程',
  order: 20,
  act: 'disputes.read-events',
  component: () => import('../timeline/TimelineTab.vue'),
};
