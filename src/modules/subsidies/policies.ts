import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { LIST_KEEPERS, subsidyLifecycle } from './domain/list-lifecycle';

const READERS = [...LIST_KEEPERS, 'center-director@center', 'superior@subtree'] as const;

definePoliciesOf(subsidyLifecycle);
definePolicies({
  'subsidy-rules.list': { label: '查看以案定补标准', by: READERS },
  'subsidy-rules.set': { label: '设定以案定补标准', by: ['center-director@center'] },
  'subsidy-lists.list': { label: '查看以案定补名单', by: READERS },
  'subsidy-lists.read': { label: '查看一份以案定补名单', by: READERS },
  'subsidy-lists.export': { label: '导出以案定补名单', by: READERS },
});
