import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'circulation',
  label: '告知与流转',
  order: 45,
  act: 'disputes.read-course',
  component: () => import('../circulation/CirculationTab.vue'),
};
