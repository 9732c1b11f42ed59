import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError, type FieldError } from '../../kernel';
import { StaleVersion, currentContext } from '../database';
import { LOGGER, type Logger, routeOf } from '../logging';
import { problemOfPostgres } from './postgres-problems';
import { type ProblemResponse, STATUS_OF, TITLE_OF } from './problem';

interface Outcome {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
}

/** Turns whatever was thrown into one RFC 9457 problem. Nothing internal ever reaches the answer. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<Request>(), http.getResponse<Response>());
  }

  answer(error: unknown, request: Request, response: Response): void {
    const outcome = outcomeOf(error);
    const { traceId } = currentContext();
    if (outcome.status >= 500) this.logger.error({ err: error, traceId, route: routeOf(request) }, 'request failed');
    // What the rules should have refused before the database did is a gap in the rules.
    else if (problemOfPostgres(error))
      this.logger.warn({ err: error, traceId, route: routeOf(request) }, 'refused by the database');
    if (response.headersSent) {
      response.end();
      return;
    }
    const problem: ProblemResponse = {
      type: `urn:zongzhi:problem:${outcome.code}`,
      title: TITLE_OF[outcome.status] ?? '出错了',
      status: outcome.status,
      detail: outcome.detail,
      instance: request.path,
      code: outcome.code,
      traceId,
      errors: [...outcome.errors],
      ...(error instanceof StaleVersion && error.current !== undefined ? { current: error.current } : {}),
    };
    if (outcome.status === 503 || outcome.status === 429) response.setHeader('Retry-After', '5');
    if (outcome.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    response.setHeader('Cache-Control', 'no-store');
    response.status(outcome.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof DomainError) {
    return { status: STATUS_OF[error.kind], code: error.code, detail: error.detail, errors: error.errors };
  }
  if (error instanceof HttpException) return outcomeOfHttp(error.getStatus());
  const database = problemOfPostgres(error);
  if (database) return { ...database, errors: [] };
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status === 'number' && status >= 400 && status < 500) return outcomeOfHttp(status);
  return {
    status: 500,
    code: 'internal',
    detail: '系统内部错误，您的操作没有生效。请稍后重试；仍有问题时，把追踪号告诉系统管理员。',
    errors: [],
  };
}

function outcomeOfHttp(status: number): Outcome {
  const known: Readonly<Record<number, [string, string]>> = {
    401: ['unauthenticated', '请先登录。'],
    403: ['forbidden', '您的岗位不能办理该事项。'],
    404: ['not-found', '没有找到该内容，或您无权查看。请核对编号，或联系本中心调度员。'],
    413: ['too-large', '内容超过大小限制，请压缩或分开提交。'],
    415: ['unsupported-media-type', '请以 JSON（UTF-8）或规定的文件格式提交。'],
    429: ['too-many-requests', '操作过于频繁，请稍后再试。'],
  };
  const [code, detail] =
    known[status] ??
    (status >= 500 ? ['internal', '系统内部错误，请稍后重试。'] : ['malformed', '请求格式有误，请检查后重新提交。']);
  return { status, code, detail, errors: [] };
}
