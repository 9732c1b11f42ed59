import type { Grant } from '../../kernel';
import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { VERIFIERS, alarmLifecycle } from './domain/alarm-lifecycle';

const ANYWHERE: readonly Grant[] = ['center-director@any', 'superior@any', 'supervisor@any'];

definePoliciesOf(alarmLifecycle);
definePolicies({
  'authenticity.list': { label: '查看真实性提示', by: ANYWHERE },
  'authenticity.read-of-matter': { label: '查看事项的真实性提示', by: VERIFIERS },
  'authenticity.check': { label: '核对这件事项', by: VERIFIERS },
});
