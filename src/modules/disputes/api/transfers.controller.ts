import '../policies';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { ActOnTransfer } from '../application/act-on-transfer';
import { SendDispute } from '../application/send-dispute';
import {
  HandOffRequest,
  OrganReceiptRequest,
  ReasonRequest,
  ResultRequest,
  RulingRequest,
  SendDownRequest,
  SendUpRequest,
} from './course.request';
import { MatterStandingResponse } from './matter-standing.response';

@ApiTags('流转')
@Controller()
export class TransfersController {
  constructor(
    private readonly sendDispute: SendDispute,
    private readonly transfer: ActOnTransfer,
  ) {}

  @Post('disputes/:id/sending-down')
  @HttpCode(200)
  @Act('disputes.send-down', {
    description: '下派给下级综治中心，或街道、社区、网格；对方须签收。',
    problems: [
      'disputes.wrong-state',
      'disputes.mediation-open',
      'disputes.open-transfer',
      'disputes.one-receiver',
      'disputes.center-not-in-line',
      'disputes.unit-not-below',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async sendDown(@Param('id', IdPipe) id: string, @Body() body: SendDownRequest): Promise<MatterStandingResponse> {
    return this.sendDispute.down(id, body);
  }

  @Post('disputes/:id/sending-up')
  @HttpCode(200)
  @Act('disputes.send-up', {
    description: '超出本级职责的，上报上级综治中心。',
    problems: [
      'disputes.wrong-state',
      'disputes.mediation-open',
      'disputes.open-transfer',
      'disputes.not-receiver',
      'disputes.center-not-in-line',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async sendUp(@Param('id', IdPipe) id: string, @Body() body: SendUpRequest): Promise<MatterStandingResponse> {
    return this.sendDispute.up(id, body);
  }

  @Post('disputes/:id/hand-off')
  @HttpCode(200)
  @Act('disputes.hand-off', {
    description: '移送法院、公安、仲裁等机关；回执、结果由本中心登记。移送不等于化解。',
    problems: ['disputes.wrong-state', 'disputes.mediation-open', 'disputes.open-transfer'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async handOff(@Param('id', IdPipe) id: string, @Body() body: HandOffRequest): Promise<MatterStandingResponse> {
    return this.sendDispute.handOff(id, body);
  }

  @Post('transfers/:id/receipt')
  @HttpCode(200)
  @Act('transfers.sign', {
    description: '接收单位签收。',
    problems: ['transfers.wrong-state', 'transfers.outside-organ'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async sign(@Param('id', IdPipe) id: string): Promise<MatterStandingResponse> {
    return this.transfer.sign(id);
  }

  @Post('transfers/:id/objection')
  @HttpCode(200)
  @Act('transfers.object', {
    description: '接收单位签收前可提出一次异议，由发出单位裁定。',
    problems: ['transfers.wrong-state', 'transfers.outside-organ', 'transfers.sent-up', 'transfers.objected-once'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async object(@Param('id', IdPipe) id: string, @Body() body: ReasonRequest): Promise<MatterStandingResponse> {
    return this.transfer.object(id, body);
  }

  @Post('transfers/:id/ruling')
  @HttpCode(200)
  @Act('transfers.rule', {
    description: '异议成立的退回；不成立的指定承办，不得再退。',
    problems: ['transfers.wrong-state', 'transfers.not-latest'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async rule(@Param('id', IdPipe) id: string, @Body() body: RulingRequest): Promise<MatterStandingResponse> {
    return this.transfer.rule(id, body);
  }

  @Post('transfers/:id/return')
  @HttpCode(200)
  @Act('transfers.return', {
    description: '签收后发现不属本单位办理的，说明理由退回。',
    problems: ['transfers.wrong-state', 'transfers.outside-organ', 'transfers.designated', 'transfers.not-latest'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async giveBack(@Param('id', IdPipe) id: string, @Body() body: ReasonRequest): Promise<MatterStandingResponse> {
    return this.transfer.giveBack(id, body);
  }

  @Post('transfers/:id/withdrawal')
  @HttpCode(200)
  @Act('transfers.withdraw', {
    description: '发出单位在签收前撤回。',
    problems: ['transfers.wrong-state', 'transfers.not-latest'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async withdraw(@Param('id', IdPipe) id: string, @Body() body: ReasonRequest): Promise<MatterStandingResponse> {
    return this.transfer.withdraw(id, body);
  }

  @Post('transfers/:id/result')
  @HttpCode(200)
  @Act('transfers.complete', {
    description: '接收单位反馈办理结果。',
    problems: ['transfers.wrong-state', 'transfers.outside-organ'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async complete(@Param('id', IdPipe) id: string, @Body() body: ResultRequest): Promise<MatterStandingResponse> {
    return this.transfer.complete(id, body);
  }

  @Post('transfers/:id/organ-receipt')
  @HttpCode(200)
  @Act('transfers.enter-receipt', {
    description: '登记外单位的回执。',
    problems: ['transfers.wrong-state', 'transfers.inside-receiver'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async enterReceipt(
    @Param('id', IdPipe) id: string,
    @Body() body: OrganReceiptRequest,
  ): Promise<MatterStandingResponse> {
    return this.transfer.enterReceipt(id, body);
  }

  @Post('transfers/:id/organ-result')
  @HttpCode(200)
  @Act('transfers.enter-result', {
    description: '登记外单位的处理结果。',
    problems: ['transfers.wrong-state', 'transfers.inside-receiver'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async enterResult(@Param('id', IdPipe) id: string, @Body() body: ResultRequest): Promise<MatterStandingResponse> {
    return this.transfer.enterResult(id, body);
  }

  @Post('transfers/:id/organ-return')
  @HttpCode(200)
  @Act('transfers.enter-return', {
    description: '登记外单位退回，事项恢复移送前的状态。',
    problems: ['transfers.wrong-state', 'transfers.inside-receiver', 'transfers.not-latest'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async enterReturn(@Param('id', IdPipe) id: string, @Body() body: ReasonRequest): Promise<MatterStandingResponse> {
    return this.transfer.enterReturn(id, body);
  }
}
