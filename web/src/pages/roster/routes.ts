import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/roster',
    component: () => import('./RosterPage.vue'),
    meta: {
      title: '值班表',
      act: 'roster.read',
      menu: { group: '部门', order: 80, label: '值班表', icon: 'Calendar' },
    },
  },
];
