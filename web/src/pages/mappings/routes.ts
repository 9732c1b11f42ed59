import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/exchange/mappings',
    component: () => import('./MappingsPage.vue'),
    meta: {
      title: '报送对照',
      act: 'exchange.read-mappings',
      menu: { group: '事项', order: 92, label: '报送对照', icon: 'Document' },
    },
  },
];
