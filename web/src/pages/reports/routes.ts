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
    path: '/reports/prevention',
    component: () => import('./PreventionPage.vue'),
    meta: {
      title: '排查预防',
      // Everybody may ask for the list; the page is for those who keep it and those who report it.
      anyAct: ['prevention.record', 'reports.list'],
      menu: { group: '事项', order: 70, label: '排查预防', icon: 'View' },
    },
  },
  {
    path: '/reports/mappings',
    component: () => import('./StatutoryMappingsPage.vue'),
    meta: {
      title: '统计口径对照',
      act: 'report-mappings.read',
      menu: { group: '领导', order: 48, label: '统计口径对照', icon: 'List' },
    },
  },
  {
    path: '/reports/:id',
    component: () => import('./ReportPage.vue'),
    meta: { title: '报表和报告', act: 'reports.read' },
  },
];
