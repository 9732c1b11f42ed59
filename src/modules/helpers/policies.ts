import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { CONTENT_READERS } from '../disputes';
import { authorityLifecycle } from './domain/authority';

definePoliciesOf(authorityLifecycle);
definePolicies({
  'helpers.list': { label: '查看代办授权', by: CONTENT_READERS },
  'helpers.list-own': { label: '查看本人代办的事项', by: ['grid-worker@any', 'guide@any', 'intake-clerk@any'] },
  'helpers.print': { label: '出具代办授权书', by: authorityLifecycle.table.acts.authorize.by, internal: true },
});
