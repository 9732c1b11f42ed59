import type { Grant } from '../../kernel';
import { definePolicies } from '../../platform/auth';

/** Those who keep what a center may set for itself, as with its phrases. */
export const KEEPERS: readonly Grant[] = ['system-admin@any', 'dispatcher@center', 'duty-leader@center'];

definePolicies({
  'dictionaries.list': { label: '查看字典', by: ['everyone@self'] },
  'local-types.list': { label: '查看本地小类', by: ['everyone@self'] },
  'local-types.add': { label: '增加本地小类', by: KEEPERS },
  'local-types.rename': { label: '改名', by: KEEPERS },
  'local-types.order': { label: '调整本地小类的次序', by: KEEPERS },
  'local-types.stop': { label: '停用', by: KEEPERS },
  'local-types.resume': { label: '恢复使用', by: KEEPERS },
});
