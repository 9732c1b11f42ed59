import '../policies';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe, Shows } from '../../../platform/http';
import { ConfirmByCourt } from '../application/confirm-by-court';
import { CONFIRMATION_STATES } from '../domain/judicial-confirmation';
import {
  AcceptConfirmationRequest,
  ApplyForConfirmationRequest,
  DecideConfirmationRequest,
} from './confirmation.request';
import { PerformanceReasonRequest } from './performance.request';

class ConfirmationStandingResponse {
  @Shows('申请标识', { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  id!: string;

  @Shows('协议标识', { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  agreementId!: string;

  @Shows('状态', { values: CONFIRMATION_STATES, example: 'applied' })
  state!: string;

  @Shows('状态名称', { example: '已申请' })
  stateName!: string;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['confirmations.accept'] })
  allowedActs!: readonly string[];
}

const PROBLEMS = ['confirmations.not-applied', 'confirmations.wrong-state', 'confirmations.day'];

/** What became of an agreement at the court. One application stands at a time. */
@ApiTags('司法确认')
@Controller('agreements/:id/judicial-confirmation')
export class ConfirmationsController {
  constructor(private readonly confirmByCourt: ConfirmByCourt) {}

  @Post()
  @Act('confirmations.apply', {
    description:
      '全体当事人共同申请。法院不予确认的情形在这里就拒绝；程序不能判断的各点，须逐项核对、勾选并写明。登记后倒计时停止。',
    problems: [
      'confirmations.not-effective',
      'confirmations.applied',
      'confirmations.day',
      'confirmations.late',
      'confirmations.not-confirmable',
      'confirmations.not-all-parties',
      'confirmations.no-authority',
      'confirmations.no-jurisdiction',
      'confirmations.look-again',
      'confirmations.note-missing',
      'confirmations.file-missing',
    ],
  })
  @ApiCreatedResponse({ type: ConfirmationStandingResponse })
  async apply(
    @Param('id', IdPipe) id: string,
    @Body() body: ApplyForConfirmationRequest,
  ): Promise<ConfirmationStandingResponse> {
    return this.confirmByCourt.apply(id, body);
  }

  @Post('acceptance')
  @HttpCode(200)
  @Act('confirmations.accept', { problems: PROBLEMS })
  @ApiOkResponse({ type: ConfirmationStandingResponse })
  async accept(
    @Param('id', IdPipe) id: string,
    @Body() body: AcceptConfirmationRequest,
  ): Promise<ConfirmationStandingResponse> {
    return this.confirmByCourt.accept(id, body);
  }

  @Post('decision')
  @HttpCode(200)
  @Act('confirmations.decide', {
    description: '裁定有效的，执行期间从裁定起算；驳回的，各方可以变更协议、重新达成协议或者起诉。',
    problems: [
      ...PROBLEMS,
      'confirmations.not-accepted',
      'confirmations.ruling-missing',
      'confirmations.reason-missing',
      'confirmations.file-missing',
    ],
  })
  @ApiOkResponse({ type: ConfirmationStandingResponse })
  async decide(
    @Param('id', IdPipe) id: string,
    @Body() body: DecideConfirmationRequest,
  ): Promise<ConfirmationStandingResponse> {
    return this.confirmByCourt.decide(id, body);
  }

  @Post('withdrawal')
  @HttpCode(200)
  @Act('confirmations.withdraw', { description: '撤回后，期限内还可以再申请。', problems: PROBLEMS })
  @ApiOkResponse({ type: ConfirmationStandingResponse })
  async withdraw(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: PerformanceReasonRequest,
  ): Promise<ConfirmationStandingResponse> {
    return this.confirmByCourt.withdraw(id, reason);
  }
}
