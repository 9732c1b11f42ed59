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

  @Shows('任职范围', { enum: ['platform', 'center', 'committee', 'agency', 'unit'], example: 'center' })
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
}
