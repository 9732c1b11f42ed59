import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'meetings',
  label: '会商',
  order: 42,
  act: 'meetings.list-of-matter',
  component: () => import('@/pages/meetings/MeetingsTab.vue'),
};
