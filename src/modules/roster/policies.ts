import type { Grant } from '../../kernel';
import { definePolicies } from '../../platform/auth';

/** The center arranges who serves there; an agency says who of its own comes. */
const KEEPERS: readonly Grant[] = [
  'duty-leader@center',
  'dispatcher@center',
  'center-director@center',
  'agency-liaison@agency',
];

definePolicies({
  'roster.read': { label: '查看值班表', by: ['everyone@self'] },
  'roster.change-duty': { label: '登记值班变动', by: KEEPERS },
  'roster.withdraw-change': { label: '撤销值班变动', by: KEEPERS },
});
