import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { CONFIG, type Config } from '../../config';
import { KeyRing } from '../crypto';
import { AccessGuard } from './access.guard';
import { JwtStrategy, TOKEN_ALGORITHM } from './jwt.strategy';
import { PolicyCheck } from './policy-check';
import { VerifiedTokens } from './verified-tokens';

const ACCESS_TOKEN_SECONDS = 600;

/** Tokens, the guard before every route, and the boot check of the policy table. */
@Global()
@Module({
  imports: [
    PassportModule,
    DiscoveryModule,
    JwtModule.registerAsync({
      inject: [KeyRing, CONFIG],
      useFactory: (keys: KeyRing, config: Config) => ({
        privateKey: keys.tokenPrivateKey,
        publicKey: keys.tokenPublicKey,
        signOptions: {
          algorithm: TOKEN_ALGORITHM,
          expiresIn: ACCESS_TOKEN_SECONDS,
          issuer: config.publicUrl,
          audience: config.publicUrl,
        },
      }),
    }),
  ],
  providers: [VerifiedTokens, JwtStrategy, PolicyCheck, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [JwtModule, PolicyCheck],
})
export class AuthModule {}
