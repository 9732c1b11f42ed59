import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/agreements/:id',
    component: () => import('./AgreementPage.vue'),
    meta: { title: '调解协议', act: 'agreements.read' },
  },
  {
    path: '/agreements/:id/tablet',
    component: () => import('./TabletPage.vue'),
    meta: { title: '当场签名', act: 'agreements.sign-on-tablet', isBare: true },
  },
  {
    path: '/performance',
    component: () => import('./PerformancePage.vue'),
    meta: {
      title: '履行台账',
      act: 'performance.record',
      menu: { group: '事项', order: 60, label: '履行台账', icon: 'Wallet' },
    },
  },
  {
    path: '/clauses',
    component: () => import('./ClausesPage.vue'),
    meta: {
      title: '条款库',
      act: 'clauses.add',
      menu: { group: '管理', order: 60, label: '条款库', icon: 'Collection' },
    },
  },
];
