import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { DomainError } from '../../kernel';
import type { Principal } from '../database';
import { ACT } from './act.decorator';
import { policyOf } from './acts';
import { bearerToken } from './jwt.strategy';
import { VerifiedTokens } from './verified-tokens';

/**
 * Stands before every route: whoever is not known gets 401, unless the act is public. Whether the known one may act
 * is decided in the transaction (authorize), where the rights are read.
 */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly verified: VerifiedTokens,
  ) {
    super();
  }

  override canActivate(
    context: ExecutionContext,
  ): ReturnType<InstanceType<ReturnType<typeof AuthGuard>>['canActivate']> {
    const act = this.reflector.get<string | undefined>(ACT, context.getHandler());
    const by = act === undefined ? [] : (policyOf(act)?.by ?? []);
    if (by.includes('public') || by.includes('link-holder')) return true;
    const request = context.switchToHttp().getRequest<Request & { user?: Principal }>();
    const token = bearerToken(request);
    const principal = token === null ? null : this.verified.principalOf(token);
    if (principal === null) return super.canActivate(context);
    request.user = principal;
    return true;
  }

  override handleRequest<T = Principal>(error: unknown, principal: T | false): T {
    if (error instanceof DomainError) throw error;
    if (error || !principal) throw new DomainError('unauthenticated', 'unauthenticated', '请先登录。');
    return principal;
  }
}
