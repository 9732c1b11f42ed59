import '../policies';
import { Body, Controller, Get, Param, Post, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { fileAnswer, IdPipe, InertFile } from '../../../platform/http';
import { KeepHandOvers } from '../application/keep-hand-overs';
import {
  CancelHandOverRequest,
  MakeHandOverRequest,
  OverrideHandOverRequest,
  SignHandOverRequest,
} from './hand-overs.request';
import { HandOverActResponse, HandOverDetailResponse, HandOversResponse } from './hand-overs.response';

@ApiTags('工作交接')
@Controller()
export class HandOversController {
  constructor(private readonly handOvers: KeepHandOvers) {}

  @Get('hand-overs')
  @Act('hand-overs.list', { description: '本人的交接，值班长和中心主任另见本中心的；待签的在前。' })
  @ApiOkResponse({ type: HandOversResponse })
  async list(): Promise<HandOversResponse> {
    return this.handOvers.list();
  }

  @Get('hand-overs/:id')
  @Act('hand-overs.read', { description: '交接清单：逐件列明进度、下一步、在走的时限、吹哨、调解会和待履行事项。' })
  @ApiOkResponse({ type: HandOverDetailResponse })
  async one(@Param('id', IdPipe) id: string): Promise<HandOverDetailResponse> {
    return this.handOvers.one(id);
  }

  @Get('hand-overs/:id/paper')
  @Act('hand-overs.print', { description: '交接清单的纸质件，印有双方签署的时间。' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @InertFile()
  async paper(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.handOvers.print(id)), mediaType: 'application/pdf' });
  }

  @Post('centers/:id/hand-overs')
  @Act('hand-overs.make', {
    description: '生成移交人在本中心全部在办事项的清单，由移交人和接任人双方签署；签署后事项移交。',
    problems: [
      'hand-overs.same-person',
      'hand-overs.no-such-person',
      'hand-overs.open',
      'hand-overs.nothing-open',
      'hand-overs.successor-unfit',
    ],
  })
  @ApiCreatedResponse({ type: HandOverActResponse })
  async make(@Param('id', IdPipe) id: string, @Body() body: MakeHandOverRequest): Promise<HandOverActResponse> {
    return this.handOvers.make(id, body);
  }

  @Post('hand-overs/:id/signature')
  @Act('hand-overs.sign', {
    description: '移交人、接任人各签一次；双方签齐后事项即移交，每一件都记入办理经过。',
    problems: ['hand-overs.over', 'hand-overs.not-checked', 'hand-overs.signed-already', 'hand-overs.successor-unfit'],
  })
  @ApiCreatedResponse({ type: HandOverActResponse })
  async sign(@Param('id', IdPipe) id: string, @Body() body: SignHandOverRequest): Promise<HandOverActResponse> {
    return this.handOvers.sign(id, body.isChecked);
  }

  @Post('hand-overs/:id/renewal')
  @Act('hand-overs.renew', {
    description: '在办事项有变化的，重新生成清单；已经签的须重签。',
    problems: ['hand-overs.over', 'hand-overs.nothing-open', 'hand-overs.successor-unfit'],
  })
  @ApiCreatedResponse({ type: HandOverActResponse })
  async renew(@Param('id', IdPipe) id: string): Promise<HandOverActResponse> {
    return this.handOvers.renew(id);
  }

  @Post('hand-overs/:id/override')
  @Act('hand-overs.override', {
    description: '移交人去世、重病或者无法联系的，由中心主任批准接任人单方签收；计数备查。',
    problems: ['hand-overs.over', 'hand-overs.not-overridable', 'hand-overs.successor-unfit'],
  })
  @ApiCreatedResponse({ type: HandOverActResponse })
  async passWithoutLeaver(
    @Param('id', IdPipe) id: string,
    @Body() body: OverrideHandOverRequest,
  ): Promise<HandOverActResponse> {
    return this.handOvers.passWithoutLeaver(id, body.ground, body.reason);
  }

  @Post('hand-overs/:id/cancellation')
  @Act('hand-overs.cancel', { problems: ['hand-overs.over'] })
  @ApiCreatedResponse({ type: HandOverActResponse })
  async cancel(@Param('id', IdPipe) id: string, @Body() body: CancelHandOverRequest): Promise<HandOverActResponse> {
    return this.handOvers.cancel(id, body.reason);
  }
}
