import type { MatterTab } from '../matter-tab';

export const tab: MatterTab = {
  key: 'notes',
  label: '工作笔记',
  order: 90,
  act: 'notes.read',
  component: () => import('../notes/NotesTab.vue'),
};
