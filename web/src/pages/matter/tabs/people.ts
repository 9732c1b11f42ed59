import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'people',
  label: '调解人员',
  order: 40,
  act: 'assignments.read',
  component: () => import('../people/PeopleTab.vue'),
};
