import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'whistles',
  label: '吹哨',
  order: 40,
  act: 'summons.list-of-matter',
  component: () => import('@/pages/whistles/WhistlesTab.vue'),
};
