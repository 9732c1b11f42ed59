import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'audit',
  label: '操作记录',
  order: 99,
  act: 'disputes.read-audit',
  component: () => import('../audit/AuditTab.vue'),
};
