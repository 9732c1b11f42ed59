import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { policyOf } from './acts';

export const ACT = 'zongzhi:act';
export const WITHOUT_EFFECT = 'zongzhi:without-effect';
export const IF_MATCH_REQUIRED = 'zongzhi:if-match';

interface ActOptions {
  /** One or two Chinese sentences: what it is for and what follows. */
  readonly description?: string;
  /** Problem codes of this act beside the common ones, e.g. `disputes.open-summons`. */
  readonly problems?: readonly string[];
}

const COMMON: readonly [number, string][] = [
  [400, '请求格式有误，errors 指出字段'],
  [401, '未登录或登录已失效'],
  [403, '岗位无此权限'],
  [404, '不存在或无权查看'],
  [409, '状态不允许、重复或并发冲突'],
  [412, '版本已变化（If-Match 不符）'],
  [422, '不符合业务规则，code 为规则名'],
  [503, '系统暂时不可用，请按 Retry-After 重试'],
];

/**
 * Names the act of a route: the key of its row in the policy table. The application does not boot with a route
 * without one, or with a key that the table does not hold.
 */
export function Act(key: string, options: ActOptions = {}): MethodDecorator {
  const policy = policyOf(key);
  if (!policy) throw new Error(`Route for act ${key}: not in the policy table`);
  const isPublic = policy.by.includes('public') || policy.by.includes('link-holder');
  const problems = options.problems ?? [];
  return applyDecorators(
    SetMetadata(ACT, key),
    ApiOperation({
      summary: policy.label,
      ...(options.description === undefined ? {} : { description: options.description }),
    }),
    ApiExtension('x-act', key),
    ApiExtension('x-granted-to', policy.by),
    ...(problems.length === 0 ? [] : [ApiExtension('x-problem-codes', problems)]),
    ...(isPublic ? [] : [ApiBearerAuth()]),
    ...COMMON.map(([status, description]) =>
      ApiResponse({
        status,
        description,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemResponse' } } },
      }),
    ),
  );
}

/** A POST that changes nothing (login, verification): it needs no Idempotency-Key. */
export const WithoutEffect = (): MethodDecorator =>
  applyDecorators(SetMetadata(WITHOUT_EFFECT, true), ApiExtension('x-without-effect', true));

/** The route changes a version the caller has read: If-Match is demanded (428). PUT, PATCH and DELETE always do. */
export const IfMatchRequired = (): MethodDecorator =>
  applyDecorators(
    SetMetadata(IF_MATCH_REQUIRED, true),
    ApiHeader({ name: 'If-Match', description: '读取时返回的 ETag，例如 "3"', required: true }),
  );
