import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/hand-overs',
    component: () => import('./HandOversPage.vue'),
    meta: {
      title: '工作交接',
      act: 'hand-overs.list',
      menu: { group: '部门', order: 85, label: '工作交接', icon: 'Tickets' },
    },
  },
  {
    path: '/hand-overs/:id',
    component: () => import('./HandOverPage.vue'),
    meta: { title: '交接清单', act: 'hand-overs.read' },
  },
];
