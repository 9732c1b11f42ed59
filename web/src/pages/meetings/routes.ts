import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/meetings/:id',
    component: () => import('./MeetingPage.vue'),
    meta: { title: '会商', act: 'meetings.read' },
  },
  {
    path: '/meetings/:id/sign-in',
    component: () => import('./MeetingSignInScreen.vue'),
    meta: { title: '会商签到', act: 'meetings.show-sign-in-code', isBare: true },
  },
  {
    path: '/agency/meetings',
    component: () => import('./OwnMeetingsPage.vue'),
    meta: {
      title: '会商和任务',
      act: 'meetings.list-own',
      menu: { group: '部门', order: 20, label: '会商和任务', icon: 'Tickets' },
    },
  },
  {
    path: '/agency/meetings/:id',
    component: () => import('./OwnMeetingPage.vue'),
    meta: { title: '会商', act: 'meetings.read-own' },
  },
];
