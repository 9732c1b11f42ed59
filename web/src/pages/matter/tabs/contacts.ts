import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'contacts',
  label: '联系记录',
  order: 35,
  act: 'parties.read-contacts',
  component: () => import('../parties/ContactsTab.vue'),
};
