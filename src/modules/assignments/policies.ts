import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { ANY_STANDING, HANDLERS } from '../disputes';
import { assignmentLifecycle } from './domain/assignment-lifecycle';

definePoliciesOf(assignmentLifecycle);
definePolicies({
  'assignments.read': { label: '查看指派', by: ANY_STANDING },
  'assignments.propose': {
    label: '查看调解员人选',
    by: ['committee-director@committee', 'dispatcher@center', 'intake-clerk@center'],
  },
  'assignments.print-change': {
    label: '出具调解员更换告知书',
    by: HANDLERS,
    internal: true,
  },
});
