import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/reports',
    component: () => import('./ReportsPage.vue'),
    meta: {
      title: '报表和报告',
      act: 'reports.list',
      menu: { group: '领导', order: 45, label: '报表和报告', icon: 'Document' },
    },
  },
  {
    path: '/reports/:id',
    component: () => import('./ReportPage.vue'),
    meta: { title: '报表和报告', act: 'reports.read' },
  },
];
