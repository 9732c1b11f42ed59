import { definePolicies } from '../../platform/auth';

definePolicies({
  'operations.live': { label: '存活检查', by: ['public'] },
  'operations.ready': { label: '就绪检查', by: ['public'] },
});
