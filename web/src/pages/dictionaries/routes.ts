import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/dictionaries',
    component: () => import('./DictionariesPage.vue'),
    meta: {
      title: '字典',
      act: 'local-types.add',
      menu: { group: '管理', order: 70, label: '字典', icon: 'List' },
    },
  },
];
