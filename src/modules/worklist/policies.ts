import { definePolicies } from '../../platform/auth';
import { ANY_STANDING } from '../disputes';

definePolicies({
  // One's own lists: the audiences of an account decide what is on them, row security which matters there are.
  'worklist.list': { label: '查看工作列表', by: ['everyone@self'] },
  'worklist.count': { label: '查看工作列表数量', by: ['everyone@self'] },
  'worklist.read-standing': { label: '查看事项的时限和下一步', by: ANY_STANDING },
  'worklist.copy': { label: '抄送', by: ANY_STANDING },
  'worklist.list-copies': { label: '查看抄送记录', by: ANY_STANDING },
});
