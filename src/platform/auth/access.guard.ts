import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { DomainError } from '../../kernel';
import type { Principal } from '../database';
import { ACT } from './act.decorator';
import { policyOf } from './acts';

/**
 * Stands before every route: whoever is not known gets 401, unless the act is public. Whether the known one may act
 * is decided in the transaction (authorize), where the rights are read.
 */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override canActivate(
    context: ExecutionContext,
  ): ReturnType<InstanceType<ReturnType<typeof AuthGuard>>['canActivate']> {
    const act = this.reflector.get<string | undefined>(ACT, context.getHandler());
    const by = act === undefined ? [] : (policyOf(act)?.by ?? []);
    if (by.includes('public') || by.includes('link-holder')) return true;
    return super.canActivate(context);
  }

  override handleRequest<T = Principal>(error: unknown, principal: T | false): T {
    if (error instanceof DomainError) throw error;
    if (error || !principal) throw new DomainError('unauthenticated', 'unauthenticated', '请先登录。');
    return principal;
  }
}
