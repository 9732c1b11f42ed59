import type { Grant, Role } from '../../kernel';
import { definePolicies } from '../../platform/auth';

/** Whose work the figures are: leaders and those who oversee. */
export const FIGURE_READERS = [
  'center-director',
  'superior',
  'supervisor',
  'duty-leader',
] as const satisfies readonly Role[];
/** Who may draw the sketch of a center's areas. */
export const DRAWERS: readonly Grant[] = ['center-director@center', 'center-director@subtree', 'system-admin@any'];
const by: Grant[] = FIGURE_READERS.map((role): Grant => `${role}@any`);

definePolicies({
  'statistics.read-definitions': { label: '查看指标口径', by: ['everyone@self'] },
  'statistics.read': { label: '查看统计指标', by },
  'statistics.list-matters': { label: '查看指标背后的事项', by },
  'statistics.wall': { label: '查看大屏', by },
  'statistics.read-map': {
    label: '查看区域示意图',
    by: [
      'center-director@center',
      'center-director@subtree',
      'superior@subtree',
      'supervisor@center',
      'duty-leader@center',
      'system-admin@any',
    ],
  },
  'statistics.draw-map': { label: '画区域示意图', by: DRAWERS },
  'statistics.export': { label: '导出统计', by },
});
