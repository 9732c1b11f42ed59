import type { Grant } from '../../kernel';
import { definePolicies } from '../../platform/auth';

/** Another person than the one who loaded: the second administrator, a director, or the superior. */
const REVIEWERS: readonly Grant[] = ['system-admin@any', 'center-director@any', 'superior@any'];

/** Another person than the one who set the term. */
const RULE_REVIEWERS: readonly Grant[] = ['system-admin@any', 'center-director@center', 'superior@subtree'];

definePolicies({
  'calendars.list-years': { label: '查看工作日历', by: ['everyone@self'] },
  'calendars.read-year': { label: '查看一年的工作日', by: ['everyone@self'] },
  'calendars.load-year': { label: '载入放假安排', by: ['system-admin@any'] },
  'calendars.confirm-notice': { label: '复核启用', by: REVIEWERS },
  'calendars.discard-notice': { label: '不予采用', by: REVIEWERS },
  'calendars.list-recomputations': { label: '查看期限重算记录', by: ['everyone@self'] },
  'calendars.read-recomputation': { label: '查看重算的期限', by: ['everyone@self'] },
  'calendars.read-office-hours': { label: '查看办公时间', by: ['everyone@self'] },
  'calendars.set-office-hours': { label: '设置办公时间', by: ['system-admin@any', 'center-director@center'] },
  'deadline-rules.list': { label: '查看期限规则', by: ['everyone@self'] },
  'deadline-rules.propose': {
    label: '调整期限',
    by: ['system-admin@any', 'center-director@center', 'duty-leader@center'],
  },
  'deadline-rules.confirm': { label: '复核启用', by: RULE_REVIEWERS },
  'deadline-rules.discard': { label: '不予采用', by: RULE_REVIEWERS },
  'calendars.recompute': { label: '重新计算期限', by: ['system-admin@any'], internal: true },
});
