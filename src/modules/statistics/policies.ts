import type { Grant, Role } from '../../kernel';
import { definePolicies } from '../../platform/auth';

/** Whose work the figures are: leaders and those who oversee. */
export const FIGURE_READERS = [
  'center-director',
  'superior',
  'supervisor',
  'duty-leader',
] as const satisfies readonly Role[];
const by: Grant[] = FIGURE_READERS.map((role): Grant => `${role}@any`);

definePolicies({
  'statistics.read-definitions': { label: '查看指标口径', by: ['everyone@self'] },
  'statistics.read': { label: '查看统计指标', by },
  'statistics.list-matters': { label: '查看指标背后的事项', by },
  'statistics.export': { label: '导出统计', by },
});
