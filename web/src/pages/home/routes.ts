import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/',
    component: () => import('./HomePage.vue'),
    meta: { title: '首页', menu: { group: '工作台', order: 1, label: '首页', icon: 'House' } },
  },
];
