import { definePolicies } from '../../platform/auth';
import { ANYWHERE } from '../disputes';

definePolicies({
  'search.find': { label: '查找事项', by: ANYWHERE },
});
