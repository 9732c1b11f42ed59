import type { Grant } from '../../kernel';
import { definePolicies } from '../../platform/auth';
import { CONTENT_READERS, HANDLERS } from '../disputes';

/** Row security decides of which matters there are rows for them; the administrator sees no matter, only that something went out. */
const LOG_READERS: readonly Grant[] = ['system-admin@any', 'center-director@any', 'duty-leader@any'];
const KEEPERS: readonly Grant[] = ['system-admin@any', 'center-director@center', 'duty-leader@center'];

definePolicies({
  'notifications.list': { label: '查看消息', by: ['everyone@self'] },
  'notifications.count': { label: '查看未读消息数', by: ['everyone@self'] },
  'notifications.mark-read': { label: '标为已读', by: ['everyone@self'] },
  'notifications.mark-all-read': { label: '全部标为已读', by: ['everyone@self'] },
  'notifications.read-contact': { label: '查看本人的消息接收方式', by: ['everyone@self'] },
  'notifications.keep-contact': { label: '设置消息接收方式', by: ['everyone@self'] },
  'messages.list-channels': { label: '查看消息通道', by: ['system-admin@any'] },
  'messages.try-channel': { label: '试发', by: ['system-admin@any'] },
  'messages.list-deliveries': { label: '查看消息记录', by: LOG_READERS },
  'messages.resend': { label: '重新发送', by: LOG_READERS },
  'messages.list-templates': { label: '查看消息模板', by: KEEPERS },
  'messages.preview-template': { label: '预览消息模板', by: KEEPERS },
  'messages.put-template': { label: '启用消息模板', by: KEEPERS },
  'messages.read-quiet-hours': { label: '查看免打扰时段', by: KEEPERS },
  'messages.set-quiet-hours': { label: '设置免打扰时段', by: KEEPERS },
  'messages.list-of-matter': { label: '查看本事项的消息', by: CONTENT_READERS },
  'messages.record-choice': { label: '登记是否接收消息', by: HANDLERS },
});
