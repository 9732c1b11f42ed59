import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/visits',
    component: () => import('./VisitsPage.vue'),
    meta: {
      title: '回访计划',
      act: 'followups.list',
      menu: { group: '事项', order: 50, label: '回访计划', icon: 'Calendar' },
    },
  },
];
