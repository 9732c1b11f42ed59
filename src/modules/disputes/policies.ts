import { type Grant } from '../../kernel';
import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { matterLifecycle } from './domain/matter-lifecycle';
import { mediationLifecycle } from './domain/mediation-lifecycle';

/** Whoever stands in any relation to the matter; row security decides which matters there are for them. */
export const ANY_STANDING: readonly Grant[] = [
  'guide@center',
  'intake-clerk@center',
  'dispatcher@center',
  'duty-leader@center',
  'supervisor@center',
  'follow-up-clerk@center',
  'archivist@center',
  'center-director@center',
  'center-director@subtree',
  'superior@subtree',
  'mediator@assigned',
  'recorder@assigned',
  'committee-director@committee',
  'grid-worker@unit',
];

definePoliciesOf(matterLifecycle);
definePoliciesOf(mediationLifecycle);
definePolicies({
  'disputes.read': { label: '查看事项', by: ANY_STANDING },
});
