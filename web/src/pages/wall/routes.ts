import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/wall',
    component: () => import('./WallPage.vue'),
    meta: {
      title: '大屏',
      act: 'statistics.wall',
      isBare: true,
      isForPassersBy: true,
      menu: { group: '领导', order: 60, label: '大屏', icon: 'Monitor' },
    },
  },
];
