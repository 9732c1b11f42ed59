import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { Investigate } from '../application/investigate';
import { ReadInvestigations } from '../application/read-investigations';
import {
  ConfirmInvestigationRequest,
  InvestigationReasonRequest,
  NarrowRequest,
  OpenInvestigationRequest,
  WriteInvestigationRequest,
} from './investigation.request';
import {
  InvestigationResponse,
  InvestigationStandingResponse,
  InvestigationsResponse,
  WrittenInvestigationResponse,
} from './investigation.response';

@ApiTags('调查记录')
@Controller()
export class InvestigationsController {
  constructor(
    private readonly investigate: Investigate,
    private readonly readInvestigations: ReadInvestigations,
  ) {}

  @Get('disputes/:id/investigation-records')
  @Act('investigations.read', {
    description: '一个事项的调查记录，不含内容；只列出您的可见范围内的，以及您能否另作一份。',
  })
  @ApiOkResponse({ type: InvestigationsResponse })
  async ofMatter(@Param('id', IdPipe) id: string): Promise<InvestigationsResponse> {
    return this.readInvestigations.ofMatter(id);
  }

  @Get('investigation-records/:id')
  @Act('investigations.read', { description: '查看留痕。' })
  @ApiOkResponse({ type: InvestigationResponse })
  async read(@Param('id', IdPipe) id: string): Promise<InvestigationResponse> {
    return this.readInvestigations.one(id);
  }

  @Post('disputes/:id/investigation-records')
  @Act('investigations.open', {
    description: '一人一份。先选可见范围，再写内容。',
    problems: [
      'mediation.wrong-state',
      'investigations.in-the-future',
      'investigations.before-registration',
      'investigations.not-a-party',
      'investigations.party-missing',
      'investigations.name-missing',
      'investigations.relation-missing',
      'investigations.not-assigned',
    ],
  })
  @ApiCreatedResponse({ type: InvestigationStandingResponse })
  async open(
    @Param('id', IdPipe) id: string,
    @Body() body: OpenInvestigationRequest,
  ): Promise<InvestigationStandingResponse> {
    return this.investigate.open(id, body);
  }

  @Put('investigation-records/:id/content')
  @Act('investigations.write', {
    description: '整份保存问答。',
    problems: ['investigations.wrong-state', 'investigations.wrong-end'],
  })
  @ApiOkResponse({ type: WrittenInvestigationResponse })
  async write(
    @Param('id', IdPipe) id: string,
    @Body() body: WriteInvestigationRequest,
  ): Promise<WrittenInvestigationResponse> {
    return this.investigate.write(id, body);
  }

  @Post('investigation-records/:id/confirmation')
  @HttpCode(200)
  @Act('investigations.confirm', {
    description: '“以上记录看过（念过）无误”。核对后只能以新版本更正。',
    problems: [
      'investigations.wrong-state',
      'investigations.not-ended',
      'investigations.empty',
      'investigations.confirmation-unexplained',
    ],
  })
  @ApiOkResponse({ type: InvestigationStandingResponse })
  async confirm(
    @Param('id', IdPipe) id: string,
    @Body() body: ConfirmInvestigationRequest,
  ): Promise<InvestigationStandingResponse> {
    return this.investigate.confirm(id, body);
  }

  @Post('investigation-records/:id/amendment')
  @Act('investigations.amend', {
    description: '另起新版本；新版本核对后，旧版本由其取代，仍然保留。',
    problems: ['investigations.wrong-state', 'investigations.being-amended'],
  })
  @ApiCreatedResponse({ type: InvestigationStandingResponse })
  async amend(
    @Param('id', IdPipe) id: string,
    @Body() body: InvestigationReasonRequest,
  ): Promise<InvestigationStandingResponse> {
    return this.investigate.amend(id, body.reason);
  }

  @Post('investigation-records/:id/narrowing')
  @Act('investigations.narrow', {
    description: '另起一份范围更小的记录，原记录随之隐去。',
    problems: [
      'investigations.wrong-state',
      'investigations.being-amended',
      'investigations.ring-not-narrower',
      'investigations.paper-issued',
    ],
  })
  @ApiCreatedResponse({ type: InvestigationStandingResponse })
  async narrow(@Param('id', IdPipe) id: string, @Body() body: NarrowRequest): Promise<InvestigationStandingResponse> {
    return this.investigate.narrow(id, body.ring, body.reason);
  }

  @Post('investigation-records/:id/discarding')
  @HttpCode(200)
  @Act('investigations.discard', { problems: ['investigations.wrong-state'] })
  @ApiOkResponse({ type: InvestigationStandingResponse })
  async discard(
    @Param('id', IdPipe) id: string,
    @Body() body: InvestigationReasonRequest,
  ): Promise<InvestigationStandingResponse> {
    return this.investigate.discard(id, body.reason);
  }
}
