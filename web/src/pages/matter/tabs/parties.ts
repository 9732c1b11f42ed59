import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'parties',
  label: '当事人',
  order: 30,
  act: 'parties.list',
  component: () => import('../parties/PartiesTab.vue'),
};
