import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/agency/tasks',
    component: () => import('./TasksPage.vue'),
    meta: {
      title: '吹哨任务',
      act: 'summons-tasks.list',
      menu: { group: '部门', order: 10, label: '吹哨任务', icon: 'Notification' },
    },
  },
  {
    path: '/agency/tasks/:id',
    component: () => import('./TaskPage.vue'),
    meta: { title: '吹哨任务', act: 'summons-tasks.read' },
  },
  {
    // The code on the screen of the room leads here; without one it is typed.
    path: '/arrive/:code?',
    component: () => import('./ArrivePage.vue'),
    meta: {
      title: '到场签到',
      act: 'summons-tasks.find-by-code',
    },
  },
];
