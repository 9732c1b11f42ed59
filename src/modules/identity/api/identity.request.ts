import { ROLE_NAMES, type Role } from '../../../kernel';
import { Instant, OneOf, Text, Uuid, Whole } from '../../../platform/http';

export class LogInRequest {
  @Text({ label: '用户名', max: 64, example: 'shouli' })
  loginName!: string;

  @Text({ label: '密码', max: 128, example: 'Yan-shi-2026!' })
  password!: string;
}

export class ChangePasswordRequest {
  @Text({ label: '当前密码', max: 128, example: 'Yan-shi-2026!' })
  currentPassword!: string;

  @Text({ label: '新密码', max: 128, example: 'Xin-mi-ma-2027!' })
  newPassword!: string;
}

export class OpenAccountRequest {
  @Text({
    label: '用户名',
    max: 64,
    example: 'wangmin',
    pattern: /^[a-zA-Z0-9._-]{3,64}$/,
    patternHint: '用户名为 3 至 64 位字母、数字、点、横线',
  })
  loginName!: string;

  @Text({ label: '姓名', max: 100, example: '王敏' })
  displayName!: string;

  @Text({ label: '初始密码', max: 128, example: 'Chu-shi-2026!' })
  initialPassword!: string;

  @Text({ label: '编制所在单位', max: 100, optional: true, example: '新城区司法局' })
  homeOrganization?: string;
}

export class ResetPasswordRequest {
  @Text({ label: '初始密码', max: 128, example: 'Chu-shi-2026!' })
  initialPassword!: string;
}

export class AccountReasonRequest {
  @Text({ label: '原因', max: 200, example: '工作调动' })
  reason!: string;
}

export class GrantRoleRequest {
  @OneOf({ label: '岗位', values: ROLE_NAMES, example: 'intake-clerk' })
  role!: Role;

  @Uuid({ label: '任职范围', optional: true, description: '中心、调委会、单位或网格；三员不填' })
  scopeId?: string;

  @Instant({ label: '任职起', optional: true, example: '2026-01-01T00:00:00+08:00' })
  validFrom?: string;

  @Instant({ label: '任职止', optional: true, example: '2027-01-01T00:00:00+08:00' })
  validTo?: string;
}

export class PasswordPolicyRequest {
  @Whole({ label: '最短长度', min: 8, max: 64, example: 10 })
  minLength!: number;

  @Whole({ label: '字符种类数', min: 1, max: 4, example: 3 })
  minKinds!: number;

  @Whole({ label: '有效天数', min: 0, max: 3650, example: 90, description: '0 为不限' })
  maxAgeDays!: number;

  @Whole({ label: '不得重复的历史密码数', min: 0, max: 24, example: 5 })
  remembered!: number;

  @Whole({ label: '允许的连续失败次数', min: 3, max: 20, example: 5 })
  maxFailures!: number;

  @Whole({ label: '首次限制的分钟数', min: 1, max: 1440, example: 15 })
  blockMinutes!: number;
}
