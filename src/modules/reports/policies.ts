import type { Grant, Role } from '../../kernel';
import { definePolicies } from '../../platform/auth';

/** Who reads what a center reports. */
export const REPORT_READERS = [
  'center-director',
  'superior',
  'supervisor',
  'duty-leader',
] as const satisfies readonly Role[];
const readers: readonly Grant[] = [
  'center-director@subtree',
  'superior@subtree',
  'supervisor@center',
  'duty-leader@center',
];
/** A superior reports for the own level as a director does. */
const MAKERS: readonly Grant[] = ['center-director@center', 'superior@center'];

/** Who notes what was looked into and prevented. */
export const PREVENTION_KEEPERS = [
  'center-director',
  'duty-leader',
  'dispatcher',
  'intake-clerk',
] as const satisfies readonly Role[];
const keepers: readonly Grant[] = [
  ...PREVENTION_KEEPERS.map((role): Grant => `${role}@center`),
  'committee-director@committee',
];

definePolicies({
  'reports.list': { label: '查看统计报表和报告', by: REPORT_READERS.map((role): Grant => `${role}@any`) },
  'reports.read': { label: '查看统计报表和报告', by: readers },
  'reports.list-cases': { label: '查看报表数字背后的事项', by: readers },
  'reports.explain': { label: '查看定稿后的变化', by: readers },
  'reports.download': { label: '下载统计报表和报告', by: readers },
  'reports.begin': { label: '新建统计报表和报告', by: MAKERS },
  'reports.edit': { label: '修改报告文字', by: MAKERS },
  'reports.freeze': { label: '定稿', by: MAKERS },
  'report-mappings.read': {
    label: '查看统计口径对照',
    by: [...REPORT_READERS.map((role): Grant => `${role}@any`), 'system-admin@any'],
  },
  'report-mappings.change': { label: '修改统计口径对照', by: ['center-director@center', 'system-admin@any'] },
  'prevention.list': { label: '查看排查预防记录', by: ['everyone@self'] },
  'prevention.record': { label: '登记排查预防', by: keepers },
  'prevention.withdraw': { label: '撤销排查预防记录', by: keepers },
});
