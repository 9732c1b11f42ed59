import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { CONFIG, type Config } from '../../config';
import { DomainError } from '../../kernel';
import { KeyRing } from '../crypto';
import type { Principal } from '../database';
import { VerifiedTokens } from './verified-tokens';

export const TOKEN_ALGORITHM = 'ES256';
export const TOKEN_TYPE = 'access';

/** Claims of an access token. No roles: rights are read from the database at each request. */
interface AccessClaims {
  readonly sub?: unknown;
  readonly sid?: unknown;
  readonly typ?: unknown;
  readonly exp?: unknown;
}

/** The token of a request, as the strategy finds it. */
export const bearerToken = ExtractJwt.fromAuthHeaderAsBearerToken();

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Bearer tokens with one pinned algorithm, issuer and audience. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    keys: KeyRing,
    @Inject(CONFIG) config: Config,
    private readonly verified: VerifiedTokens,
  ) {
    super({
      jwtFromRequest: bearerToken,
      passReqToCallback: true,
      // passport-jwt hands the key to jsonwebtoken untouched; a KeyObject spares a parse at every request.
      secretOrKey: keys.tokenPublicKey as unknown as string,
      algorithms: [TOKEN_ALGORITHM],
      issuer: config.publicUrl,
      audience: config.publicUrl,
    });
  }

  validate(request: Request, claims: AccessClaims): Principal {
    const { sub, sid, typ, exp } = claims;
    if (
      typ !== TOKEN_TYPE ||
      typeof sub !== 'string' ||
      typeof sid !== 'string' ||
      !UUID.test(sub) ||
      !UUID.test(sid)
    ) {
      throw new DomainError('unauthenticated', 'unauthenticated', '请先登录。');
    }
    const principal = { kind: 'account', accountId: sub, sessionId: sid } as const;
    const token = bearerToken(request);
    if (token !== null && typeof exp === 'number') this.verified.keep(token, principal, exp);
    return principal;
  }
}
