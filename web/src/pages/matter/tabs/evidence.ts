import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'evidence',
  label: '证据材料',
  order: 85,
  act: 'attachments.list',
  component: () => import('../evidence/EvidenceTab.vue'),
};
