import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/alarms',
    component: () => import('./AlarmsPage.vue'),
    meta: {
      title: '真实性提示',
      act: 'authenticity.list',
      menu: { group: '领导', order: 60, label: '真实性提示', icon: 'View' },
    },
  },
];
