import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'sessions',
  label: '调解会',
  order: 50,
  act: 'sessions.read',
  component: () => import('@/pages/sessions/SessionsTab.vue'),
};
