import type { RouteRecordRaw } from 'vue-router';
import { submissionKey } from '@/api';

export const routes: RouteRecordRaw[] = [
  {
    path: '/intake/new',
    component: () => import('./IntakePage.vue'),
    // Each registration has a draft of its own, named in the address, so that a reload goes on with the very same.
    beforeEnter: (to) =>
      typeof to.query['draft'] === 'string' || { path: to.path, query: { draft: submissionKey().slice(0, 16) } },
    meta: {
      title: '登记',
      act: 'disputes.register',
      menu: { group: '事项', order: 1, label: '登记', icon: 'EditPen' },
    },
  },
  {
    path: '/intake/drafts',
    component: () => import('./DraftsPage.vue'),
    meta: {
      title: '我的草稿',
      act: 'disputes.register',
      menu: { group: '事项', order: 2, label: '我的草稿', icon: 'Document' },
    },
  },
  {
    path: '/intake/:id',
    component: () => import('./RegisteredPage.vue'),
    meta: { title: '登记完成', act: 'disputes.register' },
  },
];
