import { definePolicies } from '../../platform/auth';

definePolicies({
  'audit.search': { label: '查询操作日志', by: ['auditor@any'] },
  'audit.verify': { label: '核验操作日志', by: ['auditor@any'] },
});
