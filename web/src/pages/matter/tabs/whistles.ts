import { defineAsyncComponent } from 'vue';

export const tab = {
  key: 'whistles',
  label: '吹哨',
  order: 40,
  act: 'summons.list-of-matter',
  component: defineAsyncComponent(() => import('@/pages/whistles/WhistlesTab.vue')),
};
