import { definePolicies } from '../../platform/auth';
import { ANY_STANDING } from '../disputes';

definePolicies({
  'followups.list': {
    label: '查看回访计划',
    by: ['follow-up-clerk@any', 'supervisor@any', 'duty-leader@any', 'center-director@any', 'superior@any'],
  },
  'followups.read-words': { label: '查看当事人本人的答复', by: ANY_STANDING },
});
