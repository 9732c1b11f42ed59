import { definePolicies } from '../../platform/auth';

definePolicies({
  'identity.log-in': { label: '登录', by: ['public'] },
  'identity.refresh': { label: '续期登录', by: ['public'] },
  'identity.log-out': { label: '退出登录', by: ['everyone@self'] },
  'identity.read-self': { label: '查看本人账号', by: ['everyone@self'] },
  'identity.change-password': { label: '修改本人密码', by: ['everyone@self'] },
  'identity.list-accounts': { label: '查看账号', by: ['security-admin@any'] },
  'identity.open-account': { label: '开设账号', by: ['security-admin@any'] },
  'identity.disable-account': { label: '停用账号', by: ['security-admin@any'] },
  'identity.enable-account': { label: '启用账号', by: ['security-admin@any'] },
  'identity.reset-password': { label: '重置密码', by: ['security-admin@any'] },
  'identity.unblock-account': { label: '解除登录限制', by: ['security-admin@any'] },
  'identity.grant-role': { label: '授予岗位', by: ['security-admin@any'] },
  'identity.end-role': { label: '结束岗位', by: ['security-admin@any'] },
  'identity.read-password-policy': { label: '查看密码策略', by: ['everyone@self'] },
  'identity.change-password-policy': { label: '修改密码策略', by: ['security-admin@any'] },
});
