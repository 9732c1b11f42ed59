import type { Role } from '../kernel';

/** Where a role is held, by the key of the demo organisation. */
export interface DemoStaff {
  readonly loginName: string;
  readonly displayName: string;
  readonly role: Role;
  readonly scope?: string;
  readonly homeOrganization?: string;
}

export const DEMO_PASSWORD = 'Yanshi-2026!';

/** One account per role, and the colleagues whom the six matters need. The first opens all others. */
export const FIRST_ADMINISTRATOR = { loginName: 'anquan', displayName: '杨安' } as const;

export const DEMO_STAFF: readonly DemoStaff[] = [
  { loginName: 'xitong', displayName: '韩统', role: 'system-admin' },
  { loginName: 'shenji', displayName: '朱审', role: 'auditor' },
  { loginName: 'yindao', displayName: '高洁', role: 'guide', scope: 'center' },
  { loginName: 'shouli', displayName: '王敏', role: 'intake-clerk', scope: 'center' },
  { loginName: 'diaodu', displayName: '赵强', role: 'dispatcher', scope: 'center' },
  { loginName: 'zhiban', displayName: '孙丽', role: 'duty-leader', scope: 'center' },
  {
    loginName: 'tiaojie',
    displayName: '刘慧',
    role: 'mediator',
    scope: 'committee',
    homeOrganization: '光明社区居民委员会',
  },
  {
    loginName: 'tiaojie2',
    displayName: '何勇',
    role: 'mediator',
    scope: 'committee',
    homeOrganization: '新城区司法局',
  },
  { loginName: 'jilu', displayName: '郑楠', role: 'recorder', scope: 'committee' },
  { loginName: 'tiaoweihui', displayName: '周岩', role: 'committee-director', scope: 'committee' },
  {
    loginName: 'lianluo',
    displayName: '吴迪',
    role: 'agency-liaison',
    scope: 'agency.0',
    homeOrganization: '新城区征收办',
  },
  {
    loginName: 'chengban',
    displayName: '冯涛',
    role: 'agency-handler',
    scope: 'agency.0',
    homeOrganization: '新城区征收办',
  },
  {
    loginName: 'lianluo2',
    displayName: '陈静',
    role: 'agency-liaison',
    scope: 'agency.1',
    homeOrganization: '新城区自然资源分局',
  },
  {
    loginName: 'lianluo3',
    displayName: '褚宁',
    role: 'agency-liaison',
    scope: 'agency.2',
    homeOrganization: '新城区住建局',
  },
  { loginName: 'duban', displayName: '卫东', role: 'supervisor', scope: 'center' },
  { loginName: 'huifang', displayName: '蒋雪', role: 'follow-up-clerk', scope: 'center' },
  { loginName: 'dangan', displayName: '沈文', role: 'archivist', scope: 'center' },
  { loginName: 'zhuren', displayName: '韩梅', role: 'center-director', scope: 'center' },
  { loginName: 'shangji', displayName: '许林', role: 'superior', scope: 'center' },
  { loginName: 'wangge', displayName: '云娜', role: 'grid-worker', scope: 'grid' },
];
