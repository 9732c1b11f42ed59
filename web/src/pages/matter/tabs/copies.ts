import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'copies',
  label: '抄送',
  order: 95,
  act: 'worklist.list-copies',
  component: () => import('@/pages/worklist/CopiesTab.vue'),
};
