import { Text } from '../../../platform/http';

export class LogInRequest {
  @Text({ label: '用户名', max: 64, example: 'shouli' })
  loginName!: string;

  @Text({ label: '密码', max: 128, example: 'Yan-shi-2026!' })
  password!: string;
}
