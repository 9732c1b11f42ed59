import { definePolicies } from '../../platform/auth';

definePolicies({
  'drafts.list': { label: '查看本人草稿', by: ['everyone@self'] },
  'drafts.read': { label: '打开草稿', by: ['everyone@self'] },
  'drafts.save': { label: '暂存草稿', by: ['everyone@self'] },
  'drafts.discard': { label: '删除草稿', by: ['everyone@self'] },
});
