import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { EndMediation } from '../application/end-mediation';
import { ExplainDeadline } from '../application/explain-deadline';
import { LongerPause } from '../application/longer-pause';
import { PaceMediation } from '../application/pace-mediation';
import { ReadCourse } from '../application/read-course';
import { MediationResponse } from './course.response';
import { MatterStandingResponse } from './matter-standing.response';
import {
  ApproveLongerPauseRequest,
  AskLongerPauseRequest,
  ExtendMediationRequest,
  GiveUpContactRequest,
  RefuseLongerPauseRequest,
  ResumeMediationRequest,
  SuspendMediationRequest,
  TellRoutesRequest,
  TerminateMediationRequest,
  WithdrawMediationRequest,
} from './mediation.request';
import { DeadlineExplanationsResponse } from './trail.response';

const COMMON = ['mediation.wrong-state', 'mediation.not-opened', 'mediation.matter-not-in-hand'];

@ApiTags('人民调解')
@Controller('disputes/:id/mediation')
export class MediationController {
  constructor(
    private readonly ending: EndMediation,
    private readonly pace: PaceMediation,
    private readonly longerPause: LongerPause,
    private readonly readCourse: ReadCourse,
    private readonly explainDeadline: ExplainDeadline,
  ) {}

  @Get()
  @Act('mediation.read', {
    description: '调解期限（含推算说明）、延长、中止和结束。查看留痕。',
  })
  @ApiOkResponse({ type: MediationResponse })
  async read(@Param('id', IdPipe) id: string): Promise<MediationResponse> {
    return this.readCourse.mediation(id);
  }

  @Get('deadline')
  @Act('mediation.explain-deadline', {
    description: '调解期限逐日的计算：计入、暂停、顺延、延长，依据和所用放假安排。',
  })
  @ApiOkResponse({ type: DeadlineExplanationsResponse })
  async deadline(@Param('id', IdPipe) id: string): Promise<DeadlineExplanationsResponse> {
    return this.explainDeadline.execute(id);
  }

  @Post('termination')
  @HttpCode(200)
  @Act('mediation.terminate', {
    description: '终止调解，须同时记录已告知当事人的其他途径（人民调解法第二十六条）。',
    problems: [...COMMON, 'mediation.open-sessions', 'mediation.route-closed', 'mediation.period-not-expired'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async terminate(
    @Param('id', IdPipe) id: string,
    @Body() body: TerminateMediationRequest,
  ): Promise<MatterStandingResponse> {
    return this.ending.terminate(id, body);
  }

  @Post('unreachable-finding')
  @HttpCode(200)
  @Act('mediation.give-up-contact', {
    description: '三次不同时间的联系均未联系上的，认定无法联系，并告知已到场的当事人其他途径。',
    problems: [...COMMON, 'mediation.too-few-attempts', 'mediation.route-closed'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async giveUpContact(
    @Param('id', IdPipe) id: string,
    @Body() body: GiveUpContactRequest,
  ): Promise<MatterStandingResponse> {
    return this.ending.giveUpContact(id, body);
  }

  @Post('withdrawal')
  @HttpCode(200)
  @Act('mediation.withdraw', {
    description: '申请人撤回或双方自行和解。受理后撤回须全体当事人同意。',
    problems: [
      ...COMMON,
      'mediation.open-sessions',
      'mediation.no-parties',
      'mediation.unknown-party',
      'mediation.consent-of-all',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async withdraw(
    @Param('id', IdPipe) id: string,
    @Body() body: WithdrawMediationRequest,
  ): Promise<MatterStandingResponse> {
    return this.ending.withdraw(id, body);
  }

  @Post('route-notices')
  @HttpCode(200)
  @Act('mediation.tell-routes', {
    description: '因当事人拒绝而立即终止的，补记已告知的其他途径；未告知前不能办结。',
    problems: ['mediation.wrong-state', 'mediation.not-opened', 'mediation.routes-told', 'mediation.route-closed'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async tellRoutes(@Param('id', IdPipe) id: string, @Body() body: TellRoutesRequest): Promise<MatterStandingResponse> {
    return this.ending.tellRoutes(id, body);
  }

  @Post('suspension')
  @HttpCode(200)
  @Act('mediation.suspend', {
    description: '中止调解，期限暂停计算。',
    problems: [...COMMON, 'mediation.open-sessions', 'mediation.expected-in-past', 'mediation.pause-needs-approval'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async suspend(
    @Param('id', IdPipe) id: string,
    @Body() body: SuspendMediationRequest,
  ): Promise<MatterStandingResponse> {
    return this.pace.suspend(id, body);
  }

  @Post('resumption')
  @HttpCode(200)
  @Act('mediation.resume', { description: '恢复调解，回到中止前的状态，期限继续计算。', problems: COMMON })
  @ApiOkResponse({ type: MatterStandingResponse })
  async resume(@Param('id', IdPipe) id: string, @Body() body: ResumeMediationRequest): Promise<MatterStandingResponse> {
    return this.pace.resume(id, body);
  }

  @Post('longer-pauses')
  @HttpCode(200)
  @Act('mediation.ask-longer-pause', {
    description: '中止超过不经批准的最长时间的，由另一人（调委会主任或者值班长）批准。',
    problems: [...COMMON, 'mediation.pause-not-longer', 'mediation.pause-asked'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async askLongerPause(
    @Param('id', IdPipe) id: string,
    @Body() body: AskLongerPauseRequest,
  ): Promise<MatterStandingResponse> {
    return this.longerPause.ask(id, body);
  }

  @Post('longer-pauses/approval')
  @HttpCode(200)
  @Act('mediation.approve-longer-pause', {
    description: '申请人本人不能批准。',
    problems: [...COMMON, 'mediation.own-pause', 'mediation.pause-not-asked'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async approveLongerPause(
    @Param('id', IdPipe) id: string,
    @Body() { opinion }: ApproveLongerPauseRequest,
  ): Promise<MatterStandingResponse> {
    return this.longerPause.decide(id, 'approve-longer-pause', opinion);
  }

  @Post('longer-pauses/refusal')
  @HttpCode(200)
  @Act('mediation.refuse-longer-pause', {
    description: '中止到原定的预计恢复日期为止。',
    problems: [...COMMON, 'mediation.own-pause', 'mediation.pause-not-asked'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async refuseLongerPause(
    @Param('id', IdPipe) id: string,
    @Body() { opinion }: RefuseLongerPauseRequest,
  ): Promise<MatterStandingResponse> {
    return this.longerPause.decide(id, 'refuse-longer-pause', opinion);
  }

  @Post('extensions')
  @HttpCode(200)
  @Act('mediation.extend', {
    description: '经全体当事人同意延长调解期限；原定期限保留，统计以原定期限为准。',
    problems: [
      ...COMMON,
      'mediation.no-period',
      'mediation.no-parties',
      'mediation.unknown-party',
      'mediation.consent-of-all',
      'mediation.extension-not-later',
      'mediation.consent-in-future',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async extend(@Param('id', IdPipe) id: string, @Body() body: ExtendMediationRequest): Promise<MatterStandingResponse> {
    return this.pace.extend(id, body);
  }
}
