import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'messages',
  label: '消息',
  order: 96,
  act: 'messages.list-of-matter',
  component: () => import('@/pages/messages/MatterMessagesTab.vue'),
};
