import { ROLES, type Role } from '../../../kernel';
import { Shows } from '../../../platform/http';

export class LogInResponse {
  @Shows('访问令牌，放入 Authorization: Bearer', { example: 'eyJhbGciOiJFUzI1NiJ9.…' })
  accessToken!: string;

  @Shows('访问令牌有效秒数', { example: 600 })
  expiresInSeconds!: number;
}

export class SelfGrantResponse {
  @Shows('岗位', { enum: ROLES, example: 'intake-clerk' })
  role!: Role;

  @Shows('岗位名称', { example: '受理员' })
  roleName!: string;

  @Shows('任职范围', {
    values: {
      platform: '平台',
      center: '综治中心',
      committee: '调解委员会',
      agency: '联动单位',
      unit: '街道、社区、网格',
    },
    example: 'center',
  })
  scopeKind!: string;

  @Shows('范围标识', { type: String, nullable: true, example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  scopeId!: string | null;
}

export class SelfResponse {
  @Shows('账号标识', { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  id!: string;

  @Shows('姓名', { example: '王敏' })
  displayName!: string;

  @Shows('是否须先修改密码', { example: false })
  mustChangePassword!: boolean;

  @Shows('岗位', { type: [SelfGrantResponse] })
  grants!: SelfGrantResponse[];

  @Shows('按岗位可能办理的事项，用于菜单；对具体事项能否办理以 allowedActs 为准', {
    type: [String],
    example: ['disputes.register'],
  })
  acts!: string[];
}

export class AccountChangedResponse {
  @Shows('账号标识', { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  id!: string;

  @Shows('版本号', { example: 2 })
  version!: number;
}

export class GrantedResponse {
  @Shows('岗位记录标识', { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  id!: string;
}

export class AccountGrantResponse extends SelfGrantResponse {
  @Shows('岗位记录标识', { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  id!: string;

  @Shows('任职起', { example: '2026-01-01T00:00:00+08:00' })
  validFrom!: string;

  @Shows('任职止', { type: String, nullable: true, example: null })
  validTo!: string | null;
}

export class AccountResponse extends AccountChangedResponse {
  @Shows('用户名', { example: 'wangmin' })
  loginName!: string;

  @Shows('姓名', { example: '王敏' })
  displayName!: string;

  @Shows('状态', { values: { active: '在用', disabled: '停用' }, example: 'active' })
  status!: string;

  @Shows('编制所在单位', { type: String, nullable: true, example: '新城区司法局' })
  homeOrganization!: string | null;

  @Shows('是否须先修改密码', { example: false })
  mustChangePassword!: boolean;

  @Shows('在任岗位', { type: [AccountGrantResponse] })
  grants!: AccountGrantResponse[];
}

export class AccountPageResponse {
  @Shows('账号', { type: [AccountResponse] })
  items!: AccountResponse[];

  @Shows('下一页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

export class PasswordChangedResponse {
  @Shows('用户名', { example: 'wangmin' })
  loginName!: string;
}

export class PasswordPolicyResponse {
  @Shows('最短长度', { example: 10 })
  minLength!: number;

  @Shows('字符种类数', { example: 3 })
  minKinds!: number;

  @Shows('有效天数，0 为不限', { example: 90 })
  maxAgeDays!: number;

  @Shows('不得重复的历史密码数', { example: 5 })
  remembered!: number;

  @Shows('允许的连续失败次数', { example: 5 })
  maxFailures!: number;

  @Shows('首次限制的分钟数', { example: 15 })
  blockMinutes!: number;

  @Shows('版本号', { example: 1 })
  version!: number;
}
