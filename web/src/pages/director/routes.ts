import type { RouteRecordRaw } from 'vue-router';

export const routes: readonly RouteRecordRaw[] = [
  {
    path: '/director/morning',
    component: () => import('./MorningPage.vue'),
    meta: {
      title: '每日晨报',
      act: 'supervisions.read-morning',
      menu: { group: '领导', order: 10, label: '每日晨报', icon: 'Notification' },
    },
  },
  {
    path: '/director/watch-list',
    component: () => import('./WatchPage.vue'),
    meta: {
      title: '红黄灯清单',
      act: 'supervisions.watch',
      menu: { group: '领导', order: 20, label: '红黄灯清单', icon: 'Warning' },
    },
  },
  {
    path: '/supervisions',
    component: () => import('./SupervisionsPage.vue'),
    meta: {
      title: '督办台账',
      act: 'supervisions.list',
      menu: { group: '领导', order: 30, label: '督办台账', icon: 'Stamp' },
    },
  },
  {
    path: '/director/figures',
    component: () => import('./FiguresPage.vue'),
    meta: {
      title: '统计指标',
      act: 'statistics.read',
      menu: { group: '领导', order: 40, label: '统计指标', icon: 'DataAnalysis' },
    },
  },
  {
    path: '/director/charts',
    component: () => import('./ChartsPage.vue'),
    meta: {
      title: '图表',
      act: 'statistics.read',
      menu: { group: '领导', order: 42, label: '图表', icon: 'TrendCharts' },
    },
  },
];
