import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/whistles',
    component: () => import('./LedgerPage.vue'),
    meta: {
      title: '吹哨台账',
      act: 'summons.list',
      menu: { group: '事项', order: 40, label: '吹哨台账', icon: 'Notification' },
    },
  },
  {
    path: '/whistles/:id',
    component: () => import('./WhistlePage.vue'),
    meta: { title: '吹哨单', act: 'summons.read' },
  },
  {
    path: '/whistles/:id/sign-in',
    component: () => import('./SignInScreen.vue'),
    meta: { title: '到场签到', act: 'summons.show-sign-in-code', isBare: true },
  },
  {
    path: '/agency-duties',
    component: () => import('./DutyListPage.vue'),
    meta: {
      title: '权责清单',
      act: 'agency-duties.list',
      menu: { group: '部门', order: 90, label: '权责清单', icon: 'Collection' },
    },
  },
];
