import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/reviews',
    component: () => import('./ReviewsPage.vue'),
    meta: {
      title: '卷宗评查',
      act: 'review-rounds.list',
      menu: { group: '领导', order: 50, label: '卷宗评查', icon: 'Finished' },
    },
  },
  {
    path: '/reviews/rounds/:id',
    component: () => import('./RoundPage.vue'),
    meta: { title: '评查结果', act: 'review-rounds.read' },
  },
  {
    path: '/reviews/:id',
    component: () => import('./ReviewPage.vue'),
    meta: { title: '评查表', act: 'reviews.read' },
  },
];
