import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/phrases',
    component: () => import('./PhrasesPage.vue'),
    meta: {
      title: '常用语',
      act: 'phrases.list-own',
      menu: { group: '工作台', order: 90, label: '常用语', icon: 'EditPen' },
    },
  },
];
