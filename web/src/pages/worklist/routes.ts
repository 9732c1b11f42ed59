import type { RouteRecordRaw } from 'vue-router';
import { keptFilter } from './filters';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/worklist',
    component: () => import('./WorklistPage.vue'),
    // One who opens the list anew finds it as they left it; an address with a query is taken at its word.
    beforeEnter: (to) => {
      const query = keptFilter();
      const isPlain = Object.keys(to.query).length === 0 && Object.keys(query).length > 0;
      return isPlain ? { path: to.path, query, replace: true } : true;
    },
    meta: {
      title: '工作列表',
      act: 'worklist.list',
      menu: { group: '工作台', order: 10, label: '工作列表', icon: 'List' },
    },
  },
];
