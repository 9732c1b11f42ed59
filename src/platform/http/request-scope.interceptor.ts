import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { Observable, catchError, map } from 'rxjs';
import { DomainError } from '../../kernel';
import { ACT, IF_MATCH_REQUIRED, WITHOUT_EFFECT } from '../auth/act.decorator';
import { policyOf } from '../auth/acts';
import { KeyRing } from '../crypto';
import {
  type IdempotencyClaim,
  type Principal,
  type RequestContext,
  StaleVersion,
  currentContext,
  withContext,
} from '../database';
import type { GuardedRequest } from './json-body';
import { RecentChanges } from './recent-changes';

/** Under which `@ApiConsumes` leaves its media types; the package does not export the name. */
const CONSUMES = 'swagger/apiConsumes';
const KEY = /^[\x21-\x7e]{8,200}$/;
const LINK = /^Link ([A-Za-z0-9_-]{20,200})$/;
const ETAG = /^"(\d{1,9})"$/;

/** Carries what the edge knows into the call: who asks, the idempotency claim, the version of If-Match. */
@Injectable()
export class RequestScopeInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: KeyRing,
    private readonly changes: RecentChanges,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = execution.switchToHttp();
    const request = http.getRequest<GuardedRequest & { user?: Principal }>();
    const response = http.getResponse<Response>();
    const handler = execution.getHandler();
    if (isForm(request) && !this.takesForms(execution)) throw new UnsupportedMediaTypeException();
    const context: RequestContext = {
      ...currentContext(),
      principal: this.principal(request, this.reflector.get<string | undefined>(ACT, handler)),
      idempotency: this.reflector.get<boolean | undefined>(WITHOUT_EFFECT, handler) === true ? null : claimOf(request),
      ifMatch: ifMatchOf(request),
      ifMatchRequired:
        ['PUT', 'PATCH', 'DELETE'].includes(request.method) ||
        this.reflector.get<boolean | undefined>(IF_MATCH_REQUIRED, handler) === true,
    };
    return new Observable((subscriber) => {
      withContext(context, () => {
        next
          .handle()
          .pipe(
            map((body: unknown) => tagged(body, response)),
            catchError((error: unknown) => this.explained(error)),
          )
          .subscribe(subscriber);
      });
    });
  }

  /** Whoever was overtaken by another learns by whom: read once the refused transaction is closed. */
  private async explained(error: unknown): Promise<never> {
    if (error instanceof StaleVersion) error.current = await this.changes.of(error);
    throw error;
  }

  /** As the route describes itself by `@ApiConsumes`. */
  private takesForms(execution: ExecutionContext): boolean {
    const targets = [execution.getHandler(), execution.getClass()];
    const types = this.reflector.getAllAndOverride<string[] | undefined>(CONSUMES, targets);
    return types?.includes('multipart/form-data') ?? false;
  }

  private principal(request: GuardedRequest & { user?: Principal }, act: string | undefined): Principal {
    if (request.user) return request.user;
    const mayBeLink = act !== undefined && (policyOf(act)?.by.includes('link-holder') ?? false);
    if (!mayBeLink) return { kind: 'anonymous' };
    const token = LINK.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined)
      throw new DomainError('unauthenticated', 'link-required', '链接无效或已使用。请向经办人索取新的链接。');
    return { kind: 'link', linkDigest: this.keys.linkDigest(token) };
  }
}

function isForm(request: GuardedRequest): boolean {
  return /^multipart\//i.test(request.headers['content-type'] ?? '');
}

function claimOf(request: GuardedRequest): IdempotencyClaim | null {
  if (request.method !== 'POST') return null;
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new DomainError(
      'malformed',
      'idempotency-key-required',
      '缺少 Idempotency-Key 请求头（8 至 200 个可见字符），请由程序为每次提交生成一个。',
    );
  }
  return { key, route: `${request.method} ${request.path}`, bodyHash: request.bodyHash ?? '' };
}

function ifMatchOf(request: GuardedRequest): number | null {
  const header = request.headers['if-match'];
  if (header === undefined) return null;
  const version = ETAG.exec(header)?.[1];
  if (version === undefined)
    throw new DomainError('malformed', 'if-match-malformed', 'If-Match 请求头应为读取时返回的 ETag，例如 "3"。');
  return Number(version);
}

/** A body with a version is answered with it as a strong ETag. */
function tagged(body: unknown, response: Response): unknown {
  if (typeof body === 'object' && body !== null && 'version' in body && typeof body.version === 'number') {
    response.setHeader('ETag', `"${body.version}"`);
  }
  return body;
}
