import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/admin/messages',
    component: () => import('./MessagesPage.vue'),
    meta: {
      title: '消息发送',
      act: 'messages.list-deliveries',
      menu: { group: '管理', order: 38, label: '消息发送', icon: 'Notification' },
    },
  },
  {
    path: '/message-settings',
    component: () => import('./ContactPage.vue'),
    meta: {
      title: '消息接收',
      act: 'notifications.read-contact',
      menu: { group: '工作台', order: 96, label: '消息接收', icon: 'Bell' },
    },
  },
];
