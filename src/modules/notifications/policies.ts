import { definePolicies } from '../../platform/auth';

definePolicies({
  'notifications.list': { label: '查看消息', by: ['everyone@self'] },
  'notifications.count': { label: '查看未读消息数', by: ['everyone@self'] },
  'notifications.mark-read': { label: '标为已读', by: ['everyone@self'] },
  'notifications.mark-all-read': { label: '全部标为已读', by: ['everyone@self'] },
});
