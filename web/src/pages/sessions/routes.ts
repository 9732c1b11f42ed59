import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/sessions',
    component: () => import('./CalendarPage.vue'),
    meta: {
      title: '调解会日程',
      anyAct: ['sessions.plan', 'sessions.start'],
      menu: { group: '工作台', order: 30, label: '调解会日程', icon: 'Calendar' },
    },
  },
  {
    path: '/sessions/:id',
    component: () => import('./SessionPage.vue'),
    meta: { title: '调解会', act: 'sessions.read' },
  },
  {
    path: '/investigations/:id',
    component: () => import('./InvestigationPage.vue'),
    meta: { title: '调查记录', act: 'investigations.read' },
  },
  {
    path: '/matters/:id/preparation',
    component: () => import('./PreparationPage.vue'),
    meta: { title: '会前准备单', act: 'preparation.read' },
  },
];
