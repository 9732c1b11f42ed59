import '../policies';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe, Shows } from '../../../platform/http';
import { RecordCourtOutcome } from '../application/record-court-outcome';
import { AGREEMENT_STATES } from '../domain/agreement-lifecycle';
import { RecordCourtOutcomeRequest } from './court-outcome.request';
import { PerformanceReasonRequest } from './performance.request';

class CourtOutcomeStandingResponse {
  @Shows('登记标识', { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  id!: string;

  @Shows('协议标识', { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  agreementId!: string;

  @Shows('协议现在的状态', { values: AGREEMENT_STATES, example: 'effective' })
  agreementState!: string;

  @Shows('协议状态名称', { example: '已生效' })
  agreementStateName!: string;
}

/** What became of an agreement before a court, besides its confirmation. */
@ApiTags('司法确认')
@Controller()
export class CourtOutcomesController {
  constructor(private readonly recordCourtOutcome: RecordCourtOutcome) {}

  @Post('agreements/:id/court-outcomes')
  @Act('court-outcomes.record', {
    description:
      '计入统计表的“协议履行和司法情况”。判决撤销、确认无效的，协议随登记作废，不能恢复；其他的只作记录，协议照旧。',
    problems: [
      'court-outcomes.not-effective',
      'court-outcomes.day',
      'court-outcomes.case-number-missing',
      'court-outcomes.judgment-missing',
      'court-outcomes.file-missing',
      'court-outcomes.no-payment',
      'court-outcomes.there',
      'court-outcomes.director-voids',
      'agreements.later-pending',
    ],
  })
  @ApiCreatedResponse({ type: CourtOutcomeStandingResponse })
  async record(
    @Param('id', IdPipe) id: string,
    @Body() body: RecordCourtOutcomeRequest,
  ): Promise<CourtOutcomeStandingResponse> {
    return this.recordCourtOutcome.record(id, body);
  }

  @Post('court-outcomes/:id/retraction')
  @HttpCode(200)
  @Act('court-outcomes.retract', {
    description: '登记有误的撤销，原登记留存，不再计数。已经随登记作废的协议不恢复。',
    problems: ['court-outcomes.retracted'],
  })
  @ApiOkResponse({ type: CourtOutcomeStandingResponse })
  async retract(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: PerformanceReasonRequest,
  ): Promise<CourtOutcomeStandingResponse> {
    return this.recordCourtOutcome.retract(id, reason);
  }
}
