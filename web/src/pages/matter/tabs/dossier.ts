import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'dossier',
  label: '卷宗',
  order: 88,
  act: 'dossiers.read',
  component: () => import('../dossier/DossierTab.vue'),
};
