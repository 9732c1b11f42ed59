import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/imports',
    component: () => import('./ImportsPage.vue'),
    meta: {
      title: '旧台账导入',
      act: 'exchange.check-import',
      menu: { group: '事项', order: 95, label: '旧台账导入', icon: 'Tickets' },
    },
  },
  {
    path: '/imports/:id',
    component: () => import('./ImportPage.vue'),
    meta: { title: '旧台账导入', act: 'exchange.check-import' },
  },
];
