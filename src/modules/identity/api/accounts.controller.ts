import '../policies';
import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ROLE_NAMES } from '../../../kernel';
import { Act } from '../../../platform/auth';
import { IdPipe, PageQuery, pageOf } from '../../../platform/http';
import { KeepAccounts } from '../application/keep-accounts';
import { Settings } from '../application/settings';
import {
  AccountReasonRequest,
  ChangePasswordRequest,
  GrantRoleRequest,
  OpenAccountRequest,
  PasswordPolicyRequest,
  ResetPasswordRequest,
} from './identity.request';
import {
  AccountChangedResponse,
  AccountPageResponse,
  GrantedResponse,
  PasswordChangedResponse,
  PasswordPolicyResponse,
} from './identity.response';

const WEAK = 'identity.weak-password';

@ApiTags('账号')
@Controller()
export class AccountsController {
  constructor(
    private readonly accounts: KeepAccounts,
    private readonly settings: Settings,
  ) {}

  @Get('accounts')
  @Act('identity.list-accounts')
  @ApiOkResponse({ type: AccountPageResponse })
  async list(@Query() { limit = 50, cursor }: PageQuery): Promise<AccountPageResponse> {
    const page = pageOf(await this.accounts.list(limit, cursor), limit, (row) => row.loginName);
    const items = page.items.map((row) => ({
      ...row,
      grants: row.grants.map((g) => ({ ...g, roleName: ROLE_NAMES[g.role] })),
    }));
    return { ...page, items };
  }

  @Post('accounts')
  @Act('identity.open-account', { description: '首次登录须修改初始密码。', problems: [WEAK, 'duplicate'] })
  @ApiCreatedResponse({ type: AccountChangedResponse })
  async open(@Body() body: OpenAccountRequest): Promise<AccountChangedResponse> {
    return this.accounts.open(body);
  }

  @Post('accounts/:id/disabling')
  @Act('identity.disable-account', {
    description: '离岗人员在下一次请求时即被拒绝。',
    problems: ['identity.own-account', 'identity.same-status'],
  })
  @ApiCreatedResponse({ type: AccountChangedResponse })
  async disable(@Param('id', IdPipe) id: string, @Body() body: AccountReasonRequest): Promise<AccountChangedResponse> {
    return this.accounts.disable(id, body.reason);
  }

  @Post('accounts/:id/enabling')
  @Act('identity.enable-account', { problems: ['identity.own-account', 'identity.same-status'] })
  @ApiCreatedResponse({ type: AccountChangedResponse })
  async enable(@Param('id', IdPipe) id: string, @Body() body: AccountReasonRequest): Promise<AccountChangedResponse> {
    return this.accounts.enable(id, body.reason);
  }

  @Post('accounts/:id/password-reset')
  @Act('identity.reset-password', { problems: [WEAK] })
  @ApiCreatedResponse({ type: AccountChangedResponse })
  async resetPassword(
    @Param('id', IdPipe) id: string,
    @Body() body: ResetPasswordRequest,
  ): Promise<AccountChangedResponse> {
    return this.accounts.resetPassword(id, body.initialPassword);
  }

  @Post('accounts/:id/unblocking')
  @Act('identity.unblock-account')
  @ApiCreatedResponse({ type: AccountChangedResponse })
  async unblock(@Param('id', IdPipe) id: string): Promise<AccountChangedResponse> {
    return this.accounts.unblock(id);
  }

  @Post('accounts/:id/grants')
  @Act('identity.grant-role', {
    problems: ['identity.separation-of-duties', 'identity.scope-needed', 'identity.own-role'],
  })
  @ApiCreatedResponse({ type: GrantedResponse })
  async grant(@Param('id', IdPipe) id: string, @Body() body: GrantRoleRequest): Promise<GrantedResponse> {
    return this.accounts.grant(id, body);
  }

  @Post('role-grants/:id/ending')
  @Act('identity.end-role', { problems: ['identity.role-ended'] })
  @ApiCreatedResponse({ type: GrantedResponse })
  async endGrant(@Param('id', IdPipe) id: string, @Body() body: AccountReasonRequest): Promise<GrantedResponse> {
    return this.accounts.endGrant(id, body.reason);
  }

  @Post('session/password')
  @Act('identity.change-password', {
    problems: [WEAK, 'identity.wrong-current-password', 'identity.password-used-before'],
  })
  @ApiCreatedResponse({ type: PasswordChangedResponse })
  async changePassword(@Body() body: ChangePasswordRequest): Promise<PasswordChangedResponse> {
    return this.accounts.changeOwnPassword(body.currentPassword, body.newPassword);
  }

  @Get('password-policy')
  @Act('identity.read-password-policy')
  @ApiOkResponse({ type: PasswordPolicyResponse })
  async readPolicy(): Promise<PasswordPolicyResponse> {
    return this.settings.readPasswordPolicy();
  }

  @Put('password-policy')
  @Act('identity.change-password-policy')
  @ApiOkResponse({ type: PasswordPolicyResponse })
  async changePolicy(@Body() body: PasswordPolicyRequest): Promise<PasswordPolicyResponse> {
    return this.settings.changePasswordPolicy(body);
  }
}
