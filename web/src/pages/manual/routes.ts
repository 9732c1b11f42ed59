import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/manual',
    component: () => import('./ManualPage.vue'),
    // Whoever cannot log in reads there what to do about it.
    meta: { title: '使用手册', isPublic: true },
  },
];
