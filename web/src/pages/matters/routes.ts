import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/matters',
    component: () => import('./MattersPage.vue'),
    meta: {
      title: '全部事项',
      act: 'disputes.list',
      menu: { group: '事项', order: 10, label: '全部事项', icon: 'Tickets' },
    },
  },
];
