import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/director/agency-scores',
    component: () => import('./ScoresPage.vue'),
    meta: {
      title: '部门响应',
      act: 'agency-scores.list',
      menu: { group: '领导', order: 45, label: '部门响应', icon: 'DataAnalysis' },
    },
  },
  {
    path: '/director/agency-scores/:id',
    component: () => import('./AgencyScorePage.vue'),
    meta: { title: '部门得分', act: 'agency-scores.list' },
  },
  {
    path: '/director/mediator-cards',
    component: () => import('./MediatorCardsPage.vue'),
    meta: {
      title: '调解员评分卡',
      act: 'mediator-cards.list',
      menu: { group: '领导', order: 46, label: '调解员评分卡', icon: 'DataAnalysis' },
    },
  },
  {
    path: '/director/mediator-cards/:id',
    component: () => import('./MediatorCardPage.vue'),
    meta: { title: '评分卡', act: 'mediator-cards.list' },
  },
  {
    path: '/mediator-card',
    component: () => import('./MediatorCardPage.vue'),
    meta: {
      title: '本人评分卡',
      act: 'mediator-cards.appeal',
      menu: { group: '工作台', order: 35, label: '本人评分卡', icon: 'DataAnalysis' },
    },
  },
  {
    path: '/agency/score',
    component: () => import('./AgencyScorePage.vue'),
    meta: {
      title: '本部门得分',
      act: 'summons-tasks.list',
      menu: { group: '部门', order: 20, label: '本部门得分', icon: 'DataAnalysis' },
    },
  },
];
