import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/admin/templates',
    component: () => import('./TemplatesPage.vue'),
    meta: {
      title: '文书模板',
      act: 'templates.list',
      menu: { group: '管理', order: 60, label: '文书模板', icon: 'Document' },
    },
  },
  {
    path: '/admin/templates/:id',
    component: () => import('./TemplatePage.vue'),
    meta: { title: '修改文书模板', act: 'templates.read' },
  },
];
