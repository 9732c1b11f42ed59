import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { ANY_STANDING } from '../disputes';
import { summonsLifecycle } from './domain/summons-lifecycle';
import { taskLifecycle } from './domain/task-lifecycle';

definePoliciesOf(summonsLifecycle);
definePoliciesOf(taskLifecycle);
definePolicies({
  'summons.read': { label: '查看吹哨单', by: ANY_STANDING },
  'summons.list-of-matter': { label: '查看事项的吹哨台账', by: ANY_STANDING },
  'summons.list': {
    label: '查看本中心的吹哨台账',
    by: ['dispatcher@center', 'duty-leader@center', 'supervisor@center', 'center-director@center', 'superior@subtree'],
  },
  'summons.print': {
    label: '出具吹哨单',
    by: ['dispatcher@center', 'duty-leader@center', 'mediator@assigned'],
    internal: true,
  },
  'summons-tasks.list': { label: '查看本部门的吹哨任务', by: ['agency-liaison@agency', 'agency-handler@agency'] },
  'summons-tasks.download': { label: '查阅吹哨材料', by: ['agency-liaison@agency', 'agency-handler@agency'] },
  'summons-tasks.read': { label: '查看吹哨任务', by: ['agency-liaison@agency', 'agency-handler@agency'] },
});
