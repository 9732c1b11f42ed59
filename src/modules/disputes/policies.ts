import { type Grant } from '../../kernel';
import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { matterLifecycle } from './domain/matter-lifecycle';
import { mediationLifecycle } from './domain/mediation-lifecycle';
import { transferLifecycle } from './domain/transfer-lifecycle';

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
definePoliciesOf(transferLifecycle);
definePolicies({
  'disputes.read': { label: '查看事项', by: ANY_STANDING },
  // Asked within the assessment of risk: no route of its own.
  'disputes.lower-risk': {
    label: '调低风险等级',
    by: ['duty-leader@center', 'center-director@center'],
    internal: true,
  },
});
