import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { fileAnswer, IdPipe, InertFile } from '../../../platform/http';
import { IssueSlip } from '../application/issue-slip';
import { KeepSlips } from '../application/keep-slips';
import { RateService } from '../application/rate-service';
import { IssueSlipRequest, WithdrawSlipRequest } from './portal.request';
import { RatingsResponse, SlipResponse, SlipsResponse } from './portal.response';

@ApiTags('便民联系单')
@Controller('disputes/:id')
export class SlipsController {
  constructor(
    private readonly issueSlip: IssueSlip,
    private readonly keepSlips: KeepSlips,
    private readonly rateService: RateService,
  ) {}

  @Post('slips')
  @HttpCode(200)
  @Act('portal.issue-slip', {
    description:
      '一人一单，交给本人。单上的二维码和六位查询码只印这一次，不存档；遗失的重新出具，旧单随即作废。事项归档后不能再查询。',
    problems: ['portal.no-party', 'portal.party-inactive', 'portal.matter-over', 'pdf.missing-glyph', 'pdf.busy'],
  })
  @InertFile()
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: 'A5 联系单，PDF' })
  async issue(@Param('id', IdPipe) id: string, @Body() body: IssueSlipRequest): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.issueSlip.execute(id, body)), mediaType: 'application/pdf' });
  }

  @Get('slips')
  @Act('portal.list-slips', { description: '出给了谁、是否查询过、是否有效；不显示查询码。' })
  @ApiOkResponse({ type: SlipsResponse })
  async list(@Param('id', IdPipe) id: string): Promise<SlipsResponse> {
    return this.keepSlips.list(id);
  }

  @Post('slips/:accessId/withdrawal')
  @HttpCode(200)
  @Act('portal.withdraw-slip', {
    description: '停用后，持单人立即不能再查询。',
    problems: ['portal.slip-ended'],
  })
  @ApiOkResponse({ type: SlipResponse })
  async withdraw(
    @Param('id', IdPipe) id: string,
    @Param('accessId', IdPipe) accessId: string,
    @Body() body: WithdrawSlipRequest,
  ): Promise<SlipResponse> {
    return this.keepSlips.withdraw(id, accessId, body);
  }

  @Get('ratings')
  @Act('portal.read-ratings', { description: '只看评分和意见，不显示是谁、什么时候评的。查看留痕。' })
  @ApiOkResponse({ type: RatingsResponse })
  async ratings(@Param('id', IdPipe) id: string): Promise<RatingsResponse> {
    return this.rateService.list(id);
  }
}
