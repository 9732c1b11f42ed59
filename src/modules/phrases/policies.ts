import type { Grant } from '../../kernel';
import { definePolicies } from '../../platform/auth';

const KEEPERS: readonly Grant[] = ['system-admin@any', 'dispatcher@center', 'duty-leader@center'];

definePolicies({
  'phrases.offer': { label: '查看常用语', by: ['everyone@self'] },
  'phrases.list-own': { label: '查看本人的常用语', by: ['everyone@self'] },
  'phrases.keep-own': { label: '修改本人的常用语', by: ['everyone@self'] },
  'phrases.list': { label: '查看中心的常用语', by: KEEPERS },
  'phrases.keep': { label: '修改中心的常用语', by: KEEPERS },
});
