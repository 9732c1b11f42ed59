import { definePolicies } from '../../platform/auth';

definePolicies({
  'identity.log-in': { label: '登录', by: ['public'] },
  'identity.read-self': { label: '查看本人账号', by: ['everyone@self'] },
});
