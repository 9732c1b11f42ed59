import '../policies';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { AcceptDispute } from '../application/accept-dispute';
import { AssessRisk } from '../application/assess-risk';
import { CloseDispute } from '../application/close-dispute';
import { TriageDispute } from '../application/triage-dispute';
import { CloseDisputeRequest } from './closing.request';
import { MatterStandingResponse } from './matter-standing.response';
import { AcceptDisputeRequest, AssessRiskRequest, TriageDisputeRequest } from './triage.request';

@ApiTags('事项')
@Controller('disputes/:id')
export class CourseController {
  constructor(
    private readonly triageDispute: TriageDispute,
    private readonly assessRisk: AssessRisk,
    private readonly acceptDispute: AcceptDispute,
    private readonly closeDispute: CloseDispute,
  ) {}

  @Post('triage')
  @HttpCode(200)
  @Act('disputes.triage', {
    description: '确定性质、途径和风险等级，拟定调委会。系统当场查重；有疑似重复的须先核对。',
    problems: [
      'disputes.wrong-state',
      'disputes.escalation-unreported',
      'disputes.duplicates-unjudged',
      'disputes.route-closed',
      'disputes.committee-not-eligible',
      'disputes.risk-reason-missing',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async triage(@Param('id', IdPipe) id: string, @Body() body: TriageDisputeRequest): Promise<MatterStandingResponse> {
    return this.triageDispute.execute(id, body);
  }

  @Post('risk-assessments')
  @HttpCode(200)
  @Act('disputes.assess-risk', {
    description: '重新评估风险等级，历次评估留存。系统只提示升高，降低由值班长决定并写明理由。',
    problems: ['disputes.wrong-state', 'disputes.risk-reason-missing'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async assess(@Param('id', IdPipe) id: string, @Body() body: AssessRiskRequest): Promise<MatterStandingResponse> {
    return this.assessRisk.execute(id, body);
  }

  @Post('acceptance')
  @HttpCode(200)
  @Act('disputes.accept', {
    description:
      '受理并编号（代字人调字〔年〕号），随即向各方当事人征询调解意愿。全体同意并签收告知书后，调解自动受理。',
    problems: [
      'disputes.wrong-state',
      'disputes.no-committee',
      'disputes.not-civil',
      'disputes.committee-not-eligible',
      'disputes.committee-fixed',
      'disputes.court-procedure-missing',
      'disputes.court-fields-without-court',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async accept(@Param('id', IdPipe) id: string, @Body() body: AcceptDisputeRequest): Promise<MatterStandingResponse> {
    return this.acceptDispute.execute(id, body);
  }

  @Post('closing')
  @HttpCode(200)
  @Act('disputes.close', {
    description: '审核办结。审核人不能是承办人；办结结果须与办理记录一致。',
    problems: [
      'disputes.wrong-state',
      'disputes.open-summons',
      'disputes.open-sessions',
      'disputes.pending-agreement',
      'disputes.mediation-open',
      'disputes.unperformed',
      'disputes.open-transfer',
      'disputes.routes-untold',
      'disputes.reviewer-is-handler',
      'disputes.outcome-mismatch',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async close(@Param('id', IdPipe) id: string, @Body() body: CloseDisputeRequest): Promise<MatterStandingResponse> {
    return this.closeDispute.execute(id, body);
  }
}
