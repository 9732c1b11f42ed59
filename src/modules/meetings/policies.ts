import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { ANY_STANDING } from '../disputes';
import { meetingLifecycle } from './domain/meeting-lifecycle';
import { meetingTaskLifecycle } from './domain/task-lifecycle';

definePoliciesOf(meetingLifecycle);
definePoliciesOf(meetingTaskLifecycle);
definePolicies({
  'meetings.list-of-matter': { label: '查看事项的会商', by: ANY_STANDING },
  'meetings.read': { label: '查看会商', by: ANY_STANDING },
  'meetings.list-own': { label: '查看本部门的会商和任务', by: ['agency-liaison@agency', 'agency-handler@agency'] },
  'meetings.read-own': { label: '查看本部门参加的会商', by: ['agency-liaison@agency', 'agency-handler@agency'] },
});
