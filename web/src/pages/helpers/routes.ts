import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/helping',
    component: () => import('./OwnHelpingPage.vue'),
    meta: {
      title: '我的代办',
      act: 'helpers.list-own',
      menu: { group: '工作台', order: 30, label: '我的代办', icon: 'User' },
    },
  },
];
