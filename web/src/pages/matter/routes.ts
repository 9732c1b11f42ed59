import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/matters/:id',
    component: () => import('./MatterPage.vue'),
    meta: {
      title: '事项',
      act: 'disputes.read',
      reads: ({ params: { id }, query: { tab } }) => [
        `/api/disputes/${String(id)}`,
        `/api/disputes/${String(id)}/standing`,
        ...(tab === 'parties' ? [`/api/disputes/${String(id)}/parties`] : []),
      ],
    },
  },
];
