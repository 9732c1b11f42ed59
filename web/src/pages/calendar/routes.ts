import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/calendar',
    component: () => import('./CalendarPage.vue'),
    meta: {
      title: '工作日历',
      act: 'calendars.list-years',
      menu: { group: '工作台', order: 95, label: '工作日历', icon: 'Calendar' },
    },
  },
];
