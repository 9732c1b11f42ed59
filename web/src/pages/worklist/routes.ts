import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/worklist',
    component: () => import('./WorklistPage.vue'),
    meta: {
      title: '工作列表',
      act: 'worklist.list',
      menu: { group: '工作台', order: 10, label: '工作列表', icon: 'List' },
    },
  },
];
