import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { PrepareSession } from '../application/prepare-session';
import { AddPointRequest, SettlePointRequest } from './preparation.request';
import { PointStandingResponse, PreparationSheetResponse } from './preparation.response';

@ApiTags('会前准备')
@Controller()
export class PreparationController {
  constructor(private readonly prepareSession: PrepareSession) {}

  @Get('disputes/:id/preparation-sheet')
  @Act('preparation.read', {
    description:
      '会前一页：争议焦点、各方说法、时间、金额、无争议和待查事实、法律依据、风险提示；按可见范围显示。查看留痕。',
  })
  @ApiOkResponse({ type: PreparationSheetResponse })
  async sheet(@Param('id', IdPipe) id: string): Promise<PreparationSheetResponse> {
    return this.prepareSession.sheet(id);
  }

  @Post('disputes/:id/preparation-points')
  @Act('preparation.add-point', {
    description: '先选可见范围，再写内容。写下后不改，只能了结。',
    problems: [
      'preparation.ring-not-yours',
      'preparation.party-missing',
      'preparation.date-out-of-place',
      'preparation.amount-out-of-place',
      'preparation.not-a-party',
    ],
  })
  @ApiCreatedResponse({ type: PointStandingResponse })
  async addPoint(@Param('id', IdPipe) id: string, @Body() body: AddPointRequest): Promise<PointStandingResponse> {
    return this.prepareSession.addPoint(id, body);
  }

  @Post('preparation-points/:id/settlement')
  @HttpCode(200)
  @Act('preparation.settle-point', {
    description: '查明、解决或放弃的，写明结果；仍留在准备单上。',
    problems: ['preparation.settled-already'],
  })
  @ApiOkResponse({ type: PointStandingResponse })
  async settlePoint(@Param('id', IdPipe) id: string, @Body() body: SettlePointRequest): Promise<PointStandingResponse> {
    return this.prepareSession.settlePoint(id, body.settlement);
  }
}
