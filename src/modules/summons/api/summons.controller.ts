import '../policies';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { AddAgency } from '../application/add-agency';
import { KeepDutyList } from '../application/keep-duty-list';
import { IssueSummons } from '../application/issue-summons';
import { ProposeSummons } from '../application/propose-summons';
import { ReadSummons } from '../application/read-summons';
import { ShowSignInCode } from '../application/show-sign-in-code';
import { WithdrawSummons } from '../application/withdraw-summons';
import {
  ProposeSummonsRequest,
  SummonedAgencyRequest,
  SummonsCountsQuery,
  SummonsListQuery,
  WithdrawSummonsRequest,
} from './summons.request';
import {
  SignInCodeResponse,
  SuggestionsResponse,
  SummonsActResponse,
  SummonsCountsResponse,
  SummonsDetailResponse,
  SummonsOfMatterResponse,
  SummonsPageResponse,
  TaskActResponse,
} from './summons.response';

@ApiTags('吹哨报到')
@Controller()
export class SummonsController {
  constructor(
    private readonly proposeSummons: ProposeSummons,
    private readonly issueSummons: IssueSummons,
    private readonly addAgency: AddAgency,
    private readonly withdrawSummons: WithdrawSummons,
    private readonly showSignInCode: ShowSignInCode,
    private readonly readSummons: ReadSummons,
    private readonly dutyList: KeepDutyList,
  ) {}

  @Post('disputes/:disputeId/summons')
  @Act('summons.propose', {
    description: '一件事项可同时吹哨多家部门，主办有且只有一家。签发前部门看不到。',
    problems: [
      'summons.one-lead',
      'summons.agency-twice',
      'summons.place-needed',
      'summons.meeting-past',
      'summons.personal-number',
      'summons.unknown-agency',
      'summons.not-shareable',
      'summons.matter-over',
    ],
  })
  @ApiCreatedResponse({ type: SummonsActResponse })
  async propose(
    @Param('disputeId', IdPipe) disputeId: string,
    @Body() body: ProposeSummonsRequest,
  ): Promise<SummonsActResponse> {
    return this.proposeSummons.execute(disputeId, body);
  }

  @Get('disputes/:disputeId/summons')
  @Act('summons.list-of-matter', { description: '一件事项的全部吹哨单，各部门时限、进展和耽误情况并列。' })
  @ApiOkResponse({ type: SummonsOfMatterResponse })
  async listOfMatter(@Param('disputeId', IdPipe) disputeId: string): Promise<SummonsOfMatterResponse> {
    return this.readSummons.ofMatter(disputeId);
  }

  @Get('disputes/:disputeId/summons-suggestions')
  @Act('summons.suggest', { description: '按事项的纠纷类型，从权责清单中列出宜吹哨的部门；仅供参考。' })
  @ApiOkResponse({ type: SuggestionsResponse })
  async suggest(@Param('disputeId', IdPipe) disputeId: string): Promise<SuggestionsResponse> {
    return this.dutyList.suggest(disputeId);
  }

  @Get('summons')
  @Act('summons.list')
  @ApiOkResponse({ type: SummonsPageResponse })
  async list(@Query() query: SummonsListQuery): Promise<SummonsPageResponse> {
    return this.readSummons.ofCenter(query);
  }

  @Get('summons/counts')
  @Act('summons.list', { description: '本中心台账各分栏的件数。' })
  @ApiOkResponse({ type: SummonsCountsResponse })
  async counts(@Query() query: SummonsCountsQuery): Promise<SummonsCountsResponse> {
    return this.readSummons.countsOfCenter(query.centerId);
  }

  @Get('summons/:id')
  @Act('summons.read', { description: '查看留痕。' })
  @ApiOkResponse({ type: SummonsDetailResponse })
  async read(@Param('id', IdPipe) id: string): Promise<SummonsDetailResponse> {
    return this.readSummons.one(id);
  }

  @Post('summons/:id/issuance')
  @Act('summons.issue', {
    description: '产生编号，各部门时限自签发时起算。红色风险事项和攻坚克难哨由中心主任签发。',
    problems: ['summons.director-only', 'summons.matter-over', 'summons.meeting-past', 'summons.wrong-state'],
  })
  @ApiCreatedResponse({ type: SummonsActResponse })
  async issue(@Param('id', IdPipe) id: string): Promise<SummonsActResponse> {
    return this.issueSummons.execute(id);
  }

  @Post('summons/:id/agencies')
  @Act('summons.add-agency', {
    description: '向已签发的吹哨单增派部门，其时限自增派时起算。',
    problems: ['summons.agency-twice', 'summons.one-lead', 'summons.unknown-agency', 'summons.wrong-state'],
  })
  @ApiCreatedResponse({ type: TaskActResponse })
  async add(@Param('id', IdPipe) id: string, @Body() body: SummonedAgencyRequest): Promise<TaskActResponse> {
    return this.addAgency.execute(id, body);
  }

  @Post('summons/:id/sign-in-codes')
  @Act('summons.show-sign-in-code', {
    description: '在现场屏幕出示，一码一人，十分钟内有效。',
    problems: ['summons.wrong-state'],
  })
  @ApiCreatedResponse({ type: SignInCodeResponse })
  async showCode(@Param('id', IdPipe) id: string): Promise<SignInCodeResponse> {
    return this.showSignInCode.execute(id);
  }

  @Post('summons/:id/withdrawal')
  @Act('summons.withdraw', {
    description: '整张撤回；部门已签收的须说明理由。撤回后部门不再可见。',
    problems: [
      'summons.issuer-only',
      'summons.already-confirmed',
      'summons-tasks.reason-needed',
      'summons.wrong-state',
    ],
  })
  @ApiCreatedResponse({ type: SummonsActResponse })
  async withdraw(@Param('id', IdPipe) id: string, @Body() body: WithdrawSummonsRequest): Promise<SummonsActResponse> {
    return this.withdrawSummons.execute(id, body.reason);
  }
}
