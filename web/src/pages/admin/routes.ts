import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/admin/accounts',
    component: () => import('./AccountsPage.vue'),
    meta: {
      title: '人员与岗位',
      act: 'identity.list-accounts',
      menu: { group: '管理', order: 10, label: '人员与岗位', icon: 'User' },
    },
  },
  {
    path: '/admin/organizations',
    component: () => import('./OrganizationsPage.vue'),
    meta: {
      title: '机构与入驻',
      act: 'organizations.add-unit',
      menu: { group: '管理', order: 20, label: '机构与入驻', icon: 'OfficeBuilding' },
    },
  },
  {
    path: '/admin/seals',
    component: () => import('./SealsPage.vue'),
    meta: {
      title: '印章与证书',
      act: 'seals.list',
      menu: { group: '管理', order: 30, label: '印章与证书', icon: 'Stamp' },
    },
  },
  {
    path: '/admin/glyphs',
    component: () => import('./GlyphsPage.vue'),
    meta: {
      title: '生僻字字形',
      act: 'glyph-pictures.list',
      menu: { group: '管理', order: 35, label: '生僻字字形', icon: 'EditPen' },
    },
  },
  {
    path: '/admin/audit',
    component: () => import('./AuditPage.vue'),
    meta: {
      title: '操作日志',
      act: 'audit.search',
      menu: { group: '管理', order: 40, label: '操作日志', icon: 'Tickets' },
    },
  },
];
