import '../policies';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { KeepAuthorities } from '../application/keep-authorities';
import { ReadAuthorities } from '../application/read-authorities';
import {
  AttachAuthorityRequest,
  AuthorizeHelperRequest,
  HelperDeedRequest,
  RevokeAuthorityRequest,
} from './helper.request';
import { AuthorityActResponse, HelperAuthoritiesResponse, OwnAuthoritiesResponse } from './helper.response';

@ApiTags('帮办代办')
@Controller()
export class HelpersController {
  constructor(
    private readonly keep: KeepAuthorities,
    private readonly readAuthorities: ReadAuthorities,
  ) {}

  @Get('disputes/:disputeId/helper-authorities')
  @Act('helpers.list', { description: '最近的在前，附代办记录。查看留痕。' })
  @ApiOkResponse({ type: HelperAuthoritiesResponse })
  async list(@Param('disputeId', IdPipe) disputeId: string): Promise<HelperAuthoritiesResponse> {
    return this.readAuthorities.ofMatter(disputeId);
  }

  @Post('disputes/:disputeId/helper-authorities')
  @Act('helpers.authorize', {
    description: '写明代办人、事项和期限，出具授权书交当事人签名；存入签名的授权书后生效。',
    problems: ['helpers.unknown-party', 'helpers.period-reversed', 'helpers.unknown-account', 'helpers.matter-over'],
  })
  @ApiCreatedResponse({ type: AuthorityActResponse })
  async authorize(
    @Param('disputeId', IdPipe) disputeId: string,
    @Body() body: AuthorizeHelperRequest,
  ): Promise<AuthorityActResponse> {
    return this.keep.authorize(disputeId, body);
  }

  @Get('helper-authorities')
  @Act('helpers.list-own', { description: '本人持有效授权代办的事项；只列名称和办理状态。' })
  @ApiOkResponse({ type: OwnAuthoritiesResponse })
  async own(): Promise<OwnAuthoritiesResponse> {
    return this.readAuthorities.own();
  }

  @Post('helper-authorities/:id/paper')
  @Act('helpers.attach-paper', { problems: ['helpers.unknown-file', 'helpers.wrong-state'] })
  @ApiCreatedResponse({ type: AuthorityActResponse })
  async attachPaper(
    @Param('id', IdPipe) id: string,
    @Body() body: AttachAuthorityRequest,
  ): Promise<AuthorityActResponse> {
    return this.keep.attachPaper(id, body);
  }

  @Post('helper-authorities/:id/acts')
  @Act('helpers.act', {
    description: '记入事项经过：代办人某某代某某办理。授权以外、期限以外和撤回以后的不能登记。',
    problems: [
      'helpers.out-of-scope',
      'helpers.outcome-unsaid',
      'helpers.no-outcome',
      'helpers.too-early',
      'helpers.expired',
      'helpers.wrong-state',
    ],
  })
  @ApiCreatedResponse({ type: AuthorityActResponse })
  async act(@Param('id', IdPipe) id: string, @Body() body: HelperDeedRequest): Promise<AuthorityActResponse> {
    return this.keep.act(id, body);
  }

  @Post('helper-authorities/:id/revocation')
  @Act('helpers.revoke', {
    description: '撤回以后代办人不能再办理；以前的记录保留。',
    problems: ['helpers.wrong-state'],
  })
  @ApiCreatedResponse({ type: AuthorityActResponse })
  async revoke(@Param('id', IdPipe) id: string, @Body() body: RevokeAuthorityRequest): Promise<AuthorityActResponse> {
    return this.keep.revoke(id, body.reason);
  }
}
