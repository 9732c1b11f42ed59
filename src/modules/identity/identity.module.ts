import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsController } from './api/accounts.controller';
import { SessionController } from './api/session.controller';
import { CreateFirstAdministrator } from './application/create-first-administrator';
import { KeepAccounts } from './application/keep-accounts';
import { ReadSelf } from './application/read-self';
import { Sessions } from './application/sessions';
import { Settings } from './application/settings';
import { IDENTITY_ENTITIES } from './persistence/account.entity';

/** Accounts, roles, login and its end. */
@Module({
  imports: [TypeOrmModule.forFeature(IDENTITY_ENTITIES)],
  controllers: [SessionController, AccountsController],
  providers: [Settings, Sessions, KeepAccounts, ReadSelf, CreateFirstAdministrator],
  exports: [CreateFirstAdministrator],
})
export class IdentityModule {}
