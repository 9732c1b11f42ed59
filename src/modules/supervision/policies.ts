import type { Grant, Role } from '../../kernel';
import { definePolicies, definePoliciesOf } from '../../platform/auth';
import { ANY_STANDING } from '../disputes';
import { supervisionLifecycle } from './domain/supervision-lifecycle';

/** Who watches over what is late: those who may urge. */
export const WATCHERS = [
  'center-director',
  'superior',
  'supervisor',
  'duty-leader',
  'dispatcher',
] as const satisfies readonly Role[];
/** Those of the watchers who read the matter itself; a leader's order is printed by them. */
const PRINTED_BY: readonly Grant[] = ['supervisor@center', 'duty-leader@center', 'dispatcher@center'];
const anywhere = (roles: readonly Role[]): Grant[] => roles.map((role): Grant => `${role}@any`);

definePoliciesOf(supervisionLifecycle);
definePolicies({
  'supervisions.watch': { label: '查看红黄灯清单', by: anywhere(WATCHERS) },
  'supervisions.list-centers': { label: '查看所管的中心', by: anywhere(WATCHERS) },
  'supervisions.read-morning': { label: '查看每日晨报', by: anywhere(WATCHERS) },
  'supervisions.list': {
    label: '查看督办台账',
    by: anywhere([
      ...WATCHERS,
      'intake-clerk',
      'mediator',
      'recorder',
      'committee-director',
      'grid-worker',
      'agency-liaison',
      'agency-handler',
    ]),
  },
  'supervisions.list-of-matter': { label: '查看事项的督办', by: ANY_STANDING },
  'supervisions.list-deadlines': { label: '查看期限台账', by: ANY_STANDING },
  'supervisions.read': {
    label: '查看督办',
    by: [...ANY_STANDING, 'agency-liaison@agency', 'agency-handler@agency'],
  },
  'supervisions.print-urging': { label: '出具催办函', by: PRINTED_BY, internal: true },
  'supervisions.print-order': { label: '出具督办单', by: PRINTED_BY, internal: true },
});
