import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'agreement',
  label: '协议',
  order: 60,
  act: 'agreements.list',
  component: () => import('@/pages/agreement/AgreementTab.vue'),
};
