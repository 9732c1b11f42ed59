import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SessionController } from './api/session.controller';
import { LogIn } from './application/log-in';
import { ReadSelf } from './application/read-self';
import { Account, AccountCredential, LoginSession, RoleGrantRow } from './persistence/account.entity';

/** Accounts, roles, login. */
@Module({
  imports: [TypeOrmModule.forFeature([Account, AccountCredential, LoginSession, RoleGrantRow])],
  controllers: [SessionController],
  providers: [LogIn, ReadSelf],
})
export class IdentityModule {}
