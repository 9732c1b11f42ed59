import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/subsidies',
    component: () => import('./SubsidiesPage.vue'),
    meta: {
      title: '以案定补',
      act: 'subsidy-lists.list',
      menu: { group: '领导', order: 55, label: '以案定补', icon: 'Wallet' },
    },
  },
  {
    path: '/subsidies/:id',
    component: () => import('./SubsidyListPage.vue'),
    meta: { title: '以案定补名单', act: 'subsidy-lists.read' },
  },
];
