import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/exports',
    component: () => import('./ExportsPage.vue'),
    meta: {
      title: '下载中心',
      act: 'exchange.export-matters',
      menu: { group: '事项', order: 90, label: '下载中心', icon: 'Collection' },
    },
  },
];
