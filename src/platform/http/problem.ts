import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { ErrorKind, FieldError } from '../../kernel';
import type { CurrentVersion, RecentChange } from '../database';

export const STATUS_OF: Readonly<Record<ErrorKind, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'precondition-failed': 412,
  'too-large': 413,
  rule: 422,
  'precondition-required': 428,
  'too-many': 429,
  unavailable: 503,
};

export const TITLE_OF: Readonly<Record<number, string>> = {
  400: '请求格式有误',
  401: '未登录',
  403: '无权办理',
  404: '没有找到',
  405: '不支持的操作',
  408: '请求超时',
  409: '当前不能办理',
  412: '内容已更新',
  413: '内容过大',
  415: '不支持的格式',
  422: '不符合业务规则',
  428: '缺少版本信息',
  429: '操作过于频繁',
  431: '请求头过大',
  500: '系统内部错误',
  503: '系统暂时不可用',
};

/** One field at fault. */
@ApiSchema({ description: '出错的字段' })
class FieldProblemResponse implements FieldError {
  @ApiProperty({ description: '字段位置（JSON 指针）', example: '/parties/0/name' })
  pointer!: string;

  @ApiProperty({ description: '规则代码', example: 'required' })
  code!: string;

  @ApiProperty({ description: '给经办人的说明', example: '请填写姓名' })
  detail!: string;
}

class RecentChangeResponse implements RecentChange {
  @ApiProperty({ description: '时间', example: '2026-11-20T01:30:00.000Z' })
  at!: string;

  @ApiProperty({ description: '谁办理的', example: '赵研判' })
  actorName!: string;

  @ApiProperty({ description: '是否您本人', example: false })
  isOwn!: boolean;

  @ApiProperty({ description: '办理的事', example: '中止' })
  actName!: string;

  @ApiProperty({ description: '办理后的状态；没有状态时为空', type: String, nullable: true, example: '中止中' })
  stateName!: string | null;
}

/** What the caller’s version was overtaken by. */
@ApiSchema({ description: '现在的版本和最近的变动（412）' })
class CurrentVersionResponse implements CurrentVersion {
  @ApiProperty({ description: '现在的版本号', example: 4 })
  version!: number;

  @ApiProperty({ description: '最近的变动，新的在前', type: [RecentChangeResponse] })
  changes!: readonly RecentChangeResponse[];
}

/** RFC 9457 problem details. Programs branch on `code`; `detail` is for the person at the desk. */
@ApiSchema({ description: '出错说明（RFC 9457）' })
export class ProblemResponse {
  @ApiProperty({ description: '问题类型', example: 'urn:zongzhi:problem:disputes.wrong-state' })
  type!: string;

  @ApiProperty({ description: '标题', example: '当前不能办理' })
  title!: string;

  @ApiProperty({ description: 'HTTP 状态码', example: 409 })
  status!: number;

  @ApiProperty({ description: '说明和下一步', example: '当前状态为“已登记”，不能受理。请刷新后查看可办的事项。' })
  detail!: string;

  @ApiProperty({ description: '请求路径', example: '/api/disputes' })
  instance!: string;

  @ApiProperty({ description: '供程序判断的代码', example: 'disputes.wrong-state' })
  code!: string;

  @ApiProperty({ description: '追踪号，报修时提供', example: '0194f7f2c0de7000a1b2c3d4e5f60718' })
  traceId!: string;

  @ApiProperty({ description: '出错的字段', type: [FieldProblemResponse] })
  errors!: FieldProblemResponse[];

  @ApiProperty({
    description: '版本已变化时：现在的版本和最近的变动',
    type: CurrentVersionResponse,
    required: false,
    example: null,
  })
  current?: CurrentVersion;
}
