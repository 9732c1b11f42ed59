import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/matters/:id',
    component: () => import('./MatterPage.vue'),
    meta: { title: '事项', act: 'disputes.read' },
  },
];
